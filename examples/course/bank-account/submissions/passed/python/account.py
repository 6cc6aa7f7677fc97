from bank.refusal import Refusal


class Account:
    def __init__(self):
        self.balance = 0

    def deposit(self, amount):
        self._check(amount)
        self.balance += amount

    def withdraw(self, amount):
        self._check(amount)
        if amount > self.balance:
            raise Refusal("not enough money")
        self.balance -= amount

    @staticmethod
    def _check(amount):
        if amount <= 0:
            raise Refusal("not a positive amount")
