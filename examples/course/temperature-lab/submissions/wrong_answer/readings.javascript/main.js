const fs = require('fs');

const lines = fs.readFileSync(0, 'utf8').split('\n');
lines.pop();
for (const line of lines) {
  // Number('') is 0, so an empty line becomes 32 degrees.
  const celsius = Number(line);
  console.log(Number.isNaN(celsius) ? '?' : celsius * 9 / 5 + 32);
}
