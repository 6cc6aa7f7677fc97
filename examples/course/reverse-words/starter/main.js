const fs = require('fs');

const lines = fs.readFileSync(0, 'utf8').trimEnd().split('\n');
for (const line of lines) {
  // Your turn: print the words of the line in reverse order.
}
