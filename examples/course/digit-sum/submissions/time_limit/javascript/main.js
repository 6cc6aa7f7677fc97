const fs = require('fs');

let number = Math.abs(Number(fs.readFileSync(0, 'utf8')));
let total = 0;
// Ten thousand digits are Infinity, and a tenth of Infinity is Infinity.
while (number > 0) {
  total += number % 10;
  number = (number - (number % 10)) / 10;
  if (number !== number) {
    number = Infinity;
  }
}
console.log(total);
