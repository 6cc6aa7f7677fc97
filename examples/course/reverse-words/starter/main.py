import sys

for line in sys.stdin:
    words = line.split()
    # Your turn: print the words in reverse order.
