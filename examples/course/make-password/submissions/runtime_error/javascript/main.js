const fs = require('fs');

const n = Number(fs.readFileSync(0, 'utf8'));
// repeat() refuses a negative count, so the check below comes too late.
const middle = 'x'.repeat(n - 4);
console.log(n < 4 ? 'too short' : `a${middle}b${middle.length % 10}7`);
