// `util.format` and the text of `console.log`.
(function (native, lib) {
  'use strict';

  const { inspect } = lib;

  function formatAll(options, args) {
    let text = '';
    let next = 0;
    if (typeof args[0] === 'string') {
      if (args.length === 1) return args[0];
      next = 1;
      text = args[0].replace(/%[sdifjoOc%]/g, (mark) => {
        if (mark === '%%') return '%';
        if (next >= args.length) return mark;
        return REPLACEMENTS[mark](args[next++], options);
      });
    }
    for (; next < args.length; next++) {
      const value = args[next];
      const item = typeof value === 'string' ? value : inspect(value, options);
      text += next === 0 ? item : ` ${item}`;
    }
    return text;
  }

  function number(value, convert) {
    if (typeof value === 'bigint') return `${value}n`;
    if (typeof value === 'symbol') return 'NaN';
    const result = convert(value);
    return Object.is(result, -0) ? '-0' : String(result);
  }

  const REPLACEMENTS = {
    '%s'(value, options) {
      if (typeof value === 'bigint' || Object.is(value, -0)) return inspect(value);
      if (typeof value !== 'object' || value === null || hasOwnText(value)) return String(value);
      return inspect(value, { ...options, depth: 0, colors: false, compact: 3 });
    },
    '%d': (value) => (typeof value === 'object' ? number(Number(value), (v) => v) : number(value, Number)),
    '%i': (value) => (typeof value === 'bigint' ? `${value}n` : number(value, (v) => parseInt(v, 10))),
    '%f': (value) => (typeof value === 'symbol' ? 'NaN' : String(parseFloat(value))),
    '%j'(value) {
      try {
        return JSON.stringify(value);
      } catch (error) {
        if (String(error.message).includes('circular')) return '[Circular]';
        throw error;
      }
    },
    '%o': (value, options) => inspect(value, { ...options, showHidden: true, depth: 4 }),
    '%O': (value, options) => inspect(value, { ...options, depth: 4 }),
    '%c': () => '',
  };

  // Whether an object has a text of its own: a `toString` or an Error's, not a built-in one.
  function hasOwnText(value) {
    if (native.className(value) === 'Proxy') return false;
    if (typeof value.toString !== 'function') return false;
    if (Object.hasOwn(value, 'toString')) return true;
    for (let object = Object.getPrototypeOf(value); object !== null; object = Object.getPrototypeOf(object)) {
      if (Object.hasOwn(object, 'toString')) {
        return !/\{\s*\[native code\]\s*\}$/.test(Function.prototype.toString.call(object.toString));
      }
    }
    return false;
  }

  lib.formatAll = formatAll;
  lib.format = (...args) => formatAll({}, args);
  lib.formatWithOptions = (options, ...args) => formatAll(options, args);
})
