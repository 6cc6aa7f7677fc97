def place(row, columns, left, right, size):
    if row == size:
        return 1
    found = 0
    for column in range(size):
        a, b = row + column, row - column + size
        if not (columns[column] or left[a] or right[b]):
            columns[column] = left[a] = right[b] = True
            found += place(row + 1, columns, left, right, size)
            columns[column] = left[a] = right[b] = False
    return found


size = 10
print(place(0, [False] * size, [False] * 2 * size, [False] * 2 * size, size))
