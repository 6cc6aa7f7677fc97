import math
import sys

numbers = sorted(float(word) for word in sys.stdin.read().split())
count = len(numbers)
if count == 0:
    print("no numbers")
else:
    mean = math.fsum(numbers) / count
    median = (numbers[(count - 1) // 2] + numbers[count // 2]) / 2
    variance = math.fsum((number - mean) ** 2 for number in numbers) / count
    print("mean", mean)
    print("median", median)
    print("deviation", math.sqrt(variance))
