const fs = require('fs');

const letters = 'abcdefghijklmnopqrstuvwxyz';
const digits = '0123456789';
const any = (text) => text[Math.floor(Math.random() * text.length)];

const n = Number(fs.readFileSync(0, 'utf8'));
if (n < 4) {
  console.log('too short');
} else {
  let password = any(letters);
  while (password.length < n - 1) {
    password += any(letters + digits);
  }
  console.log(password + any(digits));
}
