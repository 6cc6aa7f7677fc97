def place(row, columns, left, right, size)
  return 1 if row == size
  found = 0
  size.times do |column|
    a, b = row + column, row - column + size
    next if columns[column] || left[a] || right[b]
    columns[column] = left[a] = right[b] = true
    found += place(row + 1, columns, left, right, size)
    columns[column] = left[a] = right[b] = false
  end
  found
end

size = 10
puts place(0, [false] * size, [false] * (2 * size), [false] * (2 * size), size)
