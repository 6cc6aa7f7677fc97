// `console`.
(function (native, lib) {
  'use strict';

  const { formatAll, inspect } = lib;
  const counts = new Map();
  const timers = new Map();
  let indentation = '';

  function print(fd, args) {
    let text = formatAll({}, args);
    if (indentation !== '') text = indentation + text.replaceAll('\n', `\n${indentation}`);
    native.write(fd, `${text}\n`.toWellFormed());
  }

  const log = (...args) => print(1, args);
  const error = (...args) => print(2, args);

  function elapsed(label) {
    const start = timers.get(label);
    if (start === undefined) {
      error(`Warning: No such label '${label}' for console.time()`);
      return undefined;
    }
    const ms = Number(native.now() - start) / 1e6;
    return `${label}: ${ms >= 1000 ? `${(ms / 1000).toFixed(3)}s` : `${ms.toFixed(3).replace(/0+$/, '').replace(/\.$/, '')}ms`}`;
  }

  // The text of `console.table`: rows of objects or lists, framed.
  function tableOf(data, columns) {
    const rows = data instanceof Map || data instanceof Set ? [...data] : data;
    const cell = (value) => inspect(value, { depth: typeof value === 'object' && value !== null ? -1 : 0, maxArrayLength: 3, breakLength: Infinity });
    const heads = [];
    let hasValues = false;
    const lines = Object.keys(rows).map((index) => {
      const row = rows[index];
      const cells = new Map();
      let value = '';
      if (typeof row === 'object' && row !== null || typeof row === 'function') {
        for (const key of columns ?? Object.keys(row)) {
          if (!heads.includes(key)) heads.push(key);
          if (Object.hasOwn(row, key)) cells.set(key, cell(row[key]));
        }
      } else {
        hasValues = true;
        value = cell(row);
      }
      return { index, cells, value };
    });
    const table = [
      ['(index)', ...heads, ...(hasValues ? ['Values'] : [])],
      ...lines.map(({ index, cells, value }) =>
        [index, ...heads.map((head) => cells.get(head) ?? ''), ...(hasValues ? [value] : [])]),
    ];
    const widths = table[0].map((_, i) => Math.max(...table.map((row) => lib.textWidth(row[i]))) + 2);
    const padded = (text, width) => ` ${text}${' '.repeat(width - 1 - lib.textWidth(text))}`;
    const rule = (left, middle, right) => left + widths.map((width) => '─'.repeat(width)).join(middle) + right;
    const line = (row) => `│${row.map((text, i) => padded(text, widths[i])).join('│')}│`;
    return [
      rule('┌', '┬', '┐'), line(table[0]), rule('├', '┼', '┤'), ...table.slice(1).map(line), rule('└', '┴', '┘'),
    ].join('\n');
  }

  const methods = {
    log,
    info: (...args) => print(1, args),
    debug: (...args) => print(1, args),
    error,
    warn: (...args) => print(2, args),
    trace(...args) {
      const here = {};
      Error.captureStackTrace(here, methods.trace);
      const frames = here.stack.split('\n').slice(1).join('\n');
      error(`Trace${args.length > 0 ? `: ${lib.format(...args)}` : ''}\n${frames}`);
    },
    assert(condition, ...args) {
      if (condition) return;
      if (typeof args[0] === 'string') error(`Assertion failed: ${args[0]}`, ...args.slice(1));
      else error('Assertion failed', ...args);
    },
    dir: (value, options) => print(1, [inspect(value, { customInspect: false, ...options })]),
    dirxml: (...args) => print(1, args),
    table(data, columns) {
      if (typeof data === 'object' && data !== null) print(1, [tableOf(data, columns)]);
      else log(data);
    },
    group(...args) {
      if (args.length > 0) log(...args);
      indentation += '  ';
    },
    groupEnd() {
      indentation = indentation.slice(2);
    },
    count(label = 'default') {
      const count = (counts.get(`${label}`) ?? 0) + 1;
      counts.set(`${label}`, count);
      log(`${label}: ${count}`);
    },
    countReset: (label = 'default') => void counts.delete(`${label}`),
    time: (label = 'default') => void timers.set(`${label}`, native.now()),
    timeLog(label = 'default', ...args) {
      const text = elapsed(`${label}`);
      if (text !== undefined) log(text, ...args);
    },
    timeEnd(label = 'default') {
      const text = elapsed(`${label}`);
      timers.delete(`${label}`);
      if (text !== undefined) log(text);
    },
  };
  methods.groupCollapsed = (...args) => methods.group(...args);

  const console = Object.create({});
  for (const [name, method] of Object.entries(methods)) {
    Object.defineProperty(method, 'name', { value: name, configurable: true });
    console[name] = method;
  }
  Object.defineProperty(console, Symbol.toStringTag, { value: 'console', configurable: true });
  Object.defineProperty(globalThis, 'console', { value: console, writable: true, configurable: true, enumerable: false });
  lib.console = console;
})
