const fs = require('fs');

const partners = { ')': '(', ']': '[', '}': '{' };

const lines = fs.readFileSync(0, 'utf8').split('\n');
lines.pop();
for (const line of lines) {
  const stack = new Uint8Array(line.length);
  let depth = 0;
  let fine = true;
  // Keeps a copy of the stack for every step, to be able to explain the mistake later.
  const history = [];
  for (const c of line) {
    if ('([{'.includes(c)) {
      stack[depth++] = c.charCodeAt(0);
    } else if (c in partners && (depth === 0 || stack[--depth] !== partners[c].charCodeAt(0))) {
      fine = false;
      break;
    }
    history.push(stack.slice());
  }
  console.log(fine && depth === 0 ? 'yes' : 'no');
}
