-- The tests: in the manner of busted and of LuaUnit, whose checks are here.

local unittest_name = "^[Tt]est"
local entry, wanted = arg[1], arg[2]
local is_listed = wanted == nil

-- Raised where a check does not hold.
local Failure = { __tostring = function(self) return self.text end }
-- The first check that failed while the program had called a function of the tests.
local broken

-- The program.

-- Something of the program while tests are only listed: it is not there yet.
local Later = {}
local function depends()
  error("which tests there are must not depend on the program", 0)
end
for _, name in ipairs({ "eq", "lt", "le", "len", "pairs", "tostring", "concat", "add", "sub", "mul", "div", "idiv", "mod", "pow", "unm" }) do
  Later["__" .. name] = depends
end
local later = setmetatable({}, Later)
Later.__index = function() return later end
Later.__call = function() return later end
Later.__newindex = function() end

-- What stands for a value of the program, by its number; what each was told as; and their metatable.
local remotes, told_of, Remote = {}, {}, {}

local function of(told_as)
  return format('{"yours":%d}', told_as.ref)
end

local function apply(name, ...)
  return ask(format('{"do":"apply","name":"%s","args":[%s]}', name, encode_all(pack(...)))).value
end

-- Makes a table what it became on the other side.
local function restore(given, changed)
  if type(given) ~= "table" or getmetatable(given) then
    error("only tables can be changed by a function", 0)
  end
  for key in pairs(given) do
    given[key] = nil
  end
  for key, item in pairs(changed) do
    given[key] = item
  end
end

-- Calls what was told. A method is called with its object first.
local function call(told_as, this, ...)
  local args = pack(...)
  local object = ""
  if this then
    object = ',"this":' .. of(this)
    if args.n > 0 and told_of[args[1]] == this then
      args = pack(select(2, ...))
    end
  end
  local answer = ask(format('{"do":"call","of":%s,"args":[%s]%s}', of(told_as), encode_all(args), object))
  local changed = answer.changed
  for at = 1, changed and count_of(changed) or 0 do
    restore(args[changed[at][1] + 1], decode(changed[at][2]))
  end
  local value = answer.value
  if type(value) == "table" and value.tuple then
    local values = decode_all(value.tuple)
    return unpack(values, 1, values.n)
  end
  return decode(value)
end

local function attribute(told_as, name)
  local value = ask(format('{"do":"get","of":%s,"name":%s}', of(told_as), quoted(tostring(name)))).value
  if type(value) == "table" and value.kind == "function" then
    return function(...)
      return call(value, told_as, ...)
    end
  end
  return decode(value)
end

function Remote.__index(self, name)
  local is_there, found = pcall(attribute, told_of[self], name)
  if is_there then
    return found
  elseif getmetatable(found) == Theirs and found.is_absent then
    return nil
  end
  error(found, 0)
end

function Remote.__newindex(self, name, item)
  ask(format('{"do":"set","of":%s,"name":%s,"value":%s}', of(told_of[self]), quoted(tostring(name)), encode(item)))
end

function Remote.__call(self, ...)
  return call(told_of[self], nil, ...)
end

-- Values of the program are compared there; they never equal a value of the tests.
function Remote.__eq(one, other)
  return told_of[one] and told_of[other] and decode(apply("eq", one, other)) == true or false
end

for name, operation in pairs({
  add = "add", sub = "sub", mul = "mul", div = "truediv", idiv = "floordiv", mod = "mod", pow = "pow", band = "and", bor = "or",
  bxor = "xor", shl = "lshift", shr = "rshift",
}) do
  Remote["__" .. name] = function(one, other)
    if told_of[one] then
      return decode(apply(operation, one, other))
    end
    return decode(apply("r" .. operation, other, one))
  end
end

function Remote.__lt(one, other)
  return decode(told_of[one] and apply("lt", one, other) or apply("gt", other, one)) == true
end

function Remote.__le(one, other)
  return decode(told_of[one] and apply("le", one, other) or apply("ge", other, one)) == true
end

function Remote.__unm(value) return decode(apply("neg", value)) end
function Remote.__len(value) return decode(apply("len", value)) end
function Remote.__tostring(value) return tostring(decode(apply("str", value))) end
function Remote.__concat(one, other) return tostring(one) .. tostring(other) end

-- What a loop over a value gives: `for item in pairs(value)`.
function Remote.__pairs(value)
  local walk = decode(apply("iter", value))
  return function()
    local step = apply("step", walk)
    if count_of(step) > 0 then
      return decode(step[1])
    end
  end
