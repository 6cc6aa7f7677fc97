const fs = require('fs');

const [line] = fs.readFileSync(0, 'utf8').split('\n');
console.log(`Hello, ${line.trim() || 'world'}!`);
