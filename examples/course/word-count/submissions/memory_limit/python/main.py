import re
import sys

words = re.findall(r"[^\W\d_]+", sys.stdin.read().lower())
# Every word beside every other: right, and 64 million entries for 8,000 words.
pairs = words * len(words)
counts = {word: pairs.count(word) // len(words) for word in set(words)}
for word, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
    print(word, count)
