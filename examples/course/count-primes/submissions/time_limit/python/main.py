def is_prime(number):
    divisors = 0
    # Right, but it tries every possible divisor of every number.
    for candidate in range(1, number + 1):
        if number % candidate == 0:
            divisors += 1
    return divisors == 2


n = int(input())
print(sum(1 for number in range(2, n + 1) if is_prime(number)))
