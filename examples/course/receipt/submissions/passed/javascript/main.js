const fs = require('fs');

const money = (cents) => (cents / 100).toFixed(2);

let total = 0;
const lines = fs.readFileSync(0, 'utf8').split('\n').map((line) => line.trim());
lines.forEach((line, index) => {
  if (line === '' || line.startsWith('#')) {
    return;
  }
  const fields = line.split(';').map((field) => field.trim());
  if (fields.length !== 3) {
    console.log(`line ${index + 1}: expected 3 fields`);
    return;
  }
  const [name, quantity, price] = fields;
  const cost = Number(quantity) * Math.round(Number(price) * 100);
  total += cost;
  console.log(`${name}: ${money(cost)}`);
});
console.log(`Total: ${money(total)}`);
