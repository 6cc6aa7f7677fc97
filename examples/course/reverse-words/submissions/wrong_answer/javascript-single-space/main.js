const fs = require('fs');

// Splits at every single space, so several of them in a row make empty words.
const lines = fs.readFileSync(0, 'utf8').split('\n');
for (const line of lines) {
  console.log(line.split(' ').reverse().join(' '));
}
