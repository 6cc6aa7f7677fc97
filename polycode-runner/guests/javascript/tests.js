
// The tests.

const assert = require('assert');

// The tests' end: the program may call the functions that it was given, and no more.
class Tests extends Line {
  // The first assertion that did not hold while the program had called a function of the tests.
  broken;

  perform(request) {
    const action = request.do === 'call' ? this.known.get(request.of.yours) : undefined;
    if (typeof action !== 'function') throw new Error('a program can only call what it was given');
    const value = action(...request.args.map((arg) => this.decode(arg)));
    return { value: this.encode(value) };
  }

  keep(error) {
    if (error instanceof assert.AssertionError) this.broken ??= error;
  }

  // What was asserted is not for the program to read, nor to forgive.
  described(error) {
    if (!(error instanceof assert.AssertionError)) return super.described(error);
    this.keep(error);
    return { class: 'Error', args: [], text: '', of: this.reference(error).ref, name: error.name };
  }

  reference(value) {
    if (value instanceof Promise) value.catch((error) => this.keep(error));
    return Object.assign(super.reference(value), typeof value === 'function' && { length: value.length });
  }
}

// Something of the program while tests are only listed: it is not there yet.
const later = new Proxy(function later() {}, {
  get: (target, name) => (typeof name === 'symbol' ? undefined : later),
  apply: () => later,
  construct: () => later,
  getPrototypeOf: () => Object.prototype,
});

const tests = new Map();
const around = { beforeEach: [], afterEach: [] };
const names = [];

function test(name, action) {
  const full = [...names, `${name}`].join(' > ');
  if (typeof action !== 'function') throw new TypeError(`the test ${full} has no function`);
  if (tests.has(full)) throw new Error(`there are two tests with the name ${full}`);
  const before = [...around.beforeEach];
  const after = [...around.afterEach];
  tests.set(full, async () => {
    for (const step of before) await step();
    try {
      await action();
    } finally {
      for (const step of after) await step();
    }
  });
}

test.skip = () => {};

function describe(name, action) {
  const kept = { ...around, beforeEach: [...around.beforeEach], afterEach: [...around.afterEach] };
  names.push(`${name}`);
  action();
  names.pop();
  Object.assign(around, kept);
}

const CHECKS = {
  toBe: (actual, expected) => assert.strictEqual(actual, expected),
  toEqual: (actual, expected) => assert.deepStrictEqual(actual, expected),
  toBeCloseTo: (actual, expected, digits = 2) => assert.ok(Math.abs(actual - expected) < 10 ** -digits / 2, `${actual} is not close to ${expected}`),
  toBeNull: (actual) => assert.strictEqual(actual, null),
  toBeUndefined: (actual) => assert.strictEqual(actual, undefined),
  toBeDefined: (actual) => assert.notStrictEqual(actual, undefined),
  toBeTruthy: (actual) => assert.ok(actual, `${util.inspect(actual)} is not truthy`),
  toBeFalsy: (actual) => assert.ok(!actual, `${util.inspect(actual)} is not falsy`),
  toBeInstanceOf: (actual, kind) => assert.ok(actual instanceof kind, `${util.inspect(actual)} is no ${kind.name}`),
  toBeGreaterThan: (actual, least) => assert.ok(actual > least, `${util.inspect(actual)} is not above ${least}`),
  toBeLessThan: (actual, most) => assert.ok(actual < most, `${util.inspect(actual)} is not below ${most}`),
  toContain: (actual, item) => assert.ok([...actual].includes(item) || (typeof actual === 'string' && actual.includes(item)), `${util.inspect(actual)} does not contain ${util.inspect(item)}`),
  toHaveLength: (actual, length) => assert.strictEqual(actual.length, length),
  toMatch: (actual, pattern) => assert.match(actual, pattern),
  toThrow: (actual, expected) => {
    const wanted = typeof expected === 'string' ? (error) => error.message.includes(expected) : expected;
    assert.throws(actual, ...(wanted === undefined ? [] : [wanted]));
  },
};

function expect(actual) {
  const checks = {};
  checks.not = {};
  for (const [name, check] of Object.entries(CHECKS)) {
    checks[name] = (...args) => check(actual, ...args);
    checks.not[name] = (...args) => {
      try {
        check(actual, ...args);
      } catch {
        return;
      }
      throw new assert.AssertionError({ message: `${util.inspect(actual)} should not ${name} ${args.map((arg) => util.inspect(arg)).join(', ')}` });
    };
  }
  return checks;
}

