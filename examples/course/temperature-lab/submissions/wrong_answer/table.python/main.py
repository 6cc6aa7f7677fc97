import sys

start, end, step = map(int, sys.argv[1:])
if step <= 0:
    print("bad step")
else:
    # range() stops before the end, and the last line is missing.
    for celsius in range(start, end, step):
        print(celsius, celsius * 9 / 5 + 32)
