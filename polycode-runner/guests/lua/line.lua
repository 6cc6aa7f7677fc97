-- The line between tests and a program in Lua that they test, as `line.py` is for Python: values, calls and
-- errors as JSON. A program may change any library function, so what is needed is kept.
local decode_json, quoted, count_of, length = shared.decode, shared.encode, shared.count, shared.length

local error, getmetatable, ipairs, next, pairs, pcall, rawget = error, getmetatable, ipairs, next, pairs, pcall, rawget
local setmetatable, tonumber, tostring, type = setmetatable, tonumber, tostring, type
local math_type, tointeger = math.type, math.tointeger
local byte, char, find, format, gsub, match = string.byte, string.char, string.find, string.format, string.gsub, string.match
local concat, pack, sort, unpack = table.concat, table.pack, table.sort, table.unpack
local getinfo, load, open = debug.getinfo, load, io.open
local DEEP = 100
local SAFE = 1 << 53

-- There is none where tests are only listed.
local heard, told = open("/dev/line", "r"), open("/dev/line", "a")
if told then
  told:setvbuf("no")
end

-- What the other side knows by a number, and the number of each; and what it has given.
local known, numbers, theirs = {}, {}, {}

-- Raised where something is not there, or can't be done: what tests know that as.
local Refusal = { __tostring = function(self) return self.text end }
-- Raised by the other side.
local Theirs = { __tostring = function(self) return self.text end }

-- Values.

local encode

local function reference(value, kind, name)
  local number = numbers[value]
  if not number then
    number = #known + 1
    known[number], numbers[value] = value, number
  end
  return format('{"ref":%d,"kind":"%s","name":%s}', number, kind, quoted(name))
end

local function text(value)
  local is_text, json = pcall(quoted, value)
  if is_text then
    return json
  end
  return '{"bytes":"' .. gsub(value, ".", function(letter) return format("%02x", byte(letter)) end) .. '"}'
end

local function number(value)
  if math_type(value) == "integer" then
    return -SAFE < value and value < SAFE and format("%d", value) or format('{"int":"%d"}', value)
  elseif value ~= value then
    return '{"float":"nan"}'
  elseif value == 1 / 0 or value == -1 / 0 then
    return value > 0 and '{"float":"inf"}' or '{"float":"-inf"}'
  end
  local json = format("%.17g", value)
  return find(json, "[.e]") and json or json .. ".0"
end

-- Whether a table is what is in it, and nothing else.
local function is_plain(value, depth)
  if getmetatable(value) or numbers[value] or depth > DEEP then
    return false
  end
  for key, item in next, value do
    if type(key) == "table" or type(item) == "function" and not theirs[item] then
      return false
    elseif type(item) == "table" and not is_plain(item, depth + 1) and not getmetatable(item) then
      return false
    end
  end
  return true
end

local function plain(value)
  local parts, n = {}, length(value)
  for at = 1, n or 0 do
    parts[at] = encode(value[at])
  end
  if n then
    return "[" .. concat(parts, ",") .. "]"
  end
  for key, item in next, value do
    parts[#parts + 1] = "[" .. encode(key) .. "," .. encode(item) .. "]"
  end
  sort(parts)
  return '{"map":[' .. concat(parts, ",") .. "]}"
end

function encode(value)
  local kind = type(value)
  if kind == "nil" then
    return "null"
  elseif kind == "boolean" then
    return value and "true" or "false"
  elseif kind == "number" then
    return number(value)
  elseif kind == "string" then
    return text(value)
  elseif theirs[value] then
    return format('{"yours":%d}', theirs[value])
  elseif kind == "function" then
    return reference(value, "function", "function")
  elseif kind == "table" and is_plain(value, 0) then
    return plain(value)
  end
  local meta = getmetatable(value)
  local name = type(meta) == "table" and rawget(meta, "__name")
  local is_class = kind == "table" and type(rawget(value, "new")) == "function"
  return reference(value, is_class and "class" or "object", type(name) == "string" and name or kind)
end

local function encode_all(values)
  local parts = {}
  for at = 1, values.n do
    parts[at] = encode(values[at])
  end
  return concat(parts, ",")
end

-- What a function gave: nothing, one value, or several.
local function encode_results(results)
  return results.n < 2 and encode(results[1]) or '{"tuple":[' .. encode_all(results) .. "]}"
end

local decode
-- What stands for something of the other side, what it raised, and what is done for it.
local remote, exception, perform

local function decode_all(list)
  local made = { n = count_of(list) }
  for at = 1, made.n do
    made[at] = decode(list[at])
  end
  return made
end

local FLOATS = { nan = 0 / 0, inf = 1 / 0, ["-inf"] = -1 / 0 }
local DECODED = {
  yours = function(held) return known[held] end,
  float = function(held) return FLOATS[held] or -0.0 end,
  int = function(held) return tointeger(tonumber(held)) or tonumber(held) end,
  undefined = function() end,
  bytes = function(held)
    return (gsub(held, "..", function(digits) return char(tonumber(digits, 16)) end))
  end,
  map = function(held)
    local map = {}
    for at = 1, count_of(held) do
      local key = decode(held[at][1])
      if key ~= nil then
        map[key] = decode(held[at][2])
      end
    end
    return map
  end,
}
DECODED.pairs = DECODED.map

function decode(held)
  if type(held) ~= "table" then
    return held
  elseif count_of(held) then
    local list = decode_all(held)
    list.n = nil
    return list
  elseif held.ref then
    return remote(held)
  end
  local name, inner = next(held)
  local decoded = DECODED[name]
  if decoded then
    return decoded(inner)
  end
  return decode(inner)
end

-- What was raised, as the other side is told of it.
local function described(raised)
  if getmetatable(raised) == Theirs then
    return format('{"yours":%d}', raised.number)
  end
  local is_refused = getmetatable(raised) == Refusal
  local words = is_refused and raised.text or raised
  if type(words) == "table" then
    local meta = getmetatable(words)
    local is_said, said = pcall(tostring, words)
    local shown = type(meta) == "table" and meta.__tostring and is_said and said or "an error that is a table"
    return format('{"thrown":%s,"class":"Error","args":[],"text":%s}', encode(words), text(shown))
  end
  words = tostring(words)
  local place, rest = match(words, "^([^\n:]+:%d+): (.*)$")
  local at = place and not find(place, "polycode", 1, true) and ',"at":' .. text(place) or ""
  known[#known + 1] = raised
  words = text(rest or words)
  return format('{"class":"%s","args":[%s],"text":%s,"of":%d%s}', is_refused and raised.class or "Exception", words, words, #known, at)
end

local function refuse(class, words)
  error(setmetatable({ class = class, text = words }, Refusal), 0)
end

-- The line.

local function tell(message)
  told:write(message, "\n")
end

local function receive()
  local line = heard:read("L")
  return line and decode_json(line)
end

local function serve(request)
  local done, answer = pcall(perform, request)
  tell(done and answer or '{"raised":' .. described(answer) .. "}")
end

-- What the other side answers; raises what it raised.
local function ask(message)
  tell(message)
  while true do
    local answer = receive()
    if not answer then
      error(setmetatable({ text = "the program ended before the test did" }, Theirs), 0)
    elseif answer.raised then
      error(exception(answer.raised), 0)
    elseif not answer["do"] then
      return answer
    end
    serve(answer)
  end
end
