// Stacks as learners know them: `Error: text`, then the frames in their own files only.
(function (native, lib) {
  'use strict';

  const stackOf = Object.getOwnPropertyDescriptor(Error.prototype, 'stack');
  const capture = Error.captureStackTrace;

  // The frames of an engine's stack that are the user's, without those that led to them.
  function userFrames(raw) {
    const kept = [];
    let natives = [];
    for (const line of String(raw).split('\n')) {
      if (line.includes('(polycode:') || line.includes(' polycode:')) {
        natives = [];
      } else if (line.endsWith('(native)')) {
        natives.push(line);
      } else if (line !== '') {
        kept.push(...natives, line.replace('<anonymous> (', '(').replace(/^( +at )(?:<eval> )?\(([^()]*)\)$/, '$1$2'));
        natives = [];
      }
    }
    return kept;
  }

  function heading(error) {
    try {
      const name = error.name === undefined ? 'Error' : String(error.name);
      const message = error.message === undefined ? '' : String(error.message);
      if (name === '') return message;
      return message === '' ? name : `${name}: ${message}`;
    } catch {
      return 'Error';
    }
  }

  function withHeading(error, raw) {
    return [heading(error), ...userFrames(raw)].join('\n');
  }

  Object.defineProperty(Error.prototype, 'stack', {
    get: {
      stack() {
        const raw = stackOf.get.call(this);
        return typeof raw === 'string' && native.className(this) === 'Error' ? withHeading(this, raw) : raw;
      },
    }.stack,
    set: stackOf.set,
    enumerable: false,
    configurable: true,
  });

  Object.defineProperty(Error, 'captureStackTrace', {
    value: function captureStackTrace(target, ...rest) {
      capture(target, ...rest);
      const own = Object.getOwnPropertyDescriptor(target, 'stack');
      if (own && typeof own.value === 'string') {
        Object.defineProperty(target, 'stack', { ...own, value: withHeading(target, own.value) });
      }
    },
    writable: true,
    enumerable: false,
    configurable: true,
  });

  // Where an error was thrown, as `{ file, line, column }`, or undefined.
  function place(error) {
    let raw;
    try {
      raw = stackOf.get.call(error);
    } catch {
      return undefined;
    }
    for (const frame of typeof raw === 'string' ? userFrames(raw) : []) {
      const match = /(?:\(|at )([^()]+?):(\d+):(\d+)\)?$/.exec(frame);
      if (match) return { file: match[1], line: Number(match[2]), column: Number(match[3]) };
    }
    return undefined;
  }

  // The line of source an error points to, with a caret below, or undefined.
  function excerpt(at, source) {
    const text = source === undefined ? undefined : source.split('\n')[at.line - 1];
    if (text === undefined) return undefined;
    const line = text.replace(/\r$/, '').replace(/\t/g, ' ');
    const column = Math.min(Math.max(at.column, 1), line.length + 1);
    // A very long line is shown around the column only.
    const start = column > 120 ? column - 60 : 0;
    return `${line.slice(start, start + 160)}\n${' '.repeat(column - 1 - start)}^`;
  }

  lib.errors = { excerpt, heading, place, userFrames };
})
