local function place(row, columns, left, right, size)
  if row == size then return 1 end
  local found = 0
  for column = 0, size - 1 do
    local a, b = row + column, row - column + size
    if not (columns[column] or left[a] or right[b]) then
      columns[column], left[a], right[b] = true, true, true
      found = found + place(row + 1, columns, left, right, size)
      columns[column], left[a], right[b] = false, false, false
    end
  end
  return found
end

print(place(0, {}, {}, {}, 10))
