const counts = new Map();
const text = "the quick brown fox jumps over the lazy dog and runs away from it";
for (let turn = 0; turn < 40000; turn++) {
  for (const word of text.split(" ")) {
    const key = word.split("").reverse().join("").toUpperCase();
    counts.set(key, (counts.get(key) ?? 0) + key.length);
  }
}
const longest = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
console.log(longest.map(([word, count]) => `${word}=${count}`).join(","));
