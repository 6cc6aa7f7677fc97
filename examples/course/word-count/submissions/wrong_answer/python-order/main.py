import re
import sys
from collections import Counter

# most_common() keeps equally frequent words in the order they came.
words = re.findall(r"[^\W\d_]+", sys.stdin.read().lower())
for word, count in Counter(words).most_common():
    print(word, count)
