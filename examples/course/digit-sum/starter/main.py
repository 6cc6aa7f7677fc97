number = input().strip()
total = 0
# Your turn: add every digit to total.
print(total)
