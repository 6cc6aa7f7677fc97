import sys

for line in sys.stdin:
    print(float(line) * 9 / 5 + 32)  # a question mark is no number
