const fs = require('fs');

const text = fs.existsSync('access.log') ? fs.readFileSync('access.log', 'utf8') : '';
const codes = text.split('\n').filter((line) => line.trim() !== '').map((line) => line.split(' ')[2]);

const counts = new Map();
for (const code of codes.sort()) {
  counts.set(code, (counts.get(code) || 0) + 1);
}

const report = [...counts].map(([code, count]) => `${code} ${count}\n`);
fs.writeFileSync('report.txt', report.join(''));
console.log(`${codes.length} requests`);
