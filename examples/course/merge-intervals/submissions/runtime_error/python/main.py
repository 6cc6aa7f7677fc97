def merge(intervals):
    intervals.sort()
    merged = [intervals[0]]  # there may be none
    for interval in intervals[1:]:
        if interval[0] <= merged[-1][1]:
            merged[-1] = [merged[-1][0], max(merged[-1][1], interval[1])]
        else:
            merged.append(interval)
    return merged
