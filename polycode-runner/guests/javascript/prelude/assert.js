// `assert`, and the comparison behind `util.isDeepStrictEqual`.
(function (native, lib) {
  'use strict';

  const { inspect } = lib;

  class AssertionError extends Error {
    constructor({ message, actual, expected, operator, isGenerated = false }) {
      super(message);
      Object.defineProperty(this, 'name', { value: 'AssertionError', configurable: true, writable: true });
      Object.assign(this, { generatedMessage: isGenerated, code: 'ERR_ASSERTION', actual, expected, operator });
    }
  }

  function fail(given, text, details) {
    if (given instanceof Error) throw given;
    throw new AssertionError({ ...details, message: given ?? text, isGenerated: given === undefined });
  }

  function isEqual(a, b, isStrict, seen = []) {
    if (isStrict ? Object.is(a, b) : a == b || (a !== a && b !== b)) return true;
    if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
    if (isStrict && Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false;
    const kind = native.className(a);
    if (kind !== native.className(b)) return false;
    if (seen.some(([left, right]) => left === a && right === b)) return true;
    const path = [...seen, [a, b]];
    const same = (left, right) => isEqual(left, right, isStrict, path);
    switch (kind) {
      case 'Date':
        if (!Object.is(a.getTime(), b.getTime())) return false;
        break;
      case 'RegExp':
        if (String(a) !== String(b) || a.lastIndex !== b.lastIndex) return false;
        break;
      case 'Number': case 'String': case 'Boolean': case 'BigInt': case 'Symbol':
        if (!Object.is(a.valueOf(), b.valueOf())) return false;
        break;
      case 'Error':
        if (a.message !== b.message || a.name !== b.name) return false;
        break;
      case 'Map':
        if (a.size !== b.size || ![...a].every(([key, value]) => (b.has(key)
          ? same(value, b.get(key))
          : [...b].some(([other, item]) => same(key, other) && same(value, item))))) return false;
        break;
      case 'Set':
        if (a.size !== b.size || ![...a].every((item) => b.has(item) || [...b].some((other) => same(item, other)))) return false;
        break;
      case 'Promise': case 'WeakMap': case 'WeakSet':
        return false;
      default:
        if ((Array.isArray(a) || ArrayBuffer.isView(a)) && a.length !== b.length) return false;
    }
    const keys = ownKeys(a);
    const others = ownKeys(b);
    return keys.length === others.length && keys.every((key) => Object.hasOwn(b, key) && same(a[key], b[key]));
  }

  function ownKeys(object) {
    const symbols = Object.getOwnPropertySymbols(object).filter((key) => Object.prototype.propertyIsEnumerable.call(object, key));
    return [...Object.keys(object), ...symbols];
  }

  const show = (value) => inspect(value, { depth: 1000, sorted: true, maxArrayLength: Infinity, compact: 3 });

  // Both values, line by line, as far as they differ.
  function difference(title, actual, expected) {
    const left = show(actual);
    const right = show(expected);
    if (!left.includes('\n') && !right.includes('\n') && left.length + right.length <= 12
      && typeof actual !== 'object' && typeof expected !== 'object') return `${title}\n\n${left} !== ${right}\n`;
    const minus = right.split('\n').map((line) => `- ${line}`);
    const plus = left.split('\n').map((line) => `+ ${line}`);
    return `${title}\n+ actual - expected\n\n${[...plus, ...minus].join('\n')}`;
  }

  function matches(error, expected) {
    if (expected === undefined) return true;
    if (expected instanceof RegExp) return expected.test(String(error));
    if (typeof expected === 'function') {
      if (expected.prototype !== undefined && error instanceof expected) return true;
      if (Object.prototype.isPrototypeOf.call(Error, expected)) return false;
      return expected.call({}, error) === true;
    }
    const keys = expected instanceof Error ? [...Object.keys(expected), 'name', 'message'] : Object.keys(expected);
    return keys.every((key) => (expected[key] instanceof RegExp && typeof error[key] === 'string'
      ? expected[key].test(error[key])
      : isEqual(error[key], expected[key], true)));
  }

  function checkThrown(error, expected, message, operator) {
    if (matches(error, expected)) return;
    if (typeof expected === 'function' && Object.prototype.isPrototypeOf.call(Error, expected)) throw error;
    fail(message, `The error thrown does not match the expected one: ${inspect(error)}`, { actual: error, expected, operator });
  }

  function ok(value, message) {
    if (!value) {
      const text = arguments.length === 0
        ? 'No value argument passed to `assert.ok()`'
        : 'The expression evaluated to a falsy value';
      fail(message, text, { actual: value, expected: true, operator: '==' });
    }
  }

  function assert(...args) {
    ok(...args);
  }

  const comparison = (operator, holds, text) => (actual, expected, message) => {
    if (!holds(actual, expected)) fail(message, text(actual, expected), { actual, expected, operator });
  };

  const methods = {
    ok,
    equal: comparison('==', (a, b) => a == b || (a !== a && b !== b), (a, b) => `${inspect(a)} == ${inspect(b)}`),
    notEqual: comparison('!=', (a, b) => !(a == b || (a !== a && b !== b)), (a, b) => `${inspect(a)} != ${inspect(b)}`),
    strictEqual: comparison('strictEqual', Object.is, (a, b) => difference('Expected values to be strictly equal:', a, b)),
    notStrictEqual: comparison('notStrictEqual', (a, b) => !Object.is(a, b), (a) =>
      `Expected "actual" to be strictly unequal to: ${inspect(a)}`),
    deepEqual: comparison('deepEqual', (a, b) => isEqual(a, b, false), (a, b) => difference('Expected values to be loosely deep-equal:', a, b)),
    notDeepEqual: comparison('notDeepEqual', (a, b) => !isEqual(a, b, false), (a) =>
      `Expected "actual" not to be loosely deep-equal to: ${show(a)}`),
    deepStrictEqual: comparison('deepStrictEqual', (a, b) => isEqual(a, b, true), (a, b) =>
      difference('Expected values to be strictly deep-equal:', a, b)),
    notDeepStrictEqual: comparison('notDeepStrictEqual', (a, b) => !isEqual(a, b, true), (a) =>
      `Expected "actual" not to be strictly deep-equal to: ${show(a)}`),
    match: comparison('match', (text, pattern) => pattern.test(text), (text, pattern) =>
      `The input did not match the regular expression ${pattern}. Input:\n\n${inspect(text)}\n`),
    doesNotMatch: comparison('doesNotMatch', (text, pattern) => !pattern.test(text), (text, pattern) =>
      `The input was expected to not match the regular expression ${pattern}. Input:\n\n${inspect(text)}\n`),
    fail(message) {
      fail(message, 'Failed', { operator: 'fail' });
    },
    throws(action, expected, message) {
      const [pattern, text] = typeof expected === 'string' ? [undefined, expected] : [expected, message];
      let error;
      try {
        action();
      } catch (thrown) {
        error = { thrown };
      }
      if (error === undefined) fail(text, 'Missing expected exception.', { expected: pattern, operator: 'throws' });
      else checkThrown(error.thrown, pattern, text, 'throws');
    },
    doesNotThrow(action, message) {
      try {
        action();
      } catch (error) {
        fail(typeof message === 'string' ? message : undefined, `Got unwanted exception.\nActual message: "${error?.message}"`, { actual: error, operator: 'doesNotThrow' });
      }
    },
    async rejects(promise, expected, message) {
      let error;
      try {
        await (typeof promise === 'function' ? promise() : promise);
      } catch (thrown) {
        error = { thrown };
      }
      if (error === undefined) fail(message, 'Missing expected rejection.', { expected, operator: 'rejects' });
      else checkThrown(error.thrown, expected, message, 'rejects');
    },
    async doesNotReject(promise, message) {
      try {
        await (typeof promise === 'function' ? promise() : promise);
      } catch (error) {
        fail(typeof message === 'string' ? message : undefined, `Got unwanted rejection.\nActual message: "${error?.message}"`, { actual: error, operator: 'doesNotReject' });
      }
    },
    ifError(value) {
      if (value === null || value === undefined) return;
      fail(undefined, `ifError got unwanted exception: ${value?.message ?? inspect(value)}`, { actual: value, expected: null, operator: 'ifError' });
    },
    AssertionError,
  };

  Object.assign(assert, methods);
  assert.strict = Object.assign((...args) => ok(...args), methods, {
    equal: methods.strictEqual, notEqual: methods.notStrictEqual, deepEqual: methods.deepStrictEqual,
    notDeepEqual: methods.notDeepStrictEqual,
  });
  assert.strict.strict = assert.strict;
  lib.assert = assert;
  lib.isDeepEqual = (a, b) => isEqual(a, b, true);
})
