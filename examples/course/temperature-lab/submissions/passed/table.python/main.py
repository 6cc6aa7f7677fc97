import sys

start, end, step = map(int, sys.argv[1:])
if step <= 0:
    print("bad step")
else:
    for celsius in range(start, end + 1, step):
        print(celsius, celsius * 9 / 5 + 32)
