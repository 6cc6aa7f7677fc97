-- The tests: they are listed, or one of them is run.

local NAMED = "^[Tt]est"
local entry, wanted = arg[1], arg[2]
local is_listed = wanted == nil

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
    if type(name) == "string" and name ~= "test" and find(name, NAMED) then
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
        if type(method) == "string" and find(method, NAMED) then
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
