import sys

maze = sys.stdin.read().splitlines()
fields = {(r, c): f for r, line in enumerate(maze) for c, f in enumerate(line) if f != "#"}


# Tries every way there is. On an open field there are more of them than grains of sand.
def shortest(place, visited):
    if fields[place] == "E":
        return 0
    r, c = place
    best = None
    for neighbour in ((r + 1, c), (r, c + 1), (r - 1, c), (r, c - 1)):
        if neighbour in fields and neighbour not in visited:
            rest = shortest(neighbour, visited | {neighbour})
            if rest is not None and (best is None or rest + 1 < best):
                best = rest + 1
    return best


start = next(place for place in fields if fields[place] == "S")
steps = shortest(start, {start})
print("no way" if steps is None else steps)
