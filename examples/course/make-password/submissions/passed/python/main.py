import random
import string

n = int(input())
if n < 4:
    print("too short")
else:
    middle = random.choices(string.ascii_lowercase + string.digits, k=n - 2)
    print(random.choice(string.ascii_lowercase) + "".join(middle) + random.choice(string.digits))
