import sys

name = sys.stdin.readline().strip() or "world"
# A very enthusiastic greeting, of which only one mark is shown.
marks = "!" * 1_000_000_000
print(f"Hello, {name}{marks[0]}")
