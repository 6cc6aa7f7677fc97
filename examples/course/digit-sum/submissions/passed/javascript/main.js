const fs = require('fs');

let total = 0;
for (const c of fs.readFileSync(0, 'utf8')) {
  if (c >= '0' && c <= '9') {
    total += Number(c);
  }
}
console.log(total);
