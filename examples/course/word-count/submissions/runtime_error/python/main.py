import re
import sys

counts = {}
for word in re.findall(r"[^\W\d_]+", sys.stdin.read().lower()):
    counts[word] += 1  # the first time, there is nothing to add to
for word, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
    print(word, count)
