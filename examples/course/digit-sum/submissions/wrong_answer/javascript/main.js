const fs = require('fs');

// A Number has about 16 digits; a longer one is rounded and written as 1.2345e+29.
const number = Math.abs(Number(fs.readFileSync(0, 'utf8')));
const digits = String(number).match(/\d/g) || [];
console.log(digits.reduce((sum, digit) => sum + Number(digit), 0));
