def commands(lines):
    """Gives the name and the amount of each command; the amount of `balance` is None."""
    for line in lines:
        words = line.split()
        if len(words) == 2:
            yield words[0], int(words[1])
        elif words:
            yield words[0], None
