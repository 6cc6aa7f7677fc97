import sys

start, end, step = map(int, sys.argv[1:])
# Your turn.
