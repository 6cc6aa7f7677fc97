// The line between tests and the program that they test: values, calls and errors as JSON.
//
// Tests and program have a sandbox each. A message is one JSON text in one line, a request or the answer
// to one; while one side waits for an answer it does what the other asks. Plain values cross as they are,
// all others stay where they are and cross as a number that stands for them.
'use strict';

const fs = require('fs');
const pathOf = require('path');
const util = require('util');

const BUILT_IN = {
  Error, TypeError, RangeError, SyntaxError, ReferenceError, EvalError, URIError, Exception: Error, BaseException: Error, object: Error,
};
const FLOATS = { nan: NaN, inf: Infinity, '-inf': -Infinity, '-0': -0 };

class Line {
  // Whether the other side answers calls and nothing else: what functions of it are must be told before.
  asksOnlyCalls = false;

  constructor() {
    this.file = fs.openSync('/dev/line', 'r+');
    this.unread = Buffer.alloc(0);
    this.known = new Map();
    this.numbers = new Map();
    this.remotes = new Map();
    this.told = new WeakMap();
    this.classes = new Map();
    this.protos = new Map();
  }

  send(message) {
    const bytes = Buffer.from(`${JSON.stringify(message)}\n`);
    let sent = 0;
    while (sent < bytes.length) sent += fs.writeSync(this.file, bytes, sent, bytes.length - sent);
  }

  // The next message; none when the other side has ended.
  receive() {
    const parts = [this.unread];
    while (!parts.at(-1).includes(10)) {
      const part = Buffer.alloc(1 << 16);
      const count = fs.readSync(this.file, part, 0, part.length, null);
      if (count === 0) return undefined;
      parts.push(part.subarray(0, count));
    }
    const all = Buffer.concat(parts);
    const end = all.indexOf(10);
    this.unread = all.subarray(end + 1);
    return JSON.parse(all.subarray(0, end).toString());
  }

  // What a request is answered with; throws what it threw.
  ask(message) {
    this.send(message);
    for (;;) {
      const answer = this.receive();
      if (answer === undefined) throw new Error('the program ended before the test did');
      if (answer.raised !== undefined) throw this.thrown(answer.raised);
      if (answer.do === undefined) return answer;
      this.serve(answer);
    }
  }

  value(message) {
    return this.decode(this.ask(message).value);
  }

  apply(name, ...args) {
    return this.value({ do: 'apply', name, args: args.map((arg) => this.encode(arg)) });
  }

  serve(request) {
    let answer;
    try {
      answer = this.perform(request);
    } catch (error) {
      answer = { raised: this.described(error) };
    }
    this.send(answer);
  }

  encode(value) {
    switch (typeof value) {
      case 'undefined': return { undefined: true };
      case 'boolean':
      case 'string': return value;
      case 'bigint': return { int: `${value}` };
      case 'number': {
        const name = Object.keys(FLOATS).find((key) => Object.is(FLOATS[key], value));
        return name === undefined ? value : { float: name };
      }
      default: break;
    }
    if (value === null) return null;
    const told = this.told.get(value);
    if (told !== undefined) return { yours: told.ref };
    if (Array.isArray(value)) return Array.from(value, (item) => this.encode(item));
    const proto = Object.getPrototypeOf(value);
    const pairs = (entries) => Array.from(entries, ([key, item]) => [this.encode(key), this.encode(item)]);
    if (typeof value === 'object') {
      if (this.isPlain(value, proto)) return { map: pairs(Object.entries(value)) };
      if (proto === Map.prototype) return { pairs: pairs(value) };
      if (proto === Set.prototype) return { set: Array.from(value, (item) => this.encode(item)) };
      if (proto === Date.prototype && !Number.isNaN(value.getTime())) return { datetime: value.toISOString() };
      if (proto === Uint8Array.prototype) return { bytes: Buffer.from(value).toString('hex') };
    }
    return this.reference(value);
  }

