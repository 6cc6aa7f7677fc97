const fs = require('fs');

const words = fs.readFileSync(0, 'utf8').split(/\s+/).filter((word) => word !== '');
// Your turn: the first of the words is the word, the others are the candidates.
