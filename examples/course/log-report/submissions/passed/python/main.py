from collections import Counter

try:
    with open("access.log", encoding="utf-8") as log:
        codes = [line.split()[2] for line in log if line.strip()]
except FileNotFoundError:
    codes = []

with open("report.txt", "w", encoding="utf-8") as report:
    for code, count in sorted(Counter(codes).items()):
        report.write(f"{code} {count}\n")

print(len(codes), "requests")
