import random
import string

n = int(input())
# random.choice(string.ascii_lowercase) is a random letter.
print("too short")