const SOURCE = /\.[cm]?[jt]s$/;
const FROM = /(?:\bfrom\s*|\bimport\s*\(?\s*|\brequire\s*\(\s*)(['"])(\.{1,2}\/[^'"\n]+)\1/g;
const NAMED = /\bimport\s+(?:([\w$]+)\s*,?\s*)?(?:\{([^}]*)\}|\*\s*as\s+([\w$]+))?\s*from\s*(['"])(\.{1,2}\/[^'"\n]+)\4/g;
const NAME = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;

function filesBelow(folder) {
  return fs.readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = pathOf.join(folder, entry.name);
    return entry.isDirectory() ? filesBelow(path) : [path];
  });
}

function exists(path) {
  const typed = path.replace(/\.([cm]?)js$/, '.$1ts');
  return [path, typed, ...['.js', '.ts', '.json', '.mjs', '.cjs', '.mts', '.cts', '/index.js', '/index.ts'].map((end) => path + end)]
    .some((name) => fs.existsSync(name) && fs.statSync(name).isFile());
}

// What tests import that is none of their own files is the program's: a file that asks for it stands
// in its place. What a whole module has is known when the program is there; before, what is used of it.
function standIn(load) {
  const sources = filesBelow('/box').filter((path) => SOURCE.test(path) && !path.endsWith('polycode_tests.js'));
  const wanted = new Map();
  for (const path of sources) {
    const text = fs.readFileSync(path, 'utf8');
    const place = (name) => pathOf.resolve(pathOf.dirname(path), name);
    const want = (name) => {
      const at = place(name);
      if (!wanted.has(at)) wanted.set(at, exists(at) ? undefined : { names: new Set(), isModule: false, isWhole: false });
      return wanted.get(at);
    };
    for (const [, , name] of text.matchAll(FROM)) want(name);
    for (const [, main, list, space, , name] of text.matchAll(NAMED)) {
      const found = want(name);
      if (found === undefined) continue;
      found.isModule = true;
      if (main !== undefined) found.names.add('default');
      if (space !== undefined) {
        found.isWhole = true;
        const uses = new RegExp(`(?<![\\w$.])${space.replaceAll('$', '\\$')}\\.([\\w$]+)`, 'g');
        for (const [, used] of text.matchAll(uses)) found.names.add(used);
      }
      for (const part of (list ?? '').split(',')) {
        const [first] = part.trim().split(/\s+as\s+/);
        if (NAME.test(first)) found.names.add(first);
      }
    }
  }
  for (const [path, found] of wanted) {
    if (found === undefined) continue;
    const name = pathOf.relative('/box', path).replace(SOURCE, '');
    const program = `globalThis[Symbol.for('polycode.load')](${JSON.stringify(name)})`;
    if (found.isWhole) for (const own of Object.keys(load(name))) if (NAME.test(own)) found.names.add(own);
    const lines = [...found.names].map((own, at) => (own === 'default'
      ? 'export default program.default ?? program;'
      : `const name${at} = program.${own};\nexport { name${at} as ${own} };`));
    const text = found.isModule ? [`const program = ${program};`, ...lines, ''].join('\n') : `module.exports = ${program};\n`;
    fs.mkdirSync(pathOf.dirname(path), { recursive: true });
    fs.writeFileSync(SOURCE.test(path) ? path : `${path}.js`, text);
  }
}

function why(line, error) {
  if (!(error instanceof Error)) return `threw ${util.inspect(error)}`;
  const isPlain = error instanceof assert.AssertionError || error.message.startsWith('the program ended');
  const text = isPlain ? error.message : `${error.name}: ${error.message}`;
  const at = line.told.get(error)?.at;
  if (at !== undefined) return `${text} (${at})`;
  for (const [, file, row] of `${error.stack}`.matchAll(/([\w./-]+\.[cm]?[jt]s):(\d+)/g)) {
    if (!file.endsWith('polycode_tests.js')) return `${file.replace(/^\/box\//, '')}:${row}: ${text}`;
  }
  return text;
}

async function main() {
  const [entry, name] = process.argv.slice(2);
  const line = name === undefined ? undefined : new Tests();
  const load = (path) => (line === undefined ? later : line.value({ do: 'load', name: path }));
  globalThis[Symbol.for('polycode.load')] = load;
  Object.assign(globalThis, {
    test, it: test, describe, expect, assert,
    beforeEach: (step) => around.beforeEach.push(step),
    afterEach: (step) => around.afterEach.push(step),
    printed: () => line.value({ do: 'printed' }),
  });
  let answer;
  try {
    standIn(load);
    await import(pathOf.resolve('/box', entry));
    if (line === undefined) answer = [...tests.keys()];
    else {
      await tests.get(name)();
      answer = 'passed';
    }
  } catch (error) {
    if (line === undefined) throw error;
    answer = { failed: why(line, error) };
  }
  if (line?.broken !== undefined) answer = { failed: why(line, line.broken) };
  fs.writeFileSync('/run/answer', JSON.stringify(answer));
  process.exit(0);
}

main();
