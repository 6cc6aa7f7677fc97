def count_primes(n):
    if n < 2:
        return 0
    prime = bytearray([1]) * (n + 1)
    prime[0] = prime[1] = 0
    for i in range(2, int(n**0.5) + 1):
        if prime[i]:
            prime[i * i :: i] = bytes(len(range(i * i, n + 1, i)))
    return sum(prime)


print(count_primes(int(input())))
