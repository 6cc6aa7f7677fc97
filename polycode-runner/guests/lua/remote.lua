-- What stands for the program in its tests.

-- Raised where a check does not hold.
local Failure = { __tostring = function(self) return self.text end }
-- The first check that failed while the program had called a function of the tests.
local broken

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

-- What the program has printed since it was last asked.
function printed()
  return decode(ask('{"do":"printed"}').value)
end
