-- The program that tests in another sandbox test: it does what they ask for on the line, as `line.py`
-- and `tested.py` do for Python. A program may change any library function, so what is needed is kept.
local decode_json, quoted, count_of = shared.decode, shared.encode, shared.count

local error, getmetatable, ipairs, next, pairs, pcall, rawget = error, getmetatable, ipairs, next, pairs, pcall, rawget
local require, select, setmetatable, tonumber, tostring, type = require, select, setmetatable, tonumber, tostring, type
local math_type, tointeger = math.type, math.tointeger
local byte, char, find, format, gsub, match, rep = string.byte, string.char, string.find, string.format, string.gsub, string.match, string.rep
local concat, pack, sort, unpack = table.concat, table.pack, table.sort, table.unpack
local getinfo, getlocal, sethook = debug.getinfo, debug.getlocal, debug.sethook
local load, open, output, stdout = load, io.open, io.output, io.stdout
local DEEP = 100
local SAFE = 1 << 53

local heard, told = open("/dev/line", "r"), open("/dev/line", "w")
told:setvbuf("no")

-- What the other side knows by a number, and the number of each; and what it has given.
local known, numbers, theirs, functions = {}, {}, {}, {}

-- What there is of the program at the top of its files.
local Program = {}
local globals = {}
for name, item in pairs(_G) do
  globals[name] = item
end

-- Raised where something is not there, or can't be done: what tests know that as.
local Refusal = { __tostring = function(self) return self.text end }
-- Raised by the tests.
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

-- The length of a list, nil for what is no list. An empty table is an empty list.
local function length(value)
  local count, highest = 0, 0
  for key in next, value do
    if math_type(key) ~= "integer" or key < 1 then
      return nil
    end
    count, highest = count + 1, key > highest and key or highest
  end
  return count == highest and count or nil
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

local decode, ask

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

-- A function of the tests; nothing else of theirs can be used.
local function remote(told_of)
  local number = told_of.ref
  if not functions[number] then
    local function call(...)
      return ask(format('{"do":"call","of":{"yours":%d},"args":[%s]}', number, encode_all(pack(...))))
    end
    functions[number], theirs[call] = call, number
  end
  return functions[number]
end

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

local function exception(raised)
  if raised.yours then
    return known[raised.yours]
  end
  return setmetatable({ number = raised.of, text = tostring(raised.text) }, Theirs)
end

-- What tests ask for.

local function absent(of, name)
  local what = of == Program and "the program" or "an object of the program"
  refuse("AttributeError", what .. " has no '" .. tostring(name) .. "'")
end

-- What is called a name at the top of the program: in what its files return, a global, or a local of theirs.
local locals, returned = {}, {}

local function attribute(of, name)
  local found
  if of ~= Program then
    local can, item = pcall(function() return of[name] end)
    found = can and item
  elseif _G[name] ~= globals[name] then
    found = _G[name]
  else
    for _, module in ipairs(returned) do
      if found == nil then
        found = module[name]
      end
    end
    if found == nil then
      found = locals[name]
    end
  end
  if found == nil then
    absent(of, name)
  end
  return found
end

local function source_of(path)
  local file = open(path, "rb")
  if not file then
    return nil
  end
  local source = gsub(file:read("a"), "^\239\187\191", "")
  file:close()
  return (gsub(source, "^#", "--#"))
end

