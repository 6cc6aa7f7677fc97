const fs = require('fs');

const lines = fs.readFileSync(0, 'utf8').split('\n');
for (const line of lines) {
  const celsius = Number(line);
  const celsius = celsius * 9 / 5 + 32;
  console.log(celsius);
}
