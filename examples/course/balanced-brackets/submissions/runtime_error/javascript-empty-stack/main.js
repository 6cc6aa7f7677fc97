const fs = require('fs');

const kinds = { ')': 'round', ']': 'square', '}': 'curly', '(': 'round', '[': 'square', '{': 'curly' };

const lines = fs.readFileSync(0, 'utf8').split('\n');
lines.pop();
for (const line of lines) {
  const stack = [];
  let fine = true;
  for (const c of line) {
    if ('([{'.includes(c)) {
      stack.push({ kind: kinds[c] });
    } else if (')]}'.includes(c)) {
      // pop() gives undefined when the stack is empty, and that has no kind.
      if (stack.pop().kind !== kinds[c]) {
        fine = false;
        break;
      }
    }
  }
  console.log(fine && stack.length === 0 ? 'yes' : 'no');
}
