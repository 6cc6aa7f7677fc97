import sys

words = sys.stdin.read().split()
if words:
    wanted = words[0].lower()
    for candidate in words[1:]:
        other = candidate.lower()
        if other != wanted and sorted(other) == sorted(wanted):
            print(candidate)
