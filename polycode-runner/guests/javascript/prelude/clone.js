// `structuredClone`.
(function (native, lib) {
  'use strict';

  const TypedArray = Object.getPrototypeOf(Uint8Array);
  const ERRORS = { Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError };

  function refuse(value) {
    const text = typeof value === 'symbol' ? String(value) : lib.inspect(value, { depth: 0 });
    throw new DOMException(`${text} could not be cloned.`, 'DataCloneError');
  }

  function clone(value, seen) {
    if (typeof value === 'symbol' || typeof value === 'function') refuse(value);
    if (typeof value !== 'object' || value === null) return value;
    if (seen.has(value)) return seen.get(value);
    const remember = (copy) => {
      seen.set(value, copy);
      return copy;
    };
    const fill = (copy) => {
      for (const key of Object.keys(value)) copy[key] = clone(value[key], seen);
      return copy;
    };
    switch (native.className(value)) {
      case 'Array': return fill(remember(new Array(value.length)));
      case 'Object': return fill(remember({}));
      case 'Date': return remember(new Date(value.getTime()));
      case 'RegExp': return remember(new RegExp(value.source, value.flags));
      case 'Number': case 'String': case 'Boolean': case 'BigInt': return remember(Object(value.valueOf()));
      case 'ArrayBuffer': return remember(value.slice(0));
      case 'DataView': return remember(new DataView(clone(value.buffer, seen), value.byteOffset, value.byteLength));
      case 'Map': {
        const copy = remember(new Map());
        for (const [key, item] of value) copy.set(clone(key, seen), clone(item, seen));
        return copy;
      }
      case 'Set': {
        const copy = remember(new Set());
        for (const item of value) copy.add(clone(item, seen));
        return copy;
      }
      case 'Error': {
        const copy = remember(new (ERRORS[value.name] ?? Error)(value.message));
        if (Object.hasOwn(value, 'cause')) copy.cause = clone(value.cause, seen);
        return copy;
      }
      default:
        if (!(value instanceof TypedArray)) return refuse(value);
        return remember(new (globalThis[value[Symbol.toStringTag]])(clone(value.buffer, seen), value.byteOffset, value.length));
    }
  }

  lib.define({ structuredClone: function structuredClone(value) {
    return clone(value, new Map());
  } });
})
