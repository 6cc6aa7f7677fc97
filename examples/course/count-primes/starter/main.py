n = int(input())
count = 0
# Your turn: count the primes up to n.
print(count)
