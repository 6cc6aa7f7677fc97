const { Refusal } = require('./bank/refusal.js');

class Account {
  constructor() {
    this.balance = 0;
  }

  deposit(amount) {
    if (amount <= 0) throw new Refusal('not a positive amount');
    this.balance += amount;
  }

  withdraw(amount) {
    if (amount <= 0) throw new Refusal('not a positive amount');
    if (amount > balance) throw new Refusal('not enough money'); // should be this.balance
    this.balance -= amount;
  }
}

module.exports = { Account };
