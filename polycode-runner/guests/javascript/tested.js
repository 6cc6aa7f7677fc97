
// The program that is tested.

const printed = [];

class Tested extends Line {
  asksOnlyCalls = true;

  perform(request) {
    switch (request.do) {
      case 'load': return { value: this.reference(require(pathTo(request.name))) };
      case 'get': {
        const of = this.decode(request.of);
        return { value: this.encode(of[request.name]) };
      }
      case 'set':
        this.decode(request.of)[request.name] = this.decode(request.value);
        return {};
      case 'apply': {
        const operation = OPERATIONS[request.name];
        if (operation === undefined) throw new TypeError(`there is no ${request.name} of an object of JavaScript`);
        return { value: this.encode(operation(...request.args.map((arg) => this.decode(arg)))) };
      }
      case 'names': return { value: Object.keys(this.decode(request.of)) };
      case 'printed': return { value: printed.splice(0).join('') };
      default: return this.call(request);
    }
  }

  // An object that has functions or getters of the program has a state, too, which a copy would not share.
  isPlain(value, proto) {
    const isData = (own) => 'value' in own && (typeof own.value !== 'function' || this.told.has(own.value));
    return super.isPlain(value, proto) && Object.values(Object.getOwnPropertyDescriptors(value)).every(isData);
  }

  call(request) {
    const of = this.decode(request.of);
    const args = request.args.map((arg) => this.decode(arg));
    if (request.named !== undefined) args.push(Object.fromEntries(Object.entries(request.named).map(([name, arg]) => [name, this.decode(arg)])));
    const isOpen = (arg) => typeof arg === 'object' && arg !== null && !this.told.has(arg);
    const before = args.map((arg) => (isOpen(arg) ? JSON.stringify(this.encode(arg)) : undefined));
    // Other languages make an object by calling its class.
    const isNew = request.new || /^class\b/.test(Function.prototype.toString.call(of));
    const value = isNew ? Reflect.construct(of, args) : Reflect.apply(of, request.this === undefined ? undefined : this.decode(request.this), args);
    const changed = [];
    args.forEach((arg, at) => {
      if (before[at] === undefined) return;
      const after = this.encode(arg);
      if (JSON.stringify(after) !== before[at]) changed.push([at, after]);
    });
    return { value: this.encode(value), ...(changed.length > 0 ? { changed } : {}) };
  }

  place(error) {
    const places = `${error.stack}`.matchAll(/([\w./-]+\.[cm]?[jt]s):(\d+)/g);
    for (const [, file, row] of places) if (!file.endsWith('polycode_tested.js')) return `${file.replace(/^\/box\//, '')}:${row}`;
    return undefined;
  }
}

// A module by its path from the program's folder; or from that of its entry, where tests have none.
function pathTo(name) {
  const path = pathOf.resolve('/box', name);
  try {
    return require.resolve(path);
  } catch {
    return pathOf.resolve('/box', pathOf.dirname(process.argv[2]), name);
  }
}

const OPERATIONS = {
  iter: (value) => value[Symbol.iterator](),
  step: (value) => {
    const { done, value: item } = value.next();
    return done ? [] : [item];
  },
  primitive: (value, hint) => {
    if (value[Symbol.toPrimitive] !== undefined) return value[Symbol.toPrimitive](hint);
    const plain = hint !== 'string' && typeof value.valueOf === 'function' ? value.valueOf() : value;
    return Object(plain) === plain ? `${value}` : plain;
  },
  isinstance: (value, kind) => value instanceof kind,
  has: (value, name) => name in value,
  keys: (value) => Object.keys(value),
  repr: (value) => util.inspect(value),
  str: (value) => `${value}`,
  bool: () => true,
  len: (value) => value.length ?? value.size,
  eq: (one, other) => one === other || util.isDeepStrictEqual(one, other),
  getitem: (value, key) => value[key],
  setitem: (value, key, item) => { value[key] = item; },
  delitem: (value, key) => { delete value[key]; },
  lt: (one, other) => one < other,
  le: (one, other) => one <= other,
  gt: (one, other) => one > other,
  ge: (one, other) => one >= other,
  int: (value) => Math.trunc(Number(value)),
  float: (value) => Number(value),
  format: (value, how) => {
    if (how !== '') throw new TypeError(`an object of JavaScript has no format '${how}'`);
    return `${value}`;
  },
  contains: (value, item) => (typeof value.has === 'function' ? value.has(item) : value.includes(item)),
};

// Has what is printed heard by tests, too.
function listen() {
  const write = process.stdout.write.bind(process.stdout);
  const { group, groupEnd } = console;
  const { format, inspect } = util;
  const counts = new Map();
  let indentation = '';
  const print = (text) => { process.stdout.write(`${indentation}${text.replaceAll('\n', `\n${indentation}`)}\n`); };
  const log = (...args) => print(format(...args));
  const open = (...args) => {
    if (args.length > 0) log(...args);
    indentation += '  ';
    group();
  };
  process.stdout.write = (text, ...more) => {
    printed.push(`${text}`);
    return write(text, ...more);
  };
  Object.assign(console, {
    log, info: log, debug: log, dirxml: log,
    dir: (value, options) => print(inspect(value, { customInspect: false, ...options })),
    group: open, groupCollapsed: open,
    groupEnd: () => {
      indentation = indentation.slice(2);
      groupEnd();
    },
    count: (label = 'default') => {
      counts.set(`${label}`, (counts.get(`${label}`) ?? 0) + 1);
      log(`${label}: ${counts.get(`${label}`)}`);
    },
    countReset: (label = 'default') => { counts.delete(`${label}`); },
  });
}

async function main() {
  listen();
  const line = new Tested();
  for (;;) {
    const request = line.receive();
    // What the program still waits for is nobody's concern.
    if (request === undefined) process.exit();
    if (request.do !== 'apply' || request.name !== 'await') {
      line.serve(request);
      continue;
    }
    let answer;
    try {
      answer = { value: line.encode(await line.decode(request.args[0])) };
    } catch (error) {
      answer = { raised: line.described(error) };
    }
    line.send(answer);
  }
}

main();
