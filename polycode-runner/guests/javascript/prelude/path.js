// `path`, the POSIX one.
(function (native, lib) {
  'use strict';

  function check(path) {
    if (typeof path === 'string') return;
    const error = new TypeError(`The "path" argument must be of type string. Received ${lib.received(path)}`);
    error.code = 'ERR_INVALID_ARG_TYPE';
    throw error;
  }

  function segments(path, isAbsolute) {
    const kept = [];
    for (const segment of path.split('/')) {
      if (segment === '' || segment === '.') continue;
      if (segment !== '..') kept.push(segment);
      else if (kept.length > 0 && kept.at(-1) !== '..') kept.pop();
      else if (!isAbsolute) kept.push('..');
    }
    return kept.join('/');
  }

  // The length of the first part of a text when slashes at its end are left out.
  function lengthWithoutSlashes(text, length) {
    let rest = length;
    while (rest > 0 && text[rest - 1] === '/') rest -= 1;
    return rest;
  }

  const path = {
    sep: '/',
    delimiter: ':',
    isAbsolute(name) {
      check(name);
      return name.startsWith('/');
    },
    normalize(name) {
      check(name);
      if (name === '') return '.';
      const isAbsolute = name.startsWith('/');
      const text = segments(name, isAbsolute);
      const tail = name.endsWith('/') && text !== '' ? '/' : '';
      return isAbsolute ? `/${text}${tail}` : text === '' ? `.${name.endsWith('/') ? '/' : ''}` : text + tail;
    },
    join(...names) {
      names.forEach(check);
      const joined = names.filter((name) => name !== '').join('/');
      return joined === '' ? '.' : path.normalize(joined);
    },
    resolve(...names) {
      names.forEach(check);
      let full = '';
      for (const name of [lib.cwd(), ...names]) {
        if (name !== '') full = name.startsWith('/') ? name : `${full}/${name}`;
      }
      return `/${segments(full, true)}`;
    },
    relative(from, to) {
      const source = path.resolve(from).split('/').filter(Boolean);
      const target = path.resolve(to).split('/').filter(Boolean);
      let common = 0;
      while (common < source.length && source[common] === target[common]) common += 1;
      return [...source.slice(common).map(() => '..'), ...target.slice(common)].join('/');
    },
    dirname(name) {
      check(name);
      const cut = name.lastIndexOf('/', lengthWithoutSlashes(name, name.length) - 1);
      if (cut < 0) return '.';
      return name.slice(0, lengthWithoutSlashes(name, cut)) || '/';
    },
    basename(name, suffix = '') {
      check(name);
      const base = name.replace(/\/+$/, '').split('/').at(-1);
      return suffix !== '' && base !== suffix && base.endsWith(suffix) ? base.slice(0, -suffix.length) : base;
    },
    extname(name) {
      const base = path.basename(name);
      const dot = base.lastIndexOf('.');
      return dot <= 0 ? '' : base.slice(dot);
    },
    parse(name) {
      const root = path.isAbsolute(name) ? '/' : '';
      const base = path.basename(name);
      const ext = path.extname(base);
      const folder = path.dirname(name);
      return { root, dir: folder === '.' && !name.startsWith('.') ? '' : folder, base, ext, name: ext === '' ? base : base.slice(0, -ext.length) };
    },
    format({ root = '', dir, base, name = '', ext = '' }) {
      const file = base ?? `${name}${ext && !ext.startsWith('.') ? '.' : ''}${ext}`;
      if (!dir) return `${root}${file}`;
      return dir === root ? `${dir}${file}` : `${dir}/${file}`;
    },
    toNamespacedPath: (name) => name,
  };
  path.posix = path;
  lib.path = path;
})
