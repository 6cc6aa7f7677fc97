import sys

PARTNER = {")": "(", "]": "[", "}": "{"}


def is_balanced(text):
    stack = []
    for character in text:
        if character in "([{":
            stack.append(character)
        elif character in PARTNER:
            if not stack or stack.pop() != PARTNER[character]:
                return False
    return not stack


for line in sys.stdin:
    print("yes" if is_balanced(line) else "no")
