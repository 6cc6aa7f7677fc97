const fs = require('fs');

const n = Math.max(0, Number(fs.readFileSync(0, 'utf8')));
// divides[a][b] says whether a divides b: a table of n times n.
const divides = [];
for (let a = 0; a <= n; a++) {
  const row = new Array(n + 1).fill(false);
  for (let b = 2 * a; a > 1 && b <= n; b += a) {
    row[b] = true;
  }
  divides.push(row);
}
let count = 0;
for (let b = 2; b <= n; b++) {
  if (!divides.some((row) => row[b])) {
    count++;
  }
}
console.log(count);