  // Whether an object is what its properties are, and nothing else.
  isPlain(value, proto) {
    return proto === Object.prototype || proto === null;
  }

  // A number that stands for a value.
  reference(value) {
    let ref = this.numbers.get(value);
    if (ref === undefined) {
      ref = this.known.size + 1;
      this.known.set(ref, value);
      this.numbers.set(value, ref);
    }
    const told = { ref, kind: 'object', name: `${value.constructor?.name ?? ''}` };
    if (typeof value === 'function') {
      const isError = value.prototype instanceof Error;
      Object.assign(told, { kind: isError ? 'error' : 'function', name: `${value.name}` });
      if (isError) told.bases = [this.base(Object.getPrototypeOf(value))];
    } else if (value instanceof Promise) {
      value.catch(() => {});
      told.kind = 'promise';
    }
    return told;
  }

  base(kind) {
    return BUILT_IN[kind?.name] === kind ? kind.name : this.reference(kind);
  }

  decode(told) {
    if (Array.isArray(told)) return told.map((item) => this.decode(item));
    if (typeof told !== 'object' || told === null) return told;
    if (told.ref !== undefined) return told.kind === 'error' ? this.errorClass(told) : this.remote(told);
    const [[name, held]] = Object.entries(told);
    const pairs = () => held.map(([key, item]) => [this.decode(key), this.decode(item)]);
    switch (name) {
      case 'undefined': return undefined;
      case 'yours': return this.known.get(held);
      case 'map': return Object.fromEntries(pairs());
      case 'pairs': return new Map(pairs());
      case 'set':
      case 'frozenset': return new Set(held.map((item) => this.decode(item)));
      case 'tuple': return held.map((item) => this.decode(item));
      case 'float': return Object.hasOwn(FLOATS, held) ? FLOATS[held] : NaN;
      case 'int': return BigInt(held);
      case 'date':
      case 'datetime': return new Date(held);
      case 'bytes': return new Uint8Array(Buffer.from(held, 'hex'));
      default: return `${held}`;
    }
  }

  remote(told) {
    let remote = this.remotes.get(told.ref);
    if (remote === undefined) {
      remote = told.kind === 'promise'
        ? new Promise((done, failed) => {
          try {
            done(this.value({ do: 'apply', name: 'await', args: [{ yours: told.ref }] }));
          } catch (error) {
            failed(error);
          }
        })
        : makeRemote(this, told);
      this.remotes.set(told.ref, remote);
      this.told.set(remote, told);
    }
    return remote;
  }

  // An error as the other side is told of it.
  described(error) {
    const theirs = this.told.get(error);
    if (theirs !== undefined) return { yours: theirs.ref };
    if (!(error instanceof Error)) return { thrown: this.encode(error), class: 'Error', args: [], text: `${error}` };
    const { ref } = this.reference(error);
    const text = `${error.message}`;
    const own = Object.entries(error).filter(([name]) => name !== 'stack');
    return {
      class: this.base(error.constructor), args: [text], text, of: ref, name: `${error.name}`,
      own: own.map(([name, value]) => [name, this.encode(value)]), at: this.place(error),
    };
  }

  place() {
    return undefined;
  }

  thrown(told) {
    if ('yours' in told) return this.known.get(told.yours);
    if ('thrown' in told) return this.decode(told.thrown);
    const error = Reflect.construct(Error, [told.text], this.errorClass(told.class));
    if (told.name !== undefined && error.name !== told.name) Object.defineProperty(error, 'name', { value: told.name, configurable: true });
    for (const [name, value] of told.own ?? []) {
      Object.defineProperty(error, name, { value: this.decode(value), enumerable: true, configurable: true, writable: true });
    }
    this.told.set(error, { ref: told.of, at: told.at });
    return error;
  }

