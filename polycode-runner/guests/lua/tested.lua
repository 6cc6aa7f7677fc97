-- The program that is tested: it does what tests ask for on the line.

local getlocal, sethook = debug.getlocal, debug.sethook
local output, stdout = io.output, io.stdout

-- What there is of the program at the top of its files.
local Program = {}
local globals = {}
for name, item in pairs(_G) do
  globals[name] = item
end

-- The functions of the tests by their numbers.
local functions = {}

-- A function of the tests; nothing else of theirs can be used.
function remote(told_of)
  local number = told_of.ref
  if not functions[number] then
    local function call(...)
      local answer = ask(format('{"do":"call","of":{"yours":%d},"args":[%s]}', number, encode_all(pack(...))))
      return decode(answer.value)
    end
    functions[number], theirs[call] = call, number
  end
  return functions[number]
end

function exception(raised)
  if raised.yours then
    return known[raised.yours]
  end
  return setmetatable({ number = raised.of, text = tostring(raised.text) }, Theirs)
end

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

function perform(request)
  return PERFORMED[request["do"]](request)
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
local request = receive()
while request do
  serve(request)
  request = receive()
end
