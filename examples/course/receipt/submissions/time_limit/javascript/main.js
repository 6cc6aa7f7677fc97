const fs = require('fs');

const lines = fs.readFileSync(0, 'utf8').split('\n');
let total = 0;
let i = 0;
while (i < lines.length) {
  const line = lines[i].trim();
  if (line === '' && i === lines.length - 1) {
    break;
  }
  if (line === '' || line.startsWith('#')) {
    continue; // skips the line, and also the i++ below
  }
  const [name, quantity, price] = line.split(';').map((field) => field.trim());
  const cost = Number(quantity) * Math.round(Number(price) * 100);
  total += cost;
  console.log(`${name}: ${(cost / 100).toFixed(2)}`);
  i++;
}
console.log(`Total: ${(total / 100).toFixed(2)}`);
