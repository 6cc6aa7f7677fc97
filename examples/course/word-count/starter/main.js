const fs = require('fs');

const words = fs.readFileSync(0, 'utf8').toLowerCase().match(/\p{L}+/gu) || [];
// Your turn: count the words, then sort and print them.
