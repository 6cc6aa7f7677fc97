import sys

numbers = sorted(float(word) for word in sys.stdin.read().split())
n = len(numbers)
mean = sum(numbers) / n  # divides by zero when there are none
print("mean", mean)
print("median", (numbers[(n - 1) // 2] + numbers[n // 2]) / 2)
print("deviation", (sum((x - mean) ** 2 for x in numbers) / n) ** 0.5)
