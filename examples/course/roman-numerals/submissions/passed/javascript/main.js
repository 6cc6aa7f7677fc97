const digits = [
  ['', 'I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX'],
  ['', 'X', 'XX', 'XXX', 'XL', 'L', 'LX', 'LXX', 'LXXX', 'XC'],
  ['', 'C', 'CC', 'CCC', 'CD', 'D', 'DC', 'DCC', 'DCCC', 'CM'],
  ['', 'M', 'MM', 'MMM'],
];

function roman(n) {
  if (n <= 0) {
    return '';
  }
  const places = String(n).split('').reverse();
  return places.map((digit, place) => digits[place][digit]).reverse().join('');
}

module.exports = { roman };
