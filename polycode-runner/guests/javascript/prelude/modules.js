// `require` and `import`: the program's own files, JSON, and the modules built in here.
(function (native, lib) {
  'use strict';

  const BUILT_IN = {
    assert: () => lib.assert,
    'assert/strict': () => lib.assert.strict,
    buffer: () => ({ Buffer: lib.Buffer, atob, btoa }),
    console: () => lib.console,
    crypto: () => lib.crypto,
    events: () => lib.EventEmitter,
    fs: () => lib.fs,
    'fs/promises': () => lib.fs.promises,
    os: () => lib.os,
    path: () => lib.path,
    'path/posix': () => lib.path,
    perf_hooks: () => ({ performance: globalThis.performance }),
    process: () => lib.process,
    readline: () => lib.readline,
    'readline/promises': () => lib.readline.promises,
    string_decoder: () => lib.stringDecoder,
    timers: () => lib.timers,
    'timers/promises': () => lib.timersPromises,
    util: () => lib.util,
  };
  // Programs in TypeScript come here without their types, under the names that they have.
  const EXTENSIONS = ['', '.js', '.ts', '.json', '.mjs', '.cjs', '.mts', '.cts'];
  const PARAMETERS = 'exports, require, module, __filename, __dirname';
  const cache = Object.create(null);
  const sources = new Map();
  // The files that were found to be ES modules.
  const found = new Set();
  // The module whose function is to be called, and what is looked for in it.
  let wanted;
  // While files are only checked, nothing that they import is loaded.
  let isCheck = false;
  let checked = 0;

  // `main.js` for /box/main.js: what stacks and modules are called by.
  const shortName = (path) => (path.startsWith('/box/') ? path.slice('/box/'.length) : path);
  const fullName = (name) => (name.startsWith('/') ? name : `/box/${name}`);

  function readText(path) {
    let text = native.readText(path);
    if (text.startsWith('\ufeff')) text = text.slice(1);
    sources.set(shortName(path), text);
    return text;
  }

  lib.sourceOf = (name) => sources.get(name);

  function builtInName(name) {
    const plain = name.startsWith('node:') ? name.slice('node:'.length) : name;
    return Object.hasOwn(BUILT_IN, plain) ? plain : undefined;
  }

  function find(path) {
    for (const extension of EXTENSIONS) {
      if (lib.files.kind(path + extension) === 'file') return path + extension;
    }
    // What is written in TypeScript may be imported by the name that it would be compiled to.
    const typed = path.replace(/\.([cm]?)js$/, '.$1ts');
    if (typed !== path && lib.files.kind(typed) === 'file') return typed;
    if (lib.files.kind(path) === 'folder') {
      for (const extension of EXTENSIONS.slice(1)) {
        if (lib.files.kind(`${path}/index${extension}`) === 'file') return `${path}/index${extension}`;
      }
    }
    return undefined;
  }

  function notFound(name, from) {
    const error = new Error(/^\.{0,2}\//.test(name)
      ? `Cannot find module '${name}' (required from ${shortName(from)})`
      : `Cannot find module '${name}': it is neither a file of the program (write './${name}') nor available here`);
    error.code = 'MODULE_NOT_FOUND';
    return error;
  }

  function locate(name, from) {
    if (typeof name !== 'string') {
      throw Object.assign(new TypeError(`The "id" argument must be of type string. Received ${lib.received(name)}`), { code: 'ERR_INVALID_ARG_TYPE' });
    }
    const target = name.startsWith('file://') ? name.slice('file://'.length) : name;
    const path = /^\.{0,2}\/|^\.{1,2}$/.test(target) ? find(lib.path.resolve(lib.path.dirname(from), target)) : undefined;
    if (path === undefined) throw notFound(name, from);
    return path;
  }

  // Whether a text can only be meant as a module, should it be neither that nor a script.
  const looksLikeModule = (source) => /^\s*(?:import\s*[\w{*'"]|export\s)/m.test(source);

  // The parenthesis has to be closed, so that a text with a brace too many is none that is complete; it does not come
  // first, where the engine would look for its end before it reads on.
  const wrapped = (source, end = '') => `0 || (function (${PARAMETERS}) {\n${source}\n${end}})`;

  function compileScript(source, path, end) {
    return native.evalScript(wrapped(source.startsWith('#!') ? `//${source}` : source, end), shortName(path), 0);
  }

  const isModuleName = (path) => path.endsWith('.mjs') || path.endsWith('.mts');

  // { script } or { isModule: true }; throws the syntax error that fits.
  function compile(source, path, end) {
    if (isModuleName(path) || found.has(path)) return { isModule: true };
    try {
      return { script: compileScript(source, path, end) };
    } catch (error) {
      if (/\.c[jt]s$/.test(path) || !(error instanceof SyntaxError)) throw error;
      let moduleError;
      const before = isCheck;
      isCheck = true;
      try {
        native.checkModule(source, shortName(path));
        found.add(path);
        return { isModule: true };
      } catch (other) {
        moduleError = other;
      } finally {
        isCheck = before;
      }
      throw looksLikeModule(source) ? moduleError : scriptError(source, path) ?? error;
    }
  }

  // The error of a text without the wrapper, whose end the author doesn't know of.
  function scriptError(source, path) {
    try {
      native.checkScript(source, shortName(path), 1);
      return undefined;
    } catch (error) {
      return error.message.startsWith('return not') ? undefined : error;
    }
  }

  class Module {
    constructor(path) {
      this.id = path;
      this.filename = path;
      this.path = lib.path.dirname(path);
      this.exports = {};
      this.loaded = false;
      this.children = [];
      this.paths = [];
    }
  }

  function makeRequire(path) {
    const require = (name) => {
      const builtIn = builtInName(`${name}`);
      return builtIn === undefined ? load(locate(name, path)).exports : BUILT_IN[builtIn]();
    };
    require.resolve = (name) => builtInName(name) ?? locate(name, path);
    require.cache = cache;
    require.main = lib.mainModule;
    return require;
  }

  // The CommonJS module of a file, run if it was not yet. What was compiled already is given.
  function load(path, end, compiled) {
    if (cache[path] !== undefined) return cache[path];
    const module = new Module(path);
    if (path.endsWith('.json')) {
      module.exports = parseJson(path);
      cache[path] = module;
      return module;
    }
    const { script } = compiled ?? compile(readText(path), path, end);
    cache[path] = module;
    if (script === undefined) {
      module.exports = namespaceOf(path);
    } else {
      lib.mainModule ??= module;
      try {
        script.call(module.exports, module.exports, makeRequire(path), module, path, module.path, ...(end === undefined ? [] : [wanted]));
      } catch (error) {
        delete cache[path];
        throw error;
      }
    }
    module.loaded = true;
    return module;
  }

  function parseJson(path) {
    try {
      return JSON.parse(readText(path));
    } catch (error) {
      if (error instanceof SyntaxError) error.message = `${shortName(path)}: ${error.message}`;
      throw error;
    }
  }

  // The exports of an ES module that a script requires: it must not await.
  function namespaceOf(path) {
    const promise = import(shortName(path));
    native.runJobs();
    const [state, result] = native.promiseState(promise);
    if (state === 0) throw Object.assign(new Error(`require() cannot be used on a module with top-level await: ${shortName(path)}`), { code: 'ERR_REQUIRE_ASYNC_MODULE' });
    if (state === 2) {
      promise.catch(() => {});
      throw result;
    }
    return result;
  }

  function exportsOf(value) {
    const names = typeof value === 'object' && value !== null || typeof value === 'function' ? Object.keys(value) : [];
    const entries = names.filter((name) => name !== 'default').map((name) => [name, value[name]]);
    return Object.fromEntries([...entries, ['default', value]]);
  }

  native.resolve = (base, name) => {
    if (base.startsWith('polycode:')) return name;
    if (isCheck) {
      checked += 1;
      return `polycode:check/${checked}`;
    }
    if (builtInName(name) !== undefined) return `node:${builtInName(name)}`;
    return shortName(locate(name, fullName(base)));
  };

  native.load = (name) => {
    if (isCheck) return {};
    if (name.startsWith('node:')) return exportsOf(BUILT_IN[builtInName(name)]());
    const path = fullName(name);
    if (path.endsWith('.json')) return { default: parseJson(path) };
    const source = readText(path);
    if (wanted?.path === path && wanted.end !== undefined) return source + wanted.end;
    if (isModuleName(path) || compile(source, path).isModule) return source;
    return exportsOf(load(path).exports);
  };

  native.fillMeta = (meta, name) => {
    const path = fullName(name);
    Object.assign(meta, { url: `file://${path}`, filename: path, dirname: lib.path.dirname(path) });
  };

  // Why a file can't be compiled, or undefined.
  function check(path) {
    const source = readText(path);
    isCheck = true;
    try {
      if (path.endsWith('.json')) JSON.parse(source);
      else if (compile(source, path).isModule && isModuleName(path)) native.checkModule(source, shortName(path));
      return undefined;
    } catch (error) {
      return error;
    } finally {
      isCheck = false;
    }
  }

  // Runs the entry file; gives a promise if it is an ES module.
  function runMain(path) {
    const compiled = compile(readText(path), path);
    if (compiled.isModule) return import(shortName(path));
    load(path, undefined, compiled);
    return undefined;
  }

  // Runs the entry file and gives its function of that name, or a promise of it.
  function findFunction(path, name) {
    const source = readText(path);
    wanted = (value) => {
      wanted.found = value;
    };
    wanted.path = path;
    const isName = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name);
    const end = isName ? `arguments[5](typeof ${name} === 'undefined' ? undefined : ${name});\n` : undefined;
    if (!compile(source, path).isModule) {
      let { exports } = withEnd(path, end);
      if (typeof exports?.[name] === 'function') return exports[name].bind(exports);
      if (typeof wanted.found === 'function') return wanted.found;
      return typeof exports === 'function' && exports.name === name ? exports : undefined;
    }
    // A declaration that is not exported is found through an export that is added.
    const added = `\nexport { ${name} as "polycode:wanted" };\n`;
    isCheck = true;
    try {
      native.checkModule(source + added, shortName(path));
      wanted.end = added;
    } catch {
      wanted.end = undefined;
    } finally {
      isCheck = false;
    }
    return import(shortName(path)).then((space) => {
      const candidates = [space[name], space['polycode:wanted'], space.default?.[name], space.default];
      return candidates.find((item, i) => typeof item === 'function' && (i < 3 || item.name === name || item.name === 'default'));
    });
  }

  function withEnd(path, end) {
    if (end === undefined) return load(path);
    try {
      return load(path, end);
    } catch (error) {
      // A reserved word is no name of a function.
      if (error instanceof SyntaxError && cache[path] === undefined && !wanted.isTried) {
        wanted.isTried = true;
        return load(path);
      }
      throw error;
    }
  }

  lib.modules = { check, findFunction, fullName, runMain, shortName };
})
