local counts, longest = {}, {}
local text = "the quick brown fox jumps over the lazy dog and runs away from it"
for turn = 1, 40000 do
  for word in text:gmatch("%a+") do
    local key = word:reverse():upper()
    counts[key] = (counts[key] or 0) + #key
  end
end
for word, count in pairs(counts) do longest[#longest + 1] = { word, count } end
table.sort(longest, function(a, b) return a[2] > b[2] or a[2] == b[2] and a[1] < b[1] end)
for at, pair in ipairs(longest) do longest[at] = pair[1] .. "=" .. pair[2] end
print(table.concat(longest, ","))
