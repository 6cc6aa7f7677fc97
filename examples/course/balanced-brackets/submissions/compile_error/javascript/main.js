const fs = require('fs');

function isBalanced(text) {
  const stack = [];
  for (const c of text) {
    if ('([{'.includes(c)) {
      stack.push(c);
    }
  return stack.length === 0;
}

fs.readFileSync(0, 'utf8').split('\n').forEach((line) => console.log(isBalanced(line)));
