const fs = require('fs');

const lines = fs.readFileSync(0, 'utf8').split('\n');
let name = '';
// Insists on a name, but the input will not become longer by waiting.
while (name === '') {
  name = lines[0].trim();
}
console.log(`Hello, ${name}!`);
