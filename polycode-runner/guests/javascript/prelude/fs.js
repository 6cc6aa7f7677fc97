// `fs`: files in the sandbox's own memory.
(function (native, lib) {
  'use strict';

  // WASI's error numbers.
  const ERRORS = {
    2: ['EACCES', 'permission denied'], 8: ['EBADF', 'bad file descriptor'], 20: ['EEXIST', 'file already exists'],
    28: ['EINVAL', 'invalid argument'], 31: ['EISDIR', 'illegal operation on a directory'], 33: ['EMFILE', 'too many open files'],
    37: ['ENAMETOOLONG', 'name too long'], 44: ['ENOENT', 'no such file or directory'], 51: ['ENOSPC', 'no space left on device'],
    54: ['ENOTDIR', 'not a directory'], 55: ['ENOTEMPTY', 'directory not empty'], 63: ['EPERM', 'operation not permitted'],
    69: ['EROFS', 'read-only file system'], 76: ['EACCES', 'permission denied'],
  };
  const FLAGS = {
    r: 'r', 'r+': 'rw', rs: 'r', w: 'wct', 'w+': 'rwct', wx: 'wctx', 'wx+': 'rwctx', a: 'wca', 'a+': 'rwca', ax: 'wcax',
  };
  const DEVICES = { '/dev/stdin': 0, '/dev/stdout': 1, '/dev/stderr': 2, '/proc/self/fd/0': 0 };

  function failure(code, call, path, target) {
    const [errno, [, text]] = Object.entries(ERRORS).find(([, [name]]) => name === code) ?? [0, [code, 'i/o error']];
    const where = path === undefined ? '' : ` '${path}'${target === undefined ? '' : ` -> '${target}'`}`;
    const error = new Error(`${code}: ${text}, ${call}${where}`);
    return Object.assign(error, { errno: -Number(errno), code, syscall: call }, path === undefined ? {} : { path });
  }

  // Calls a native function; its errno becomes an error as Node words it.
  function attempt(call, path, action, target) {
    try {
      return action();
    } catch (error) {
      if (!Object.hasOwn(error, 'errno')) throw error;
      throw failure(ERRORS[error.errno]?.[0] ?? `E${error.errno}`, call, path, target);
    }
  }

  function nameOf(path) {
    if (typeof path === 'string') {
      if (path.includes('\0')) throw Object.assign(new TypeError('The argument \'path\' must be a string without null bytes.'), { code: 'ERR_INVALID_ARG_VALUE' });
      return path;
    }
    if (path instanceof Uint8Array) return native.utf8(path);
    if (path?.protocol === 'file:') return path.pathname;
    throw Object.assign(
      new TypeError(`The "path" argument must be of type string or an instance of Buffer or URL. Received ${lib.received(path)}`),
      { code: 'ERR_INVALID_ARG_TYPE' },
    );
  }

  const full = (path) => lib.path.resolve(nameOf(path));
  const encodingIn = (options) => (typeof options === 'string' ? options : options?.encoding ?? undefined);

  function bytesFrom(data, options) {
    if (data instanceof Uint8Array) return data;
    if (ArrayBuffer.isView(data)) return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    if (typeof data === 'string') return lib.bytesOf(data, encodingIn(options));
    throw Object.assign(
      new TypeError(`The "data" argument must be of type string or an instance of Buffer, TypedArray, or DataView. Received ${lib.received(data)}`),
      { code: 'ERR_INVALID_ARG_TYPE' },
    );
  }

  function withFile(path, flags, call, action) {
    const device = DEVICES[typeof path === 'string' ? path : ''];
    if (typeof path === 'number' || device !== undefined) return attempt(call, undefined, () => action(device ?? path));
    const name = full(path);
    if (flags === 'r' && kind(name) === 'folder') throw failure('EISDIR', 'read');
    const fd = attempt('open', nameOf(path), () => native.open(name, flags));
    try {
      return attempt(call, nameOf(path), () => action(fd));
    } finally {
      native.close(fd);
    }
  }

  function kind(path) {
    try {
      return native.stat(path)[0];
    } catch {
      return undefined;
    }
  }

  class Stats {
    constructor([type, size, changed]) {
      this.size = size;
      this.mode = type === 'folder' ? 0o40755 : 0o100644;
      this.mtimeMs = changed;
      this.mtime = new Date(changed);
      Object.defineProperty(this, 'type', { value: type });
    }

    isFile() {
      return this.type === 'file';
    }

    isDirectory() {
      return this.type === 'folder';
    }

    isSymbolicLink() {
      return false;
    }
  }

  class Dirent {
    constructor(parent, name) {
      this.name = name;
      this.path = parent;
      this.parentPath = parent;
      Object.defineProperty(this, 'type', { value: kind(lib.path.join(parent, name)) });
    }

    isFile() {
      return this.type === 'file';
    }

    isDirectory() {
      return this.type === 'folder';
    }

    isSymbolicLink() {
      return false;
    }
  }

  const sync = {
    readFile(path, options) {
      const bytes = withFile(path, 'r', 'read', (fd) => lib.asBuffer(native.readAll(fd)));
      const encoding = encodingIn(options);
      return encoding === undefined || encoding === 'buffer' ? bytes : bytes.toString(encoding);
    },
    writeFile(path, data, options) {
      const flags = FLAGS[options?.flag ?? 'w'];
      withFile(path, flags, 'write', (fd) => native.write(fd, bytesFrom(data, options)));
    },
    appendFile(path, data, options) {
      withFile(path, FLAGS.a, 'write', (fd) => native.write(fd, bytesFrom(data, options)));
    },
    stat(path, options) {
      try {
        return new Stats(attempt('stat', nameOf(path), () => native.stat(full(path))));
      } catch (error) {
        if (options?.throwIfNoEntry === false && error.code === 'ENOENT') return undefined;
        throw error;
      }
    },
    access(path) {
      attempt('access', nameOf(path), () => native.stat(full(path)));
    },
    readdir(path, options) {
      const top = full(path);
      const walk = (folder) => native.list(folder).flatMap((name) => {
        const inner = lib.path.join(folder, name);
        return options?.recursive && kind(inner) === 'folder' ? [inner, ...walk(inner)] : [inner];
      });
      const found = attempt('scandir', nameOf(path), () => walk(top));
      const names = found.map((name) => lib.path.relative(top, name)).sort();
      if (!options?.withFileTypes) return names;
      return names.map((name) => new Dirent(lib.path.dirname(lib.path.join(top, name)), lib.path.basename(name)));
    },
    mkdir(path, options) {
      if (!options?.recursive) {
        attempt('mkdir', nameOf(path), () => native.mkdir(full(path)));
        return undefined;
      }
      let first;
      let at = '';
      for (const segment of full(path).split('/').slice(1)) {
        at += `/${segment}`;
        if (kind(at) === 'folder') continue;
        attempt('mkdir', nameOf(path), () => native.mkdir(at));
        first ??= at;
      }
      return first;
    },
    unlink(path) {
      attempt('unlink', nameOf(path), () => native.unlink(full(path)));
    },
    rmdir(path, options) {
      if (options?.recursive) sync.rm(path, options);
      else attempt('rmdir', nameOf(path), () => native.rmdir(full(path)));
    },
    rm(path, options) {
      const name = full(path);
      const type = kind(name);
      if (type === undefined) {
        if (options?.force) return;
        throw failure('ENOENT', 'rm', nameOf(path));
      }
      if (type === 'folder') {
        if (!options?.recursive) throw failure('EISDIR', 'rm', nameOf(path));
        for (const inner of native.list(name)) sync.rm(`${name}/${inner}`, options);
        attempt('rm', nameOf(path), () => native.rmdir(name));
      } else {
        attempt('rm', nameOf(path), () => native.unlink(name));
      }
    },
    rename(from, to) {
      attempt('rename', nameOf(from), () => native.rename(full(from), full(to)), nameOf(to));
    },
    copyFile(from, to) {
      sync.writeFile(to, sync.readFile(from));
    },
    realpath: (path) => {
      attempt('realpath', nameOf(path), () => native.stat(full(path)));
      return full(path);
    },
    open: (path, flags = 'r') => DEVICES[path] ?? attempt('open', nameOf(path), () => native.open(full(path), FLAGS[flags] ?? 'r')),
    close: (fd) => void attempt('close', undefined, () => native.close(fd)),
  };
  sync.lstat = sync.stat;

  const fs = {
    constants: { F_OK: 0, R_OK: 4, W_OK: 2, X_OK: 1 },
    existsSync: (path) => typeof path === 'string' && kind(full(path)) !== undefined,
    readSync(fd, target, offset, length, position) {
      const options = typeof offset === 'object' && offset !== null ? offset : { offset, length, position };
      const start = options.offset ?? 0;
      const view = new Uint8Array(target.buffer, target.byteOffset + start, options.length ?? target.byteLength - start);
      return attempt('read', undefined, () => native.read(fd, view));
    },
    writeSync(fd, data, offset, length) {
      const bytes = typeof data === 'string' ? data : data.subarray(offset ?? 0, length === undefined ? undefined : (offset ?? 0) + length);
      return attempt('write', undefined, () => native.write(fd, typeof bytes === 'string' ? bytes.toWellFormed() : bytes));
    },
    promises: { constants: { F_OK: 0, R_OK: 4, W_OK: 2, X_OK: 1 } },
    Stats,
    Dirent,
  };
  for (const [name, action] of Object.entries(sync)) {
    fs[`${name}Sync`] = action;
    fs.promises[name] = async (...args) => action(...args);
    fs[name] = (...args) => {
      const callback = args.pop();
      if (typeof callback !== 'function') {
        throw Object.assign(new TypeError(`The "cb" argument must be of type function. Received ${lib.received(callback)}`), { code: 'ERR_INVALID_ARG_TYPE' });
      }
      let outcome;
      try {
        outcome = [null, action(...args)];
      } catch (error) {
        outcome = [error];
      }
      lib.timers.setImmediate(callback, ...outcome);
    };
  }
  fs.exists = (path, callback) => lib.timers.setImmediate(callback, fs.existsSync(path));
  fs.createReadStream = (path, options) => lib.readStream(() => sync.readFile(path, options));
  fs.createWriteStream = (path, options) => lib.writeStream((chunk, isFirst) =>
    (isFirst && options?.flags !== 'a' ? sync.writeFile : sync.appendFile)(path, chunk));

  // A stream of what `read` gives, in one piece.
  lib.readStream = (read) => {
    const stream = new lib.EventEmitter();
    let isStarted = false;
    const flow = () => {
      if (isStarted) return stream;
      isStarted = true;
      lib.timers.setImmediate(() => {
        try {
          const chunk = read();
          if (chunk.length > 0) stream.emit('data', chunk);
        } catch (error) {
          stream.emit('error', error);
          return;
        }
        stream.emit('end');
        stream.emit('close');
      });
      return stream;
    };
    const { on } = stream;
    stream.on = (name, listener) => {
      on.call(stream, name, listener);
      if (name === 'data') flow();
      return stream;
    };
    stream.resume = flow;
    stream.pause = () => stream;
    stream.pipe = (target) => {
      stream.on('data', (chunk) => target.write(chunk));
      return target;
    };
    stream.read = read;
    stream[Symbol.asyncIterator] = async function* chunks() {
      const chunk = read();
      if (chunk.length > 0) yield chunk;
    };
    return stream;
  };

  lib.writeStream = (write) => {
    const stream = new lib.EventEmitter();
    let isFirst = true;
    stream.write = (chunk, ...rest) => {
      write(chunk, isFirst);
      isFirst = false;
      const done = rest.at(-1);
      if (typeof done === 'function') lib.nextTick(done);
      return true;
    };
    stream.end = (chunk, ...rest) => {
      if (isFirst || (chunk !== undefined && typeof chunk !== 'function')) stream.write(typeof chunk === 'function' ? '' : chunk ?? '');
      const done = [chunk, ...rest].find((item) => typeof item === 'function');
      lib.nextTick(() => {
        done?.();
        stream.emit('finish');
        stream.emit('close');
      });
      return stream;
    };
    return stream;
  };

  lib.fs = fs;
  lib.files = { kind, failure };
})
