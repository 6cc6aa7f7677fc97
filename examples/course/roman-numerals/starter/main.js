function roman(n) {
  // Your turn.
  return '';
}

module.exports = { roman };
