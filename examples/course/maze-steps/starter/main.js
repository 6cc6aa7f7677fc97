const fs = require('fs');

const maze = fs.readFileSync(0, 'utf8').split('\n');
// Your turn: find S, then search. An array can be a queue: push() and an index that moves on.
console.log('no way');
