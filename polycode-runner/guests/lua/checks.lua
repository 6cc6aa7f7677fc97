-- The checks of busted and of LuaUnit.

local function own_place()
  for level = 2, 30 do
    local info = getinfo(level, "Sl")
    if not info then
      return nil
    elseif info.currentline > 0 and not find(info.short_src, "polycode", 1, true) then
      return info.short_src .. ":" .. info.currentline
    end
  end
end

local function fail(words)
  local place = own_place()
  error(setmetatable({ text = place and place .. ": " .. words or words }, Failure), 0)
end

local function shown(value)
  local kind = type(value)
  if kind == "string" then
    return quoted(value)
  elseif kind ~= "table" or told_of[value] or getmetatable(value) then
    return tostring(value)
  end
  local is_shown, json = pcall(encode, value)
  return is_shown and #json < 200 and json or "a table"
end

-- Whether two values are the same all the way down. One of the program is only ever the same as another of it.
local function is_same(one, other, depth)
  depth = depth or 0
  if one == other or one ~= one and other ~= other then
    return true
  elseif type(one) ~= "table" or type(other) ~= "table" or told_of[one] or told_of[other] or depth > DEEP then
    return false
  end
  for key, item in pairs(one) do
    if not is_same(item, other[key], depth + 1) then
      return false
    end
  end
  for key in pairs(other) do
    if one[key] == nil then
      return false
    end
  end
  return true
end

-- What was raised, in words, without the place.
local function words_of(raised)
  local words = type(raised) == "table" and rawget(raised, "message") or raised
  return type(words) == "string" and (match(words, "^[^\n:]+:%d+: (.*)$") or words) or tostring(words)
end

local function raises(action)
  local done, raised = pcall(action)
  if not done and (getmetatable(raised) == Failure or getmetatable(raised) == Theirs and not rawget(raised, "number")) then
    error(raised, 0)
  end
  return not done, raised
end

local function is_near(one, other, distance)
  for _, value in ipairs({ one, other }) do
    if type(value) ~= "number" then
      fail(shown(value) .. " is no number")
    end
  end
  return one - other <= distance and other - one <= distance
end

-- Each gives whether it holds, and what it says of the values; in the order of busted.
local CHECKS = {
  equal = function(expected, actual) return expected == actual, shown(expected) .. " expected, not " .. shown(actual) end,
  same = function(expected, actual) return is_same(expected, actual), shown(expected) .. " expected, not " .. shown(actual) end,
  near = function(expected, actual, distance)
    return is_near(expected, actual, distance), shown(actual) .. " is not within " .. distance .. " of " .. shown(expected)
  end,
  ["true"] = function(value) return value == true, shown(value) .. " is not true" end,
  ["false"] = function(value) return value == false, shown(value) .. " is not false" end,
  truthy = function(value) return value and true or false, shown(value) .. " is not truthy" end,
  falsy = function(value) return not value, shown(value) .. " is not falsy" end,
  ["nil"] = function(value) return value == nil, shown(value) .. " is not nil" end,
  matches = function(pattern, value)
    return type(value) == "string" and find(value, pattern) ~= nil, shown(value) .. " does not match " .. shown(pattern)
  end,
  error = function(action, expected)
    local has_raised, raised = raises(action)
    if not has_raised then
      return false, "nothing was raised"
    elseif expected == nil then
      return true, shown(raised) .. " was raised"
    end
    local is_expected = is_same(expected, raised) or words_of(raised) == expected
    return is_expected, shown(expected) .. " expected, and " .. shown(words_of(raised)) .. " was raised"
  end,
  error_matches = function(action, pattern)
    local has_raised, raised = raises(action)
    return has_raised and find(words_of(raised), pattern) ~= nil, has_raised and shown(words_of(raised)) .. " was raised" or "nothing was raised"
  end,
}
for _, kind in ipairs({ "number", "string", "table", "boolean", "function" }) do
  CHECKS[kind] = function(value) return type(value) == kind, shown(value) .. " is no " .. kind end
end
local ALIASES = { equals = "equal", errors = "error", match = "matches" }
local FILLERS = { is = true, are = true, has = true, have = true, does = true, was = true, were = true, be = true }
local NOT = { ["not"] = true, no = true }

local function checked(name, is_negated, ...)
  local holds, words = CHECKS[name](...)
  if is_negated then
    holds, words = not holds, words .. ", which it should not"
  end
  if not holds then
    fail(words)
  end
  return ...
end

-- `assert.are_not.equal`, `assert.is_nil` and so on: words that say nothing are skipped.
local function check_named(said, is_negated)
  local rest = said
  while not CHECKS[ALIASES[rest] or rest] do
    local first, more = match(rest, "^(%a+)_?(.*)$")
    if not (FILLERS[first] or NOT[first]) then
      return rest, is_negated
    end
    is_negated = is_negated ~= (NOT[first] or false)
    rest = more
  end
  return ALIASES[rest] or rest, is_negated
end

local function chain(before, is_negated)
  return setmetatable({}, {
    __index = function(_, word)
      local name, negated = check_named(before .. word, is_negated)
      if CHECKS[name] then
        return function(...) return checked(name, negated, ...) end
      end
      return chain(name == "" and "" or name .. "_", negated)
    end,
    -- What has no such name must not be taken for one that holds.
    __call = function()
      error("there is no check '" .. gsub(before, "_$", "") .. "'", 2)
    end,
  })
end

assert = chain("", false)
getmetatable(assert).__call = function(_, value, words, ...)
  if not value then
    fail(words and tostring(words) or "what is asserted does not hold")
  end
  return value, words, ...
end

-- The checks of LuaUnit, where the actual value comes first.
local luaunit = { LuaUnit = { run = function() return 0 end } }
for name, check in pairs({
  True = "true", False = "false", Nil = "nil", EvalToTrue = "truthy", EvalToFalse = "falsy", IsNumber = "number", IsString = "string",
  IsTable = "table", IsBoolean = "boolean", IsFunction = "function",
}) do
  luaunit["assert" .. name] = function(value) return checked(check, false, value) end
end
for name, check in pairs({ Equals = "same", Is = "equal" }) do
  luaunit["assert" .. name] = function(actual, expected) return checked(check, false, expected, actual) end
  luaunit["assertNot" .. name] = function(actual, expected) return checked(check, true, expected, actual) end
end
function luaunit.assertNotNil(value) return checked("nil", true, value) end
function luaunit.assertAlmostEquals(actual, expected, margin) return checked("near", false, expected, actual, margin or 1e-12) end

function luaunit.assertStrContains(text, part)
  if type(text) ~= "string" or not find(text, part, 1, true) then
    fail(shown(text) .. " does not contain " .. shown(part))
  end
end

function luaunit.assertError(action, ...)
  local args = pack(...)
  return checked("error", false, function() return action(unpack(args, 1, args.n)) end)
end

function luaunit.assertErrorMsgContains(part, action, ...)
  local args = pack(...)
  local has_raised, raised = raises(function() return action(unpack(args, 1, args.n)) end)
  if not has_raised or not find(words_of(raised), part, 1, true) then
    fail(has_raised and shown(words_of(raised)) .. " was raised" or "nothing was raised")
  end
end
