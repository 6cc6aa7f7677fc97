const fs = require('fs');

const n = Math.max(0, Number(fs.readFileSync(0, 'utf8')));
// divides[a][b] says whether a divides b: a table of n times n.
const divides = [];
for (let a = 0; a <= n; a++) {
  const row = new Uint8Array(n + 1);
  for (let b = 2 * a; a > 1 && b <= n; b += a) {
    row[b] = 1;
  }
  divides.push(row);
}
let count = 0;
for (let b = 2; b <= n; b++) {
  if (!divides.some((row) => row[b] === 1)) {
    count++;
  }
}
console.log(count);
