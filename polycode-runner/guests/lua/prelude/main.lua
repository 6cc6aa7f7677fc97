-- What one run does: check the sources, run the program, or call one of its functions.
local shared = ...

local decode, encode = shared.decode, shared.encode
local getmetatable, load, pcall, tostring, type, xpcall = getmetatable, load, pcall, tostring, type, xpcall
local close, open, stderr = io.stdout.close, io.open, io.stderr
local read, write = stderr.read, stderr.write
local find, gsub, match = string.find, string.gsub, string.match
local concat, unpack = table.concat, table.unpack
local randomseed, traceback = math.randomseed, debug.traceback
local NAME = "^[%a_][%w_]*$"

package.path = "?.lua;?/init.lua"
package.cpath = ""

-- Only 0 itself is success: C would cut larger numbers.
local exit, tointeger = os.exit, math.tointeger
function os.exit(code, close_state)
  if type(code) == "number" and code ~= 0 and (tointeger(code) or 1) & 0xffffffff == 0 then
    code = 1
  end
  return exit(code, close_state)
end

local function text_of(path)
  local file = open(path, "rb")
  if not file then
    return nil
  end
  local text = read(file, "a")
  close(file)
  return text
end

-- The text of a source file: a first line for a shell is a comment.
local function source_of(name)
  local text = gsub(text_of("/box/" .. name), "^\239\187\191", "")
  return (gsub(text, "^#", "--#"))
end

local function answer(text)
  local file = open("/run/answer", "wb")
  write(file, text)
  close(file)
end

local function check(request)
  local problems = {}
  for i = 1, #request.sources do
    local name = request.sources[i]
    local chunk, problem = load(source_of(name), "@" .. name, "t")
    if not chunk then
      -- Not all problems are told with their place.
      local place = find(problem, name, 1, true) == 1 and "" or name .. ": "
      problems[#problems + 1] = place .. problem .. "\n"
    end
  end
  if #problems > 0 then
    answer(concat(problems))
  end
  return 0
end

-- The text of what was raised, and the frames of the program that led to it.
local function described(raised)
  local text = raised
  if type(raised) ~= "string" then
    local meta = getmetatable(raised)
    if type(meta) == "table" and meta.__tostring or type(raised) == "number" then
      text = tostring(raised)
    else
      text = "(error object is a " .. type(raised) .. " value)"
    end
  end
  local frames = gsub(traceback(text, 2), "\n\t[^\n]*polycode:[^\n]*", "")
  -- What is left are the frames by which the program was started.
  frames = gsub(frames, "\n\t%[C%]: in function 'xpcall'.*$", "")
  frames = gsub(frames, "\n\t%[C%]: in %?$", "")
  return frames
end

local function guarded(action, ...)
  local results = { xpcall(action, described, ...) }
  if results[1] then
    return true, results[2]
  end
  write(stderr, "lua: ", results[2], "\n")
  return false
end

local function run(request)
  local chunk = load(source_of(request.entry), "@" .. request.entry, "t")
  return guarded(chunk, unpack(arg)) and 0 or 1
end

-- The function of that name: a global one, a local one of the file, or one of what it returns.
local function find_function(entry, name)
  local source = source_of(entry)
  local chunk = find(name, NAME) and load(source .. "\nreturn " .. name, "@" .. entry, "t")
  local ok, found = guarded(chunk or load(source, "@" .. entry, "t"))
  if not ok then
    return false
  end
  if not chunk then
    local module = found
    found = type(module) == "table" and module[name] or _G[name]
    if found == nil and type(module) == "function" then
      found = module
    end
  end
  return true, found
end

local function call(request)
  local name = request.call["function"]
  local ok, action = find_function(request.entry, name)
  if not ok then
    return 1
  end
  local meta = getmetatable(action)
  if type(action) ~= "function" and not (type(meta) == "table" and meta.__call) then
    write(stderr, request.entry, " has no function named '", name, "'\n")
    return 1
  end
  local args = request.call.args
  local done, value = guarded(action, unpack(args, 1, shared.count(args)))
  if not done then
    return 1
  end
  local is_json, encoded = pcall(encode, value)
  if not is_json then
    local reason = type(encoded) == "string" and match(encoded, "[^\n]*") or "its text can't be made"
    write(stderr, "what ", name, " returned is not JSON: ", reason, "\n")
    return 1
  end
  answer(encoded)
  return 0
end

function shared.start(high, low)
  randomseed(high, low)
  local request = decode(text_of("/run/request.json"))
  arg = { [0] = request.entry, unpack(request.args) }
  local folder = match(request.entry, "^(.*)/[^/]*$")
  if folder then
    package.path = folder .. "/?.lua;" .. folder .. "/?/init.lua;" .. package.path
  end
  if request.mode == "check" then
    return check(request)
  elseif request.mode == "call" then
    return call(request)
  end
  return run(request)
end
