import string

n = int(input())
if n < 4:
    print("too short")
else:
    # Builds all passwords of that length, letter by letter, to take the first one.
    passwords = list(string.ascii_lowercase)
    while len(passwords[0]) < n - 1:
        passwords = [start + letter for start in passwords for letter in string.ascii_lowercase]
    print(passwords[0] + "0")
