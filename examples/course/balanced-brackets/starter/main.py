import sys


def is_balanced(text):
    # Your turn.
    return True


for line in sys.stdin:
    print("yes" if is_balanced(line) else "no")
