# The sign is no digit: int("-") raises ValueError.
print(sum(int(digit) for digit in input().strip()))
