import sys

start, end, step = map(int, sys.argv[1:])
# Prepares a table of the universe, up to the inside of a star.
fahrenheit = [32] * 240_000_000
for celsius in range(len(fahrenheit)):
    fahrenheit[celsius] += celsius * 9 / 5
for celsius in range(start, end + 1, step):
    print(celsius, fahrenheit[celsius])
