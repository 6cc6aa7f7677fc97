import statistics
import sys

numbers = [float(word) for word in sys.stdin.read().split()]
if not numbers:
    print("no numbers")
else:
    print("mean", statistics.mean(numbers))
    print("median", statistics.median(numbers))
    # stdev() divides by one less than the count: the deviation of a sample.
    print("deviation", statistics.stdev(numbers) if len(numbers) > 1 else 0)