-- Runs a file as `require` does, and notes the locals at its end.
local function load_file(asked)
  local name = gsub(asked, "%.lua$", "")
  local folder = match(arg[1], "^(.*/)[^/]*$") or ""
  local path = name .. ".lua"
  local source = source_of("/box/" .. path)
  if not source then
    path = folder .. path
    source = source_of("/box/" .. path)
  end
  if not source then
    if open("/box/" .. name) then
      return reference(Program, "object", "folder")
    end
    error("the program has no file " .. name .. ".lua", 0)
  end
  local module = gsub(name, "/", ".")
  if package.loaded[module] == nil then
    local chunk = load(source, "@" .. path, "t")
    sethook(function()
      if getinfo(2, "f").func == chunk then
        local at = 1
        local known_as, item = getlocal(2, at)
        while known_as do
          locals[known_as] = item
          at = at + 1
          known_as, item = getlocal(2, at)
        end
      end
    end, "r")
    local ran, result = pcall(chunk, module)
    sethook()
    if not ran then
      error(result, 0)
    end
    package.loaded[module] = result == nil and true or result
    if type(result) == "table" then
      returned[#returned + 1] = result
    elseif type(result) == "function" then
      locals[module] = locals[module] or result
    end
  end
  return reference(Program, "object", "module")
end

-- Whether a function is a method: it says so by the name of its first parameter.
local function is_method(action)
  return type(action) == "function" and getlocal(action, 1) == "self"
end

-- Something that can be called: a function, what has `__call`, or what has a `new`.
local function callable(of, is_new)
  local meta = getmetatable(of)
  if type(of) == "table" and (is_new or not (type(meta) == "table" and meta.__call)) and type(of.new) == "function" then
    return of.new, of
  end
  return of, nil
end

local function call(request)
  local action, this = callable(decode(request.of), request.new)
  if request.this then
    this = decode(request.this)
  end
  local args = decode_all(request.args)
  if request.named then
    local named = {}
    for name, item in pairs(request.named) do
      named[name] = decode(item)
    end
    args.n = args.n + 1
    args[args.n] = named
  end
  local before = {}
  for at = 1, args.n do
    before[at] = type(args[at]) == "table" and is_plain(args[at], 0) and encode(args[at])
  end
  local results
  if this ~= nil and this ~= Program and is_method(action) then
    results = pack(action(this, unpack(args, 1, args.n)))
  else
    results = pack(action(unpack(args, 1, args.n)))
  end
  local changed = {}
  for at = 1, args.n do
    local now = before[at] and encode(args[at])
    if now ~= before[at] then
      changed[#changed + 1] = "[" .. at - 1 .. "," .. now .. "]"
    end
  end
  local rest = #changed > 0 and ',"changed":[' .. concat(changed, ",") .. "]" or ""
  return '{"value":' .. encode_results(results) .. rest .. "}"
end

-- What walks through a value: a function that gives the next values. Iterators of Lua are functions.
local Walk = {}

local function walk(value)
  local meta = getmetatable(value)
  local step = value
  if type(value) == "table" and not (type(meta) == "table" and meta.__call) then
    local at = 0
    step = function()
      at = at + 1
      return value[at]
    end
  end
  return setmetatable({ step = step }, Walk)
end

local function contains(value, wanted)
  for _, item in pairs(value) do
    if item == wanted then
      return true
    end
  end
  return value[wanted] ~= nil and type(wanted) ~= "number"
end

local function is_instance(value, kind)
  local meta = getmetatable(value)
  for _ = 1, DEEP do
    if type(meta) ~= "table" then
      return false
    elseif meta == kind or meta.__index == kind then
      return true
    end
    meta = getmetatable(type(meta.__index) == "table" and meta.__index or meta)
  end
  return false
end

local function keys(value)
  local names = {}
  for name in next, value do
    if type(name) == "string" then
      names[#names + 1] = name
    end
  end
  sort(names)
  return names
end

local function joined(one, other)
  local meta = getmetatable(one) or getmetatable(other)
  if type(meta) == "table" and meta.__concat and not meta.__add then
    return one .. other
  end
  return one + other
end

local OPERATIONS = {
  add = joined,
  sub = function(one, other) return one - other end,
  mul = function(one, other) return one * other end,
  truediv = function(one, other) return one / other end,
  floordiv = function(one, other) return one // other end,
  mod = function(one, other) return one % other end,
  pow = function(one, other) return one ^ other end,
  ["and"] = function(one, other) return one & other end,
  ["or"] = function(one, other) return one | other end,
  xor = function(one, other) return one ~ other end,
  lshift = function(one, other) return one << other end,
  rshift = function(one, other) return one >> other end,
  neg = function(value) return -value end,
  pos = function(value) return value end,
  invert = function(value) return ~value end,
  eq = function(one, other) return one == other end,
  lt = function(one, other) return one < other end,
  le = function(one, other) return one <= other end,
  gt = function(one, other) return one > other end,
  ge = function(one, other) return one >= other end,
  getitem = function(value, key) return value[key] end,
  setitem = function(value, key, item) value[key] = item end,
  delitem = function(value, key) value[key] = nil end,
  len = function(value) return #value end,
  bool = function() return true end,
  int = function(value) return tointeger(tonumber(tostring(value))) end,
  float = function(value) return tonumber(tostring(value)) end,
  str = tostring,
  repr = tostring,
  iter = walk,
  contains = contains,
  isinstance = is_instance,
  has = function(value, name) return pcall(attribute, value, name) end,
  keys = keys,
  primitive = function(value, hint) return hint ~= "string" and tonumber(tostring(value)) or tostring(value) end,
}

local function apply(request)
  local args = decode_all(request.args)
  local name = request.name
  if name == "step" and getmetatable(args[1]) == Walk then
    local results = pack(args[1].step())
    return results[1] == nil and "[]" or "[" .. encode_results(results) .. "]"
  end
  local operation = OPERATIONS[name]
  local way, plain_name = match(name, "^([ri])(%a+)$")
  if not operation and way and OPERATIONS[plain_name] then
    operation = OPERATIONS[plain_name]
    if way == "r" then
      args[1], args[2] = args[2], args[1]
    end
  end
  if not operation then
    refuse("TypeError", "there is no " .. name .. " of an object of Lua")
  end
  local done, value = pcall(operation, unpack(args, 1, args.n))
  if not done and type(value) == "string" and find(value, "polycode_tested.lua:%d+: attempt to") then
    refuse("TypeError", (gsub(value, "^.-: ", "")))
  elseif not done then
    error(value, 0)
  end
  return encode(value)
end

local function names()
  local found = {}
  for name, item in pairs(_G) do
    if globals[name] ~= item and type(name) == "string" then
      found[#found + 1] = name
    end
  end
  for _, module in ipairs(returned) do
    for _, name in ipairs(keys(module)) do
      found[#found + 1] = name
    end
  end
  sort(found)
  return plain(found)
end

local printed = {}

local PERFORMED = {
  load = function(request) return '{"value":' .. load_file(request.name) .. "}" end,
  get = function(request) return '{"value":' .. encode(attribute(decode(request.of), request.name)) .. "}" end,
  set = function(request)
    local of = decode(request.of)
    if of == Program then
      of = _G
    end
    of[request.name] = decode(request.value)
    return '{"value":null}'
  end,
  apply = function(request) return '{"value":' .. apply(request) .. "}" end,
  names = function() return '{"value":' .. names() .. "}" end,
  printed = function()
    local all = concat(printed)
    printed = {}
    return '{"value":' .. text(all) .. "}"
  end,
  call = call,
}

-- The line.

local function tell(message)
  told:write(message, "\n")
end

local function serve(request)
  local done, answer = pcall(PERFORMED[request["do"]], request)
  tell(done and answer or '{"raised":' .. described(answer) .. "}")
end

function ask(message)
  tell(message)
  while true do
    local line = heard:read("L")
    if not line then
      error("the tests have ended", 0)
    end
    local answer = decode_json(line)
    if answer.raised then
      error(exception(answer.raised), 0)
    elseif not answer["do"] then
      return decode(answer.value)
    end
    serve(answer)
  end
end

-- What is printed is heard by tests, too.
local function hear(...)
  local parts = pack(...)
  for at = 1, parts.n do
    printed[#printed + 1] = tostring(parts[at])
  end
end

local print_all, write_all = print, io.write
local files = getmetatable(stdout).__index
local write_to = files.write

function print(...)
  local parts = pack(...)
  for at = 1, parts.n do
    parts[at] = tostring(parts[at])
  end
  hear(concat(parts, "\t"), "\n")
  return print_all(...)
end

function io.write(...)
  if output() == stdout then
    hear(...)
  end
  return write_all(...)
end

function files.write(file, ...)
  if file == stdout then
    hear(...)
  end
  return write_to(file, ...)
end
globals.print = print

local folder = match(arg[1], "^(.*)/[^/]*$")
if folder then
  package.path = folder .. "/?.lua;" .. folder .. "/?/init.lua;" .. package.path
end
local line = heard:read("L")
while line do
  serve(decode_json(line))
  line = heard:read("L")
end
