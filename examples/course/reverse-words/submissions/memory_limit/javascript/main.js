const fs = require('fs');

for (const line of fs.readFileSync(0, 'utf8').trimEnd().split('\n')) {
  let words = line.trim().split(/\s+/);
  const count = words.length;
  // Wants to be sure that there is room enough, and doubles the list for ever.
  while (words.length >= count) {
    words = words.concat(words);
  }
  console.log(words.slice(0, count).reverse().join(' '));
}
