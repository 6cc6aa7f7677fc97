const fs = require('fs');

const name = fs.readFileSync(0, 'utf8').trim();
console.log(`Hello, ${name || 'world'}!);
