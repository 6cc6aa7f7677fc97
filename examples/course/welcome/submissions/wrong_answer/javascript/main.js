const fs = require('fs');

// Nearly: the exclamation mark is missing.
const name = fs.readFileSync(0, 'utf8').trim();
console.log('Hello, ' + (name || 'world'));
