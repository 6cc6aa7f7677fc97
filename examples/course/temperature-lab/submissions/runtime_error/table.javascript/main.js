// Declares `to` twice as constant and then counts with it.
const [from, to, step] = process.argv.slice(2).map(Number);
if (step <= 0) {
  console.log('bad step');
} else {
  for (; from <= to; from += step) {
    console.log(from, from * 9 / 5 + 32);
  }
}
