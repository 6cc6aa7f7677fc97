const fs = require('fs');

const [first = '', ...others] = fs.readFileSync(0, 'utf8').toLowerCase().split(/\s+/);
// A set forgets how often a letter occurs, and toLowerCase() how the word was written.
const letters = new Set(first);
for (const word of others) {
  const same = [...word].every((c) => letters.has(c)) && new Set(word).size === letters.size;
  if (same && word !== first) {
    console.log(word);
  }
}
