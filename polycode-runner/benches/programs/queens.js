function place(row, columns, left, right, size) {
  if (row === size) return 1;
  let found = 0;
  for (let column = 0; column < size; column++) {
    const a = row + column, b = row - column + size;
    if (columns[column] || left[a] || right[b]) continue;
    columns[column] = left[a] = right[b] = true;
    found += place(row + 1, columns, left, right, size);
    columns[column] = left[a] = right[b] = false;
  }
  return found;
}

const size = 11;
const free = (count) => new Array(count).fill(false);
console.log(place(0, free(size), free(2 * size), free(2 * size), size));
