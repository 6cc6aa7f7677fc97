import re
import sys

words = re.findall(r"[^\W\d_]+", sys.stdin.read().lower())
# Your turn: count the words, then sort and print them.
