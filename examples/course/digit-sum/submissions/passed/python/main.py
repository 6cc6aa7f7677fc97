number = input().strip()
print(sum(int(digit) for digit in number if digit != "-"))
