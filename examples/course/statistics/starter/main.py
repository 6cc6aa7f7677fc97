import sys

numbers = [float(word) for word in sys.stdin.read().split()]
# Your turn.
print("mean", 0)
print("median", 0)
print("deviation", 0)
