# input() raises EOFError when there is no line at all.
name = input().strip()
print(f"Hello, {name or 'world'}!")
