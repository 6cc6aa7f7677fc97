
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
let isListed = false;

// Refuses what would not have run when it is over.
function checkAction(action, what) {
  if (typeof action !== 'function') throw new TypeError(`${what} has no function`);
  if (action.length > 0) throw new TypeError(`${what} takes a callback: give back a promise`);
}

function test(name, action) {
  const full = [...names, `${name}`].join(' > ');
  checkAction(action, `the test ${full}`);
  if (isListed) throw new Error(`the test ${full} comes too late to be run`);
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
  if (action() instanceof Promise) throw new TypeError(`what describes ${name} must not be asynchronous`);
  names.pop();
  Object.assign(around, kept);
}

function step(kind) {
  return (action) => {
    checkAction(action, kind);
    around[kind].push(action);
  };
}

// A check is only made of what it can be made of, or `not` would hold for anything else.
function need(kinds, actual, check) {
  if (!kinds.includes(typeof actual)) throw new TypeError(`${check} is asked of ${util.inspect(actual)}, which is no ${kinds[0]}`);
}

const NUMBERS = ['number', 'bigint'];
const CHECKS = {
  toBe: (actual, expected) => assert.strictEqual(actual, expected),
  toEqual: (actual, expected) => assert.deepStrictEqual(actual, expected),
  toBeCloseTo: (actual, expected, digits = 2) => {
    need(['number'], actual, 'toBeCloseTo');
    assert.ok(actual === expected || Math.abs(actual - expected) < 10 ** -digits / 2, `${actual} is not close to ${expected}`);
  },
  toBeNull: (actual) => assert.strictEqual(actual, null),
  toBeUndefined: (actual) => assert.strictEqual(actual, undefined),
  toBeDefined: (actual) => assert.notStrictEqual(actual, undefined),
  toBeTruthy: (actual) => assert.ok(actual, `${util.inspect(actual)} is not truthy`),
  toBeFalsy: (actual) => assert.ok(!actual, `${util.inspect(actual)} is not falsy`),
  toBeInstanceOf: (actual, kind) => assert.ok(actual instanceof kind, `${util.inspect(actual)} is no ${kind.name}`),
  toBeGreaterThan: (actual, least) => {
    need(NUMBERS, actual, 'toBeGreaterThan');
    assert.ok(actual > least, `${actual} is not above ${least}`);
  },
  toBeLessThan: (actual, most) => {
    need(NUMBERS, actual, 'toBeLessThan');
    assert.ok(actual < most, `${actual} is not below ${most}`);
  },
  toContain: (actual, item) => assert.ok([...actual].includes(item) || (typeof actual === 'string' && actual.includes(item)), `${util.inspect(actual)} does not contain ${util.inspect(item)}`),
  toHaveLength: (actual, length) => {
    need(['number'], actual.length, 'toHaveLength');
    assert.strictEqual(actual.length, length);
  },
  toMatch: (actual, pattern) => {
    need(['string'], actual, 'toMatch');
    if (typeof pattern === 'string') assert.ok(actual.includes(pattern), `${util.inspect(actual)} does not contain ${util.inspect(pattern)}`);
    else assert.match(actual, pattern);
  },
  toThrow: (actual, expected) => {
    need(['function'], actual, 'toThrow');
    const wanted = typeof expected === 'string' ? (error) => `${error?.message}`.includes(expected) : expected;
    try {
      assert.throws(actual, ...(wanted === undefined ? [] : [wanted]));
    } catch (error) {
      // An error of another class is thrown on.
      throw error instanceof assert.AssertionError ? error : new OtherError(error);
    }
  },
};

// It was not the error that was expected which was thrown.
class OtherError extends assert.AssertionError {
  constructor(cause) {
    super({ message: cause instanceof Error ? `threw ${cause.name}: ${cause.message}` : `threw ${util.inspect(cause)}` });
    this.cause = cause;
  }
}

function expect(actual) {
  const checks = {};
  checks.not = {};
  for (const [name, check] of Object.entries(CHECKS)) {
    checks[name] = (...args) => check(actual, ...args);
    checks.not[name] = (...args) => {
      try {
        check(actual, ...args);
      } catch (error) {
        if (error instanceof assert.AssertionError) return;
        throw error;
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
      if (!wanted.has(at)) wanted.set(at, exists(at) ? undefined : { names: new Set(), uses: new Set(), isModule: false, isWhole: false });
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
        for (const [, used] of text.matchAll(uses)) found.uses.add(used);
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
    if (found.isWhole) {
      const whole = load(name);
      for (const own of whole === later ? found.uses : Object.keys(whole)) if (NAME.test(own)) found.names.add(own);
    }
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
  const at = line.told.get(error instanceof OtherError ? error.cause : error)?.at;
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
    beforeEach: step('beforeEach'),
    afterEach: step('afterEach'),
    printed: () => line.value({ do: 'printed' }),
  });
  let answer;
  let forgotten;
  try {
    standIn(load);
    await import(pathOf.resolve('/box', entry));
    isListed = true;
    if (line === undefined) answer = [...tests.keys()];
    else {
      process.on('unhandledRejection', (error) => { forgotten ??= { error }; });
      await tests.get(name)();
      // What was not waited for has failed by now, if it was to fail at once.
      await new Promise((done) => setImmediate(done));
      if (forgotten !== undefined) throw forgotten.error;
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
