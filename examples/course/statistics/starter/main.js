const fs = require('fs');

const numbers = fs.readFileSync(0, 'utf8').split(/\s+/).filter(Boolean).map(Number);
// Your turn.
console.log('mean', 0);
console.log('median', 0);
console.log('deviation', 0);
