const fs = require('fs');

let number = Math.abs(Number(fs.readFileSync(0, 'utf8')));
let total = 0;
// Ten thousand digits are Infinity, and a tenth of Infinity is still Infinity.
while (number > 0) {
  total += number % 10;
  number = Math.trunc(number / 10);
}
console.log(total);
