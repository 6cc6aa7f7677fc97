const fs = require('fs');

const partners = { ')': '(', ']': '[', '}': '{' };

const lines = fs.readFileSync(0, 'utf8').split('\n');
lines.pop();
for (const line of lines) {
  // Keeps a copy of the stack for every step, to be able to explain the mistake later.
  const history = [[]];
  let fine = true;
  for (const c of line) {
    const stack = history[history.length - 1].slice();
    if ('([{'.includes(c)) {
      stack.push(c);
    } else if (c in partners && stack.pop() !== partners[c]) {
      fine = false;
      break;
    }
    history.push(stack);
  }
  console.log(fine && history[history.length - 1].length === 0 ? 'yes' : 'no');
}
