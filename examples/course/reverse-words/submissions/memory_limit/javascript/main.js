const fs = require('fs');

for (const line of fs.readFileSync(0, 'utf8').trimEnd().split('\n')) {
  let room = ' ' + line;
  // Wants to be sure that there is room enough for the result, and doubles it for ever.
  while (room.length > line.length) {
    room = room.repeat(2);
  }
  console.log(line.trim().split(/\s+/).reverse().join(' ').padEnd(room.length));
}
