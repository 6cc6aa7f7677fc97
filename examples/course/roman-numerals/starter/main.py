def roman(n):
    # Your turn.
    return ""
