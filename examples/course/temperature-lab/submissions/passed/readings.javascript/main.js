const fs = require('fs');

const lines = fs.readFileSync(0, 'utf8').split('\n');
lines.pop();
for (const line of lines) {
  const celsius = line.trim() === '' ? NaN : Number(line);
  console.log(Number.isNaN(celsius) ? '?' : celsius * 9 / 5 + 32);
}
