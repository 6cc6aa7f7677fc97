const fs = require('fs');

function isBalanced(text) {
  // Your turn.
  return true;
}

const lines = fs.readFileSync(0, 'utf8').split('\n');
lines.pop(); // what follows the last line end
for (const line of lines) {
  console.log(isBalanced(line) ? 'yes' : 'no');
}
