const fs = require('fs');

// Trusts that the log is there.
const lines = fs.readFileSync('access.log', 'utf8').split('\n').filter((line) => line !== '');
const counts = new Map();
for (const line of lines) {
  const code = line.split(' ')[2];
  counts.set(code, (counts.get(code) ?? 0) + 1);
}
const report = [...counts].sort().map(([code, count]) => `${code} ${count}\n`).join('');
fs.writeFileSync('report.txt', report);
console.log(`${lines.length} requests`);