  errorClass(told) {
    if (typeof told === 'string' && Object.hasOwn(BUILT_IN, told)) return BUILT_IN[told];
    const key = told.ref ?? told;
    let kind = this.classes.get(key);
    if (kind === undefined) {
      const [first, ...rest] = told.bases ?? [];
      const parent = first === undefined ? Error : this.errorClass(typeof first === 'string' ? first : { bases: rest, ...first });
      kind = class extends parent {};
      Object.defineProperty(kind, 'name', { value: `${told.name ?? told}` });
      this.classes.set(key, kind);
      this.told.set(kind, told);
    }
    return kind;
  }
}

// A value that stays on the other side.
function makeRemote(line, told) {
  const of = { yours: told.ref };
  const send = (what) => line.value({ of, ...what });
  function call(args, more) {
    const answer = line.ask({ do: 'call', of, args: args.map((arg) => line.encode(arg)), ...more });
    for (const [at, changed] of answer.changed ?? []) {
      if (!Number.isInteger(at) || !isOpen(args[at])) throw new TypeError('only arrays, maps, sets and plain objects can be changed by a function');
      restore(args[at], line.decode(changed));
    }
    return line.decode(answer.value);
  }
  const symbols = {
    [Symbol.iterator]: () => () => {
      const iterator = line.apply('iter', remote);
      const next = () => {
        const step = line.apply('step', iterator);
        return step.length === 0 ? { done: true, value: undefined } : { done: false, value: step[0] };
      };
      return { next, [Symbol.iterator]() { return this; } };
    },
    [Symbol.toPrimitive]: () => (hint) => line.apply('primitive', remote, hint),
    [Symbol.hasInstance]: () => (value) => line.told.has(value) && line.apply('isinstance', value, remote),
    [util.inspect.custom]: () => () => line.apply('repr', remote),
  };
  const isCallable = told.kind === 'function' || told.kind === 'class';
  const target = isCallable ? function remote() {} : {};
  if (isCallable) {
    Object.defineProperties(target, { name: { value: `${told.name}` }, length: { value: told.length ?? 0 } });
  }
  const calls = {
    apply: (_, self, args) => call(args, line.told.has(self) ? { this: line.encode(self) } : {}),
    construct: (_, args) => call(args, { new: true }),
  };
  const remote = new Proxy(target, isCallable && line.asksOnlyCalls ? calls : {
    ...calls,
    get: (_, name) => (typeof name === 'symbol' ? symbols[name]?.() : send({ do: 'get', name })),
    set: (_, name, value) => {
      send({ do: 'set', name: `${String(name)}`, value: line.encode(value) });
      return true;
    },
    has: (_, name) => typeof name === 'string' && line.apply('has', remote, name),
    getPrototypeOf: () => {
      if (isCallable) return Object.getPrototypeOf(target);
      if (!line.protos.has(told.name)) line.protos.set(told.name, {});
      return line.protos.get(told.name);
    },
    ownKeys: () => (isCallable ? Reflect.ownKeys(target) : line.apply('keys', remote)),
    getOwnPropertyDescriptor: (_, name) => {
      if (isCallable) return Reflect.getOwnPropertyDescriptor(target, name);
      if (typeof name === 'symbol' || !line.apply('keys', remote).includes(name)) return undefined;
      return { value: send({ do: 'get', name }), enumerable: true, configurable: true, writable: true };
    },
  });
  return remote;
}

// What a function may change for its caller where it is an argument.
function isOpen(value) {
  if (typeof value !== 'object' || value === null) return false;
  const proto = Object.getPrototypeOf(value);
  return Array.isArray(value) || proto === null || [Object.prototype, Map.prototype, Set.prototype].includes(proto);
}

// Makes an array, map, set or object what it became on the other side.
function restore(value, changed) {
  if (Array.isArray(value)) value.splice(0, value.length, ...changed);
  else if (value instanceof Map || value instanceof Set) {
    value.clear();
    for (const item of changed) value instanceof Map ? value.set(...item) : value.add(item);
  } else {
    for (const name of Object.keys(value)) delete value[name];
    Object.defineProperties(value, Object.getOwnPropertyDescriptors(changed));
  }
}
