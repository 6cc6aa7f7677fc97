const fs = require('fs');

const n = Number(fs.readFileSync(0, 'utf8'));
let count = 0;
// Your turn: count the primes up to n.
console.log(count);
