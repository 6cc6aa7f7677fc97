import sys

numbers = [float(word) for word in sys.stdin.read().split()]
# Counting sort, with a counter for every number that could possibly come.
counters = [0] * 250_000_000
for number in numbers:
    counters[int(number)] += 1
print("mean", sum(numbers) / len(numbers))
