function roman(n) {
  const signs = [[10, 'X'], [9, 'IX'], [5, 'V'], [4, 'IV'], [1, 'I']];
  let numeral = '';
  for (const [value, sign] of signs) {
    while (n >= value {
      numeral += sign;
      n -= value;
    }
  }
  return numeral;
}

module.exports = { roman };
