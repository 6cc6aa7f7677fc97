const fs = require('fs');

const maze = fs.readFileSync(0, 'utf8').split('\n').map((line) => [...line]);
const startRow = maze.findIndex((row) => row.includes('S'));
let frontier = [[startRow, maze[startRow].indexOf('S')]];
const seen = new Set([frontier[0].join()]);

function search() {
  for (let steps = 0; frontier.length > 0; steps++) {
    const next = [];
    for (const [row, column] of frontier) {
      if (maze[row][column] === 'E') {
        return steps;
      }
      for (const [down, right] of [[1, 0], [-1, 0], [0, 1], [0, -1]]) {
        const place = [row + down, column + right];
        const field = maze[place[0]]?.[place[1]];
        if (field !== undefined && field !== '#' && !seen.has(place.join())) {
          seen.add(place.join());
          next.push(place);
        }
      }
    }
    frontier = next;
  }
  return 'no way';
}

console.log(search());