end

function remote(told_as)
  if told_as.kind == "promise" then
    return decode(ask(format('{"do":"apply","name":"await","args":[%s]}', of(told_as))).value)
  end
  local made = remotes[told_as.ref]
  if not made then
    made = {}
    remotes[told_as.ref], told_of[made], theirs[made] = made, told_as, told_as.ref
    setmetatable(made, Remote)
  end
  return made
end

-- What the program raised: a text, a table, or what stands for an exception of its.
Theirs.__index = function(self, name)
  local number = rawget(self, "number")
  return number and attribute({ ref = number }, name)
end

function exception(raised)
  if raised.yours then
    return known[raised.yours]
  elseif raised.thrown then
    return decode(raised.thrown)
  end
  local class = raised.class
  local text = tostring(raised.text)
  if class == "Exception" and not raised.name then
    return (raised.at and raised.at .. ": " or "") .. text
  end
  local name = type(class) == "table" and class.name or class
  return setmetatable({ number = raised.of, at = raised.at, name = name, message = text, text = text, is_absent = name == "AttributeError" }, Theirs)
end

-- A program may call what it was given, and no more.
function perform(request)
  local action = request["do"] == "call" and request.of.yours and known[request.of.yours]
  if type(action) ~= "function" then
    error("a program can only call what it was given", 0)
  end
  local args = decode_all(request.args)
  local results = pack(pcall(action, unpack(args, 1, args.n)))
  if results[1] then
    return '{"value":' .. encode(results[2]) .. "}"
  end
  local raised = results[2]
  if getmetatable(raised) == Failure then
    -- What was checked is not for the program to read, nor to forgive.
    broken = broken or raised
    known[#known + 1] = raised
    return format('{"raised":{"class":"AssertionError","args":[],"text":"","of":%d}}', #known)
  end
  error(raised, 0)
end

-- Checks.

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
local ALIASES = {
  equals = "equal", errors = "error", match = "matches", match_error = "error_matches", falsey = "falsy", almost_equals = "near", called = "truthy",
}
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
local function chain(said, is_negated)
  return setmetatable({}, {
    __index = function(_, word)
      local negated, rest = is_negated, said and said .. "_" .. word or word
      while not CHECKS[ALIASES[rest] or rest] do
        local first, more = match(rest, "^(%a+)_?(.*)$")
        if not (FILLERS[first] or NOT[first]) then
          break
        end
        negated = negated ~= (NOT[first] or false)
        rest = more
      end
      local name = ALIASES[rest] or rest
      if CHECKS[name] then
        return function(...) return checked(name, negated, ...) end
      end
      return chain(rest ~= "" and rest or nil, negated)
    end,
    __call = function(_, value, words, ...)
      if not value then
        fail(words and tostring(words) or "what is asserted does not hold")
      end
      return value, words, ...
    end,
  })
end

assert = chain(nil, false)

-- The checks of LuaUnit, where the actual value comes first.
local luaunit = { LuaUnit = { run = function() return 0 end } }
for name, check in pairs({
  Equals = "same", Is = "equal", ItemsEquals = "same", True = "true", False = "false", Nil = "nil", EvalToTrue = "truthy", EvalToFalse = "falsy",
  IsNumber = "number", IsString = "string", IsTable = "table", IsBoolean = "boolean", IsFunction = "function", StrMatches = "matches",
}) do
  luaunit["assert" .. name] = function(one, ...) return checked(check, false, one, ...) end
  luaunit["assertNot" .. name] = function(one, ...) return checked(check, true, one, ...) end
end
for _, way in ipairs({ "", "Not" }) do
  for name, check in pairs({ Equals = "same", Is = "equal", StrMatches = "matches" }) do
    luaunit["assert" .. way .. name] = function(actual, expected) return checked(check, way == "Not", expected, actual) end
  end
end
function luaunit.assertAlmostEquals(actual, expected, margin) return checked("near", false, expected, actual, margin or 1e-12) end
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

-- What the program has printed since it was last asked.
function printed()
  return decode(ask('{"do":"printed"}').value)
end

-- Tests.

local found, names = {}, {}
local group = { steps = { before = {}, after = {} } }

local function add(name, test)
  if found[name] then
    error("two tests are called " .. name, 0)
  end
  found[name] = test
  names[#names + 1] = name
end

function describe(name, body)
  local outer = group
  group = { outer = outer, name = (outer.name and outer.name .. " " or "") .. name, steps = { before = {}, after = {} } }
  body()
  group = outer
end

local function perform_steps(of_group, which)
  local outer = of_group.outer
  if outer and which == "before" then
    perform_steps(outer, which)
  end
  for _, step in ipairs(of_group.steps[which]) do
    step()
  end
  if outer and which == "after" then
    perform_steps(outer, which)
  end
end

function it(name, test)
  local own = group
  add((own.name and own.name .. " " or "") .. name, function()
    perform_steps(own, "before")
    local done, raised = pcall(test)
    perform_steps(own, "after")
    if not done then
      error(raised, 0)
    end
  end)
end

local function step(which)
  return function(action)
    local steps = group.steps[which]
    steps[#steps + 1] = action
  end
end

context, test, spec = describe, it, it
before_each, after_each, setup, teardown = step("before"), step("after"), step("before"), step("after")

-- The tests of LuaUnit: functions, and tables of functions, that are called `test…`.
local function find_named()
  local own = {}
  for name in next, _G do
    if type(name) == "string" and name ~= "test" and find(name, unittest_name) then
      own[#own + 1] = name
    end
  end
  sort(own)
  for _, name in ipairs(own) do
    local item = rawget(_G, name)
    if type(item) == "function" then
      add(name, item)
    elseif type(item) == "table" and not getmetatable(item) then
      local methods = {}
      for method in pairs(item) do
        if type(method) == "string" and find(method, unittest_name) then
          methods[#methods + 1] = method
        end
      end
      sort(methods)
      for _, method in ipairs(methods) do
        add(name .. "." .. method, function()
          local function perform_step(which)
            local action = item[which]
            if action then
              action(item)
            end
          end
          perform_step("setUp")
          local done, raised = pcall(item[method], item)
          perform_step("tearDown")
          if not done then
            error(raised, 0)
          end
        end)
      end
    end
  end
end

-- What tests require that is none of their own files, nor of the library, is the program's.
local programs = {}
local require_own = require
local STANDARD = { busted = true, luassert = assert, luaunit = luaunit, ["busted.runner"] = function() end }

function require(name)
  if STANDARD[name] then
    return STANDARD[name]
  elseif package.loaded[name] or package.searchpath(name, package.path) then
    return require_own(name)
  elseif is_listed then
    programs[1] = later
    return later
  end
  local program = decode(ask(format('{"do":"load","name":%s}', quoted((gsub(name, "%.", "/"))))).value)
  programs[#programs + 1] = program
  return program
end

-- What the program made global, or has at the top of its files, is there by its name.
setmetatable(_G, {
  __index = function(_, name)
    for _, program in ipairs(programs) do
      local item = program[name]
      if item ~= nil then
        return item
      end
    end
  end,
})

local folder = match(entry, "^(.*)/[^/]*$")
if folder then
  package.path = folder .. "/?.lua;" .. folder .. "/?/init.lua;" .. package.path
end

-- `os.exit(luaunit.LuaUnit.run())` ends a file of tests, and nothing else.
local exit = os.exit
local End = {}
function os.exit()
  error(End, 0)
end

local function load_tests()
  local file = open("/box/" .. entry, "rb")
  local source = gsub(file:read("a"), "^\239\187\191", "")
  file:close()
  local chunk, problem = load(gsub(source, "^#", "--#"), "@" .. entry, "t")
  if not chunk then
    error(problem, 0)
  end
  local done, raised = pcall(chunk)
  if not done and raised ~= End then
    error(raised, 0)
  end
  find_named()
end

-- What made a test fail, in a few words.
local function why(raised)
  if getmetatable(raised) == Theirs then
    local name, at = rawget(raised, "name"), rawget(raised, "at")
    return (name and name .. ": " or "") .. raised.text .. (at and " (" .. at .. ")" or "")
  elseif type(raised) == "table" and getmetatable(raised) ~= Failure then
    return "raised " .. shown(raised)
  end
  return tostring(raised)
end

local function answer(json)
  local file = open("/run/answer", "wb")
  file:write(json)
  file:close()
  exit(0)
end

if is_listed then
  load_tests()
  answer(plain(names))
end
local done, raised = pcall(function()
  load_tests()
  found[wanted]()
end)
local reason = broken or not done and raised
answer(reason and '{"failed":' .. quoted(why(reason)) .. "}" or '"passed"')
