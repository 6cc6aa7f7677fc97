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
        # Refuses too late: the money is gone already.
        self.balance -= amount
        if self.balance < 0:
            raise Refusal("not enough money")
