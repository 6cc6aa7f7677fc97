// The name and the amount of each command; `balance` has no amount.
function* commands(text) {
  for (const line of text.split('\n')) {
    const [name, amount] = line.split(/\s+/);
    if (name) {
      yield { name, amount: amount === undefined ? undefined : Number(amount) };
    }
  }
}

module.exports = { commands };
