# The function should be called roman.
def to_roman(n):
    signs = [(10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")]
    numeral = ""
    for value, sign in signs:
        numeral += sign * (n // value)
        n %= value
    return numeral
