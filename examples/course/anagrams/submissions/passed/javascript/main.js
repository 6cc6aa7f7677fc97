const fs = require('fs');

const letters = (word) => [...word.toLowerCase()].sort().join('');

const [first = '', ...others] = fs.readFileSync(0, 'utf8').split(/\s+/).filter(Boolean);
const found = others.filter(
  (word) => letters(word) === letters(first) && word.toLowerCase() !== first.toLowerCase(),
);
// Backwards, because any order is fine.
for (const word of found.reverse()) {
  console.log(word);
}
