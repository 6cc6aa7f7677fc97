const fs = require('fs');

const n = Number(fs.readFileSync(0, 'utf8'));
// 'abc'[Math.floor(Math.random() * 3)] is a random letter out of three.
console.log('too short');
