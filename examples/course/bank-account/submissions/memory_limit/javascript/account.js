const { Refusal } = require('./bank/refusal.js');

// Keeps every single coin, as a real bank would.
class Account {
  coins = new Uint8Array(0);

  get balance() {
    return this.coins.length;
  }

  deposit(amount) {
    if (amount <= 0) throw new Refusal('not a positive amount');
    this.coins = new Uint8Array(this.coins.length + amount).fill(1);
  }

  withdraw(amount) {
    if (amount <= 0) throw new Refusal('not a positive amount');
    if (amount > this.coins.length) throw new Refusal('not enough money');
    this.coins = this.coins.slice(amount);
  }
}

module.exports = { Account };
