import sys

for line in sys.stdin:
    try:
        print(float(line) * 9 / 5 + 32)
    except ValueError:
        print("?")
