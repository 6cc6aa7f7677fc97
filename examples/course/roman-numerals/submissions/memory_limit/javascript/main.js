// All numerals up to a hundred million, prepared once, "to be fast afterwards".
const table = new Array(100_000_000).fill('');
const signs = { M: 1000, CM: 900, D: 500, CD: 400, C: 100, XC: 90, L: 50, XL: 40, X: 10, IX: 9, V: 5, IV: 4, I: 1 };
for (let n = 1; n < table.length; n++) {
  const [sign, value] = Object.entries(signs).find(([, value]) => value <= n);
  table[n] = sign + table[n - value];
}

module.exports = { roman: (n) => table[n] || '' };
