const fs = require('fs');

const maze = fs.readFileSync(0, 'utf8').split('\n');
const startRow = maze.findIndex((line) => line.includes('S'));
// Every entry of the queue carries its whole way, and no field is ever marked as visited.
const queue = [[[startRow, maze[startRow].indexOf('S')]]];
let answer = 'no way';
for (const way of queue) {
  const [row, column] = way[way.length - 1];
  if (maze[row][column] === 'E') {
    answer = way.length - 1;
    break;
  }
  for (const [down, right] of [[1, 0], [-1, 0], [0, 1], [0, -1]]) {
    const field = (maze[row + down] || '')[column + right];
    if (field === '.' || field === 'E' || field === 'S') {
      queue.push([...way.map(([r, c]) => [r, c]), [row + down, column + right]]);
    }
  }
}
console.log(answer);
