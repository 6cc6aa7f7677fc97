const fs = require('fs');

for (const line of fs.readFileSync(0, 'utf8').trimEnd().split('\n')) {
  const words = line.split(/\s+/);
  let result = '';
  // Starts one place behind the last word.
  for (let i = words.length; i >= 0; i--) {
    result += words[i].trim() + ' ';
  }
  console.log(result);
}
