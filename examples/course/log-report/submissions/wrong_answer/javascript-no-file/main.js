const fs = require('fs');

// Prints the report instead of writing the file.
const text = fs.existsSync('access.log') ? fs.readFileSync('access.log', 'utf8') : '';
const counts = {};
let requests = 0;
for (const line of text.split('\n')) {
  if (line !== '') {
    const code = line.split(' ')[2];
    counts[code] = (counts[code] || 0) + 1;
    requests++;
  }
}
for (const code of Object.keys(counts)) {
  console.error(code, counts[code]);
}
console.log(requests, 'requests');
