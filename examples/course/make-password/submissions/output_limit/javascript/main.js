const fs = require('fs');

const n = Number(fs.readFileSync(0, 'utf8'));
process.stdout.write('a');
// Counts upwards where it should count downwards.
for (let left = n - 2; left !== 0; left++) {
  process.stdout.write('x');
}
console.log('1');
