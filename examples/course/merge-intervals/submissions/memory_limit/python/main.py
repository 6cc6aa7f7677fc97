# Collects every single hour that is covered: fine for hours, not for seconds since 1970.
def merge(intervals):
    covered = set()
    for start, end in intervals:
        covered.update(range(start, end))
    merged = []
    for hour in sorted(covered):
        if merged and merged[-1][1] == hour:
            merged[-1][1] = hour + 1
        else:
            merged.append([hour, hour + 1])
    return merged
