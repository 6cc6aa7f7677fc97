import sys

# With an empty input there is no first word to take.
first, *others = sys.stdin.read().split()
for word in others:
    if word.lower() != first.lower() and sorted(word.lower()) == sorted(first.lower()):
        print(word)
