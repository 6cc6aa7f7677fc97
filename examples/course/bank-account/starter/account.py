from bank.refusal import Refusal


class Account:
    def __init__(self):
        self.balance = 0

    def deposit(self, amount):
        # Your turn. To refuse: raise Refusal("not a positive amount")
        pass

    def withdraw(self, amount):
        pass
