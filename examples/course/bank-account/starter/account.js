const { Refusal } = require('./bank/refusal.js');

class Account {
  balance = 0;

  deposit(amount) {
    // Your turn. To refuse: throw new Refusal('not a positive amount');
  }

  withdraw(amount) {
  }
}

module.exports = { Account };
