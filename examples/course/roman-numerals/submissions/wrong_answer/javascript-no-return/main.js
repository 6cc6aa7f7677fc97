const signs = { M: 1000, CM: 900, D: 500, CD: 400, C: 100, XC: 90, L: 50, XL: 40, X: 10, IX: 9, V: 5, IV: 4, I: 1 };

function roman(n) {
  let numeral = '';
  for (const [sign, value] of Object.entries(signs)) {
    while (n >= value) {
      numeral += sign;
      n -= value;
    }
  }
  console.log(numeral); // shown, but not returned
}

module.exports = { roman };
