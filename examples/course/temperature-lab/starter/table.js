const [start, end, step] = process.argv.slice(2).map(Number);
// Your turn.
