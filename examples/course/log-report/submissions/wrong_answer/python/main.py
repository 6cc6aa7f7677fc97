from collections import Counter
from pathlib import Path

log = Path("access.log")
lines = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
codes = Counter(line.split()[2] for line in lines if line.strip())

# Appends: an old report stays above the new one.
with open("report.txt", "a", encoding="utf-8") as report:
    for code in sorted(codes):
        report.write(f"{code} {codes[code]}\n")

print(sum(codes.values()), "requests")
