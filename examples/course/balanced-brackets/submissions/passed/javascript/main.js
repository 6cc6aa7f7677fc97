const fs = require('fs');

const partners = new Map([[')', '('], [']', '['], ['}', '{']]);
const opening = new Set(partners.values());

function isBalanced(text) {
  const stack = [];
  for (const c of text) {
    if (opening.has(c)) {
      stack.push(c);
    } else if (partners.has(c) && stack.pop() !== partners.get(c)) {
      return false;
    }
  }
  return stack.length === 0;
}

const lines = fs.readFileSync(0, 'utf8').split('\n');
lines.pop();
for (const line of lines) {
  console.log(isBalanced(line) ? 'yes' : 'no');
}
