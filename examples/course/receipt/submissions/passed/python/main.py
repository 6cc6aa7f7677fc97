import sys


def money(cents):
    sign = "-" if cents < 0 else ""
    return f"{sign}{abs(cents) // 100}.{abs(cents) % 100:02}"


total = 0
for number, line in enumerate(sys.stdin, start=1):
    line = line.strip()
    if not line or line.startswith("#"):
        continue
    fields = [field.strip() for field in line.split(";")]
    if len(fields) != 3:
        print(f"line {number}: expected 3 fields")
        continue
    name, quantity, price = fields
    cost = int(quantity) * int(price.replace(".", ""))
    total += cost
    print(f"{name}: {money(cost)}")
print(f"Total: {money(total)}")
