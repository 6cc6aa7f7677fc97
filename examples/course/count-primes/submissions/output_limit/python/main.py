import sys

n = int(input())
prime = {number: True for number in range(2, n + 1)}
for i in range(2, n + 1):
    if prime[i]:
        for multiple in range(i * i, n + 1, i):
            # Messages on standard error are no answer, but they count as output.
            print(f"crossing out {multiple}, a multiple of {i}", file=sys.stderr)
            prime[multiple] = False
print(sum(prime.values()))
