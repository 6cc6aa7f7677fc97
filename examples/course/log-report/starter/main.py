with open("access.log", encoding="utf-8") as log:
    lines = log.read().splitlines()

# Your turn: count the codes.

with open("report.txt", "w", encoding="utf-8") as report:
    report.write("200 0\n")

print("0 requests")
