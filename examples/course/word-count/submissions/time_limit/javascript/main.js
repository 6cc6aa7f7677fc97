const fs = require('fs');

const text = fs.readFileSync(0, 'utf8').toLowerCase();
// Without the g flag, exec() finds the first word again and again.
const pattern = /\p{L}+/u;
const counts = new Map();
let match;
while ((match = pattern.exec(text)) !== null) {
  counts.set(match[0], (counts.get(match[0]) || 0) + 1);
}
for (const [word, count] of counts) {
  console.log(word, count);
}
