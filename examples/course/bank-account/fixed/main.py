import sys

from account import Account
from bank.commands import commands
from bank.refusal import Refusal

account = Account()
for name, amount in commands(sys.stdin):
    try:
        if name == "deposit":
            account.deposit(amount)
        elif name == "withdraw":
            account.withdraw(amount)
        else:
            print(f"balance: {account.balance}")
    except Refusal as refusal:
        print(f"refused: {refusal}")
