const fs = require('fs');

const sum = (list) => list.reduce((total, number) => total + number, 0);

const words = fs.readFileSync(0, 'utf8').split(/\s+/).filter((word) => word !== '');
const numbers = words.map(Number).sort((a, b) => a - b);
const count = numbers.length;
if (count === 0) {
  console.log('no numbers');
} else {
  const mean = sum(numbers) / count;
  const median = (numbers[Math.floor((count - 1) / 2)] + numbers[Math.floor(count / 2)]) / 2;
  const variance = sum(numbers.map((number) => (number - mean) ** 2)) / count;
  console.log(`mean ${mean}`);
  console.log(`median ${median}`);
  console.log(`deviation ${Math.sqrt(variance)}`);
}
