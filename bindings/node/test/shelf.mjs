// A complete store of a host's own, in a few lines: texts under keys in a map.

export class Shelf {
  kept = new Map();

  async get(keys) {
    return Object.fromEntries(keys.filter((key) => this.kept.has(key)).map((key) => [key, this.kept.get(key)]));
  }

  scan(first, end, limit, reverse) {
    const keys = [...this.kept.keys()].filter((key) => first <= key && key < end).sort();
    return (reverse ? keys.reverse() : keys).slice(0, limit).map((key) => [key, this.kept.get(key)]);
  }

  async write(expected, changes) {
    if (Object.entries(expected).some(([key, value]) => (this.kept.get(key) ?? null) !== value)) {
      return false;
    }
    for (const [key, value] of Object.entries(changes)) {
      if (value === null) {
        this.kept.delete(key);
      } else {
        this.kept.set(key, value);
      }
    }
    return true;
  }
}
