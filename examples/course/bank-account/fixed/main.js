const fs = require('fs');

const { Account } = require('./account.js');
const { commands } = require('./bank/commands.js');
const { Refusal } = require('./bank/refusal.js');

const account = new Account();
for (const { name, amount } of commands(fs.readFileSync(0, 'utf8'))) {
  try {
    if (name === 'deposit') {
      account.deposit(amount);
    } else if (name === 'withdraw') {
      account.withdraw(amount);
    } else {
      console.log(`balance: ${account.balance}`);
    }
  } catch (error) {
    if (!(error instanceof Refusal)) {
      throw error;
    }
    console.log(`refused: ${error.message}`);
  }
}
