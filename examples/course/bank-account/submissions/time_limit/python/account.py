from bank.refusal import Refusal


class Account:
    def __init__(self):
        self.balance = 0

    def deposit(self, amount):
        if amount <= 0:
            raise Refusal("not a positive amount")
        self.balance += amount

    def withdraw(self, amount):
        if amount <= 0:
            raise Refusal("not a positive amount")
        # Pays coin by coin, and waits for ever when there is none left.
        while amount > 0:
            if self.balance > 0:
                self.balance -= 1
                amount -= 1
