const fs = require('fs');

function countPrimes(n) {
  if (n < 2) {
    return 0;
  }
  const composite = new Uint8Array(n + 1);
  let count = 0;
  for (let i = 2; i <= n; i++) {
    if (composite[i]) {
      continue;
    }
    count++;
    for (let multiple = i * i; multiple <= n; multiple += i) {
      composite[multiple] = 1;
    }
  }
  return count;
}

console.log(countPrimes(Number(fs.readFileSync(0, 'utf8'))));
