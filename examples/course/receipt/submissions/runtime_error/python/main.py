import sys

total = 0
for line in sys.stdin:
    # An empty line or a comment has no three parts to unpack.
    name, quantity, price = line.split(";")
    cost = int(quantity) * int(price.strip().replace(".", ""))
    total += cost
    print(f"{name.strip()}: {cost / 100:.2f}")
print(f"Total: {total / 100:.2f}")
