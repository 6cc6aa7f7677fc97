counts = {}
requests = 0
with open("access.log", encoding="utf-8") as log:
    while True:
        line = log.readline()
        # At the end of a file readline() gives "", and never None.
        if line is None:
            break
        if line.strip():
            code = line.split()[2]
            counts[code] = counts.get(code, 0) + 1
            requests += 1

with open("report.txt", "w", encoding="utf-8") as report:
    for code in sorted(counts):
        report.write(f"{code} {counts[code]}\n")
print(requests, "requests")
