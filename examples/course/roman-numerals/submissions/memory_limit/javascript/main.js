const signs = [[1000, 'M'], [900, 'CM'], [500, 'D'], [400, 'CD'], [100, 'C'], [90, 'XC'], [50, 'L'], [40, 'XL'], [10, 'X'], [9, 'IX'], [5, 'V'], [4, 'IV'], [1, 'I']];

// With which sign does a number begin? Prepared once for all numbers, "to be fast afterwards".
const first = new Uint8Array(1_000_000_000);
for (let i = signs.length - 1; i >= 0; i--) {
  first.fill(i, signs[i][0]);
}

function roman(n) {
  let numeral = '';
  while (n > 0) {
    const [value, sign] = signs[first[n]];
    numeral += sign;
    n -= value;
  }
  return numeral;
}

module.exports = { roman };
