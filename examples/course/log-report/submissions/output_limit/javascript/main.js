const fs = require('fs');

const text = fs.existsSync('access.log') ? fs.readFileSync('access.log', 'utf8') : '';
const codes = text.split('\n').filter(Boolean).map((line) => line.split(' ')[2]).sort();
fs.writeFileSync('report.txt', '');
let i = 0;
while (codes.length > 0) {
  const code = codes[i % codes.length];
  const count = codes.filter((other) => other === code).length;
  // Goes round and round, and fills the disk with the report.
  fs.appendFileSync('report.txt', `${code} ${count}\n`.repeat(1000));
  i += count;
}
console.log(`${codes.length} requests`);
