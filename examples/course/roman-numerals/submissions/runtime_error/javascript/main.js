const signs = [[10, 'X'], [9, 'IX'], [5, 'V'], [4, 'IV']];

function roman(n) {
  // Only stops at 1, and steps over it when something is left at 0: it then never returns.
  if (n === 1) {
    return 'I';
  }
  for (const [value, sign] of signs) {
    if (n >= value) {
      return sign + roman(n - value);
    }
  }
  return 'I' + roman(n - 1);
}

module.exports = { roman };
