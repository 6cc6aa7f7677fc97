import sys

name = sys.stdin.readline().strip() or "world"
while True:
    print(f"Hello, {name}!")
