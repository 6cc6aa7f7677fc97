const fs = require('fs');

const lines = fs.readFileSync(0, 'utf8').trimEnd().split('\n');
const turned = lines.map((line) => line.trim().split(/\s+/).reverse().join(' '));
console.log(turned.join('\n'));
