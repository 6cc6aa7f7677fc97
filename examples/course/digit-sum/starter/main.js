const fs = require('fs');

const number = fs.readFileSync(0, 'utf8').trim();
let total = 0;
// Your turn: add every digit to total.
console.log(total);
