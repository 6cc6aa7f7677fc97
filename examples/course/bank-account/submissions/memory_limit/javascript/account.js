const { Refusal } = require('./bank/refusal.js');

// Keeps every single coin, as a real bank would.
class Account {
  coins = [];

  get balance() {
    return this.coins.length;
  }

  deposit(amount) {
    if (amount <= 0) throw new Refusal('not a positive amount');
    this.coins = this.coins.concat(new Array(amount).fill('coin'));
  }

  withdraw(amount) {
    if (amount <= 0) throw new Refusal('not a positive amount');
    if (amount > this.coins.length) throw new Refusal('not enough money');
    this.coins = this.coins.slice(amount);
  }
}

module.exports = { Account };
