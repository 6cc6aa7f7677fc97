-- JSON: what is asked for comes as JSON, and what a function returns goes out as JSON. A program may
-- change any library function, so all that is needed is kept here.
local shared = ...

local error, ipairs, math_type, pairs, tonumber, type = error, ipairs, math.type, pairs, tonumber, type
local byte, char, find, format, gsub, sub = string.byte, string.char, string.find, string.format, string.gsub, string.sub
local concat, codepoint, utf8_len = table.concat, utf8.char, utf8.len

local ESCAPES = { b = "\b", f = "\f", n = "\n", r = "\r", t = "\t" }
local WORDS = { ["true"] = true, ["false"] = false }

-- How many elements a list was read with, those that are null included.
local counts = setmetatable({}, { __mode = "k" })

-- Each reader takes a text and a position, and gives a value and the position after it. The texts
-- come from the host and are well-formed. What is null is nil.
local value

local function skip(text, at)
  return (find(text, "[^ \n\r\t]", at))
end

local function unescape(text, at)
  local letter = sub(text, at, at)
  if letter ~= "u" then
    return ESCAPES[letter] or letter, at + 1
  end
  local code = tonumber(sub(text, at + 1, at + 4), 16)
  if code >= 0xD800 and code < 0xDC00 then
    local low = tonumber(sub(text, at + 7, at + 10), 16)
    return codepoint(0x10000 + (code - 0xD800) * 0x400 + (low - 0xDC00)), at + 11
  end
  return codepoint(code), at + 5
end

local function string(text, at)
  local parts = {}
  at = at + 1
  while true do
    local stop = find(text, '["\\]', at)
    parts[#parts + 1] = sub(text, at, stop - 1)
    if sub(text, stop, stop) == '"' then
      return concat(parts), stop + 1
    end
    parts[#parts + 1], at = unescape(text, stop + 1)
  end
end

local function array(text, at)
  local list, n = {}, 0
  at = skip(text, at + 1)
  while sub(text, at, at) ~= "]" do
    n = n + 1
    list[n], at = value(text, at)
    at = skip(text, at)
    if sub(text, at, at) == "," then
      at = skip(text, at + 1)
    end
  end
  counts[list] = n
  return list, at + 1
end

local function object(text, at)
  local map = {}
  at = skip(text, at + 1)
  while sub(text, at, at) ~= "}" do
    local key
    key, at = string(text, at)
    map[key], at = value(text, skip(text, skip(text, at) + 1))
    at = skip(text, at)
    if sub(text, at, at) == "," then
      at = skip(text, at + 1)
    end
  end
  return map, at + 1
end

function value(text, at)
  local first = sub(text, at, at)
  if first == '"' then
    return string(text, at)
  elseif first == "{" then
    return object(text, at)
  elseif first == "[" then
    return array(text, at)
  end
  local _, stop = find(text, "^[%w+.-]+", at)
  local word = sub(text, at, stop)
  local known = WORDS[word]
  if known == nil then
    known = tonumber(word)
  end
  return known, stop + 1
end

local MAX_DEPTH = 200
local write

local function quoted(text)
  if not utf8_len(text) then
    error("a text that is not UTF-8", 0)
  end
  local escaped = gsub(text, '[%c"\\\127]', function(letter)
    return format("\\u%04x", byte(letter))
  end)
  return '"' .. escaped .. '"'
end

-- The length of a list, nil for what is no list. An empty table is an empty list.
local function length(table)
  local count, highest = 0, 0
  for key in pairs(table) do
    if math_type(key) ~= "integer" or key < 1 then
      return nil
    end
    count = count + 1
    highest = key > highest and key or highest
  end
  return count == highest and count or nil
end

local function list(table, n, depth)
  local parts = {}
  for i = 1, n do
    parts[i] = write(table[i], depth)
  end
  return "[" .. concat(parts, ",") .. "]"
end

local function map(table, depth)
  local parts = {}
  for key, item in pairs(table) do
    if type(key) ~= "string" then
      error("a table that is neither a list nor has texts as its keys", 0)
    end
    parts[#parts + 1] = quoted(key) .. ":" .. write(item, depth)
  end
  return "{" .. concat(parts, ",") .. "}"
end

function write(item, depth)
  local kind = type(item)
  if kind == "nil" then
    return "null"
  elseif kind == "boolean" then
    return item and "true" or "false"
  elseif kind == "string" then
    return quoted(item)
  elseif math_type(item) == "integer" then
    return format("%d", item)
  elseif kind == "number" then
    if item ~= item or item == 1 / 0 or item == -1 / 0 then
      error("a number that is not finite", 0)
    end
    return format("%.17g", item)
  elseif kind ~= "table" then
    error("a " .. kind, 0)
  elseif depth >= MAX_DEPTH then
    error("a table that is nested too deeply", 0)
  end
  local n = length(item)
  return n and list(item, n, depth + 1) or map(item, depth + 1)
end

-- The value of a text.
function shared.decode(text)
  return (value(text, skip(text, 1)))
end

-- How many elements a list of such a value has.
function shared.count(list)
  return counts[list]
end

-- The length of a table that is a list, nil for any other.
shared.length = length

-- The text of a value; raises a text that says what has none.
function shared.encode(item)
  return write(item, 0)
end
