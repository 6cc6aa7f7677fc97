from bank.refusal import Refusal


class Account:
    def __init__(self):
    self.balance = 0

    def deposit(self, amount):
        if amount <= 0:
            raise Refusal("not a positive amount")
        self.balance += amount

    def withdraw(self, amount):
        if amount > self.balance:
            raise Refusal("not enough money")
        self.balance -= amount
