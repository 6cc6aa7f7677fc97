const fs = require('fs');

const n = Number(fs.readFileSync(0, 'utf8'));
const crossedOut = new Set();
let count = 0;
// Begins with 1, which is not prime.
for (let i = 1; i <= n; i++) {
  if (crossedOut.has(i)) {
    continue;
  }
  count++;
  for (let multiple = i * i; multiple <= n && i > 1; multiple += i) {
    crossedOut.add(multiple);
  }
}
console.log(count);
