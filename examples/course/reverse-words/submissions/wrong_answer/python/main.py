import sys

# Turns the letters around, not the words.
for line in sys.stdin:
    print(line.strip()[::-1])
