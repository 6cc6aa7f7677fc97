import sys
from collections import deque

fields = {
    (row, column): field
    for row, line in enumerate(sys.stdin.read().splitlines())
    for column, field in enumerate(line)
    if field != "#"
}
start = next(place for place, field in fields.items() if field == "S")
steps = {start: 0}
queue = deque([start])
answer = "no way"
while queue:
    row, column = place = queue.popleft()
    if fields[place] == "E":
        answer = steps[place]
        break
    for neighbour in ((row - 1, column), (row + 1, column), (row, column - 1), (row, column + 1)):
        if neighbour in fields and neighbour not in steps:
            steps[neighbour] = steps[place] + 1
            queue.append(neighbour)
print(answer)
