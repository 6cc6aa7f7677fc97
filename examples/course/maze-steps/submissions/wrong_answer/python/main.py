import sys

maze = sys.stdin.read().splitlines()
fields = {(r, c): f for r, line in enumerate(maze) for c, f in enumerate(line) if f != "#"}
start = next(place for place in fields if fields[place] == "S")
# A stack instead of a queue: it finds a way, but seldom the shortest.
steps = {start: 0}
stack = [start]
answer = "no way"
while stack:
    r, c = place = stack.pop()
    if fields[place] == "E":
        answer = steps[place]
        break
    for neighbour in ((r + 1, c), (r, c - 1), (r - 1, c), (r, c + 1)):
        if neighbour in fields and neighbour not in steps:
            steps[neighbour] = steps[place] + 1
            stack.append(neighbour)
print(answer)
