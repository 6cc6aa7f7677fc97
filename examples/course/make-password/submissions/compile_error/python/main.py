import random
import string

n = int(input())
if n < 4
    print("too short")
else:
    print("a" * (n - 1) + "0")
