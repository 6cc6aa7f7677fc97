# Takes the sign for the whole result.
number = input().strip()
total = sum(int(digit) for digit in number.lstrip("-"))
print(-total if number.startswith("-") else total)
