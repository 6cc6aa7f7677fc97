import sys

PAIRS = {"(": ")", "[": "]", "{": "}"}


# Elegant, but it calls itself once for every open bracket.
def skip_group(text, i, closing):
    while i < len(text) and text[i] != closing:
        if text[i] in PAIRS:
            i = skip_group(text, i + 1, PAIRS[text[i]])
            if i is None:
                return None
        elif text[i] in ")]}":
            return None
        i += 1
    return i if i < len(text) or closing is None else None


for line in sys.stdin:
    print("yes" if skip_group(line, 0, None) is not None else "no")
