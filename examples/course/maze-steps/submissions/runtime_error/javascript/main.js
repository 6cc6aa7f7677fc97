const fs = require('fs');

const maze = fs.readFileSync(0, 'utf8').split('\n');
const row = maze.findIndex((line) => line.includes('S'));
const queue = [{ row, column: maze[row].indexOf('S'), steps: 0 }];
const seen = new Set();
let answer = 'no way';
for (const { row, column, steps } of queue) {
  // Above the first row there is no row: this works only while walls surround the maze.
  const field = maze[row].charAt(column);
  if (field === 'E') {
    answer = steps;
    break;
  }
  if (field === '' || field === '#' || seen.has(`${row},${column}`)) {
    continue;
  }
  seen.add(`${row},${column}`);
  queue.push({ row: row - 1, column, steps: steps + 1 }, { row: row + 1, column, steps: steps + 1 });
  queue.push({ row, column: column - 1, steps: steps + 1 }, { row, column: column + 1, steps: steps + 1 });
}
console.log(answer);
