import sys

for line in sys.stdin:
    text = "".join(c for c in line if c in "()[]{}")
    before = None
    # Takes one pair after the other out of the middle, and copies the rest each time.
    while text != before:
        before = text
        for pair in ("()", "[]", "{}"):
            text = text.replace(pair, "", 1)
    print("no" if text else "yes")
