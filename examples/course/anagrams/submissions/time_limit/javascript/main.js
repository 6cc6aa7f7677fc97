const fs = require('fs');

// Is the word one of the arrangements of these letters? Tries them all: 12 letters have 479001600.
function canSpell(word, built, rest) {
  if (rest.length === 0) {
    return built === word;
  }
  let found = false;
  for (let i = 0; i < rest.length; i++) {
    found = canSpell(word, built + rest[i], rest.slice(0, i) + rest.slice(i + 1)) || found;
  }
  return found;
}

const [first = '', ...others] = fs.readFileSync(0, 'utf8').split(/\s+/).filter(Boolean);
for (const word of others) {
  const [a, b] = [first.toLowerCase(), word.toLowerCase()];
  if (a !== b && a.length === b.length && canSpell(b, '', a)) {
    console.log(word);
  }
}
