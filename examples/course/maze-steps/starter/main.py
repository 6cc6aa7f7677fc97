import sys
from collections import deque

maze = sys.stdin.read().splitlines()
# Your turn: find S, then search. deque() has append() and popleft().
print("no way")
