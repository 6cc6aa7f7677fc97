import sys

total = 0
for number, line in enumerate(sys.stdin, start=1):
    line = line.strip()
    # Your turn: skip the line, complain about it, or write what it costs.
print("Total: 0.00")
