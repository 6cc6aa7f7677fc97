counts = {}
text = "the quick brown fox jumps over the lazy dog and runs away from it"
for turn in range(20_000):
    for word in text.split():
        key = word[::-1].upper()
        counts[key] = counts.get(key, 0) + len(key)
longest = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
print(",".join(f"{word}={count}" for word, count in longest))
