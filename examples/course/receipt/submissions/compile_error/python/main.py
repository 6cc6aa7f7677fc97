import sys

total = 0
for line in sys.stdin:
    if line.startswith("#"):
        continue
    name, quantity, price = line.split(";")
   total += int(quantity) * int(price.replace(".", ""))
print(f"Total: {total / 100:.2f}")
