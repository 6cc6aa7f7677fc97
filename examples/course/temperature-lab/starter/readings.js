const fs = require('fs');

const lines = fs.readFileSync(0, 'utf8').split('\n');
lines.pop(); // what follows the last line end
for (const line of lines) {
  // Your turn.
  console.log('?');
}
