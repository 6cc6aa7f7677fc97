import sys

for line in sys.stdin:
    # Your turn.
    print("?")
