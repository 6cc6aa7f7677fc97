const { Refusal } = require('./bank/refusal.js');

const requirePositive = (amount) => {
  if (!(amount > 0)) {
    throw new Refusal('not a positive amount');
  }
};

class Account {
  #balance = 0;

  get balance() {
    return this.#balance;
  }

  deposit(amount) {
    requirePositive(amount);
    this.#balance += amount;
  }

  withdraw(amount) {
    requirePositive(amount);
    if (amount > this.#balance) {
      throw new Refusal('not enough money');
    }
    this.#balance -= amount;
  }
}

module.exports = { Account };
