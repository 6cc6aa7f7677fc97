const [start, end, step] = process.argv.slice(2).map(Number);
if (step <= 0) {
  console.log('bad step');
} else {
  for (let celsius = start; celsius <= end; celsius += step) {
    console.log(celsius, celsius * 1.8 + 32);
  }
}
