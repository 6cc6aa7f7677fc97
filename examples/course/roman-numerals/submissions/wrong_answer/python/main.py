SIGNS = {"M": 1000, "D": 500, "C": 100, "L": 50, "X": 10, "V": 5, "I": 1}


# Never subtracts: 4 becomes IIII, as on some clocks.
def roman(n):
    numeral = ""
    for sign, value in SIGNS.items():
        numeral += sign * (n // value)
        n %= value
    return numeral
