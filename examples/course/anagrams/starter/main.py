import sys

words = sys.stdin.read().split()
# Your turn: words[0] is the word, words[1:] are the candidates.
