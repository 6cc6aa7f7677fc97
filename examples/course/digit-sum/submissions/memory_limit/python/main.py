number = abs(int(input()))
# Prepares the answers for all numbers with up to nine digits, even if one is asked for.
answers = [0] * 300_000_000
for n in range(1, len(answers)):
    answers[n] = answers[n // 10] + n % 10
print(answers[number])
