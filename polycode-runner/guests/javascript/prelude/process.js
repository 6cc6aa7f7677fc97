// `process`, with standard input, output and error as streams.
(function (native, lib) {
  'use strict';

  const { EventEmitter } = lib;

  // Bytes of standard input that are read at a time where somebody wants parts of it.
  const PART = 65536;

  // Standard input: all of it is there from the start, or another program writes it. Reading waits
  // for that, so whatever else there is to do is done first.
  class Input extends EventEmitter {
    fd = 0;
    isTTY = undefined;
    readable = true;
    #encoding;
    #decoder;
    #isFlowing = false;
    #isReadable = false;
    #isDone = false;
    #isPaused = false;

    setEncoding(encoding) {
      this.#encoding = encoding ?? 'utf8';
      return this;
    }

    on(name, listener) {
      super.on(name, listener);
      if (name === 'data' && !this.#isPaused) this.resume();
      if (name === 'readable' && !this.#isReadable) {
        this.#isReadable = true;
        lib.nextTick(() => {
          if (!this.#isDone) this.emit('readable');
          this.#end();
        });
      }
      return this;
    }

    addListener(name, listener) {
      return this.on(name, listener);
    }

    once(name, listener) {
      super.once(name, listener);
      if (name === 'data') this.resume();
      return this;
    }

    // The rest of the input, or null at its end.
    read() {
      if (this.#isDone) return null;
      this.#isDone = true;
      const bytes = lib.readInput();
      if (bytes.length === 0) return null;
      return this.#encoding === undefined ? bytes : bytes.toString(this.#encoding);
    }

    // Some bytes, or null at the end.
    readPart() {
      if (this.#isDone) return null;
      const bytes = lib.Buffer.alloc(PART);
      const count = native.read(0, bytes);
      if (count > 0) return bytes.subarray(0, count);
      this.#isDone = true;
      return null;
    }

    resume() {
      this.#isPaused = false;
      if (this.#isFlowing) return this;
      this.#isFlowing = true;
      lib.nextTick(() => this.#flow());
      return this;
    }

    pause() {
      this.#isPaused = true;
      return this;
    }

    #flow() {
      if (this.#isPaused) {
        this.#isFlowing = false;
        return;
      }
      const data = this.#next();
      if (data === null) {
        this.#end();
        return;
      }
      this.emit('data', data);
      lib.timers.setImmediate(() => this.#flow());
    }

    // Some bytes, or text where an encoding is set; null at the end.
    #next() {
      if (this.#encoding === undefined) return this.readPart();
      this.#decoder ??= new lib.stringDecoder.StringDecoder(this.#encoding);
      for (let part = this.readPart(); part !== null; part = this.readPart()) {
        const text = this.#decoder.write(part);
        if (text !== '') return text;
      }
      return this.#decoder.end() || null;
    }

    #end() {
      if (!this.readable) return;
      lib.nextTick(() => {
        if (!this.readable) return;
        this.#isDone = true;
        this.readable = false;
        this.emit('end');
        this.emit('close');
      });
    }

    isPaused() {
      return this.#isPaused;
    }

    pipe(target) {
      this.on('data', (chunk) => target.write(chunk));
      this.on('end', () => {
        if (target !== lib.process.stdout && target !== lib.process.stderr) target.end?.();
      });
      return target;
    }

    unref() {
      return this;
    }

    ref() {
      return this;
    }

    async *[Symbol.asyncIterator]() {
      for (let data = this.#next(); data !== null; data = this.#next()) yield data;
      this.#end();
    }
  }

  class Output extends EventEmitter {
    writable = true;
    isTTY = undefined;

    constructor(fd) {
      super();
      this.fd = fd;
    }

    write(chunk, encoding, callback) {
      if (typeof chunk !== 'string' && !(chunk instanceof Uint8Array)) {
        const error = new TypeError(`The "chunk" argument must be of type string or an instance of Buffer or Uint8Array. Received ${lib.received(chunk)}`);
        error.code = 'ERR_INVALID_ARG_TYPE';
        throw error;
      }
      native.write(this.fd, typeof chunk === 'string' ? chunk.toWellFormed() : chunk);
      const done = typeof encoding === 'function' ? encoding : callback;
      if (typeof done === 'function') lib.nextTick(done);
      return true;
    }

    end(chunk, ...rest) {
      if (chunk !== undefined && typeof chunk !== 'function') this.write(chunk);
      const done = [chunk, ...rest].find((item) => typeof item === 'function');
      if (done) lib.nextTick(done);
      return this;
    }

    cork() {}

    uncork() {}
  }

  // All of standard input that was not read yet, as a Buffer.
  lib.readInput = () => lib.asBuffer(native.readAll(0));

  let folder = '/box';
  lib.cwd = () => folder;

  const process = new EventEmitter();
  let code;
  Object.assign(process, {
    title: 'node',
    argv: [],
    argv0: 'node',
    execArgv: [],
    execPath: '/usr/bin/node',
    env: {},
    pid: 1,
    ppid: 0,
    platform: 'linux',
    arch: 'wasm32',
    version: 'v20.0.0',
    versions: { node: '20.0.0', quickjs: '0.16.0' },
    release: { name: 'node' },
    config: {},
    stdin: new Input(),
    stdout: new Output(1),
    stderr: new Output(2),
    cwd: () => folder,
    chdir(path) {
      const full = lib.path.resolve(path);
      if (lib.files.kind(full) !== 'folder') throw lib.files.failure('ENOENT', 'chdir', path);
      folder = full;
    },
    umask: () => 0o22,
    uptime: () => globalThis.performance.now() / 1000,
    nextTick: lib.nextTick,
    exit: (status) => lib.exit(status ?? code ?? 0),
    reallyExit: (status) => lib.exit(status ?? 0),
    abort: () => lib.exit(134),
    kill: () => true,
    hrtime(since) {
      const time = native.now();
      const difference = since === undefined ? time : time - (BigInt(since[0]) * 1000000000n + BigInt(since[1]));
      return [Number(difference / 1000000000n), Number(difference % 1000000000n)];
    },
    memoryUsage: () => ({ rss: 0, heapTotal: 0, heapUsed: 0, external: 0, arrayBuffers: 0 }),
    emitWarning(warning) {
      const text = warning instanceof Error ? `${warning.name}: ${warning.message}` : `Warning: ${warning}`;
      native.write(2, `(node:1) ${text}\n`.toWellFormed());
    },
    getuid: () => 0,
    getgid: () => 0,
  });
  process.hrtime.bigint = () => native.now();
  Object.defineProperty(process, 'exitCode', {
    get: () => code,
    set: (value) => {
      code = value;
    },
    enumerable: true,
    configurable: true,
  });
  Object.defineProperty(process, Symbol.toStringTag, { value: 'process', configurable: true });
  lib.process = process;

  let isExiting = false;
  // Ends the program: its exit listeners run, then nothing else does.
  lib.exit = (status) => {
    code = Number(status);
    if (!Number.isInteger(code)) code = 1;
    if (!isExiting) {
      isExiting = true;
      process.emit('exit', code);
    }
    // Only 0 itself is success: 256 is not.
    native.exit(code === 0 ? 0 : code & 0xff || 1);
  };

  // Ends the program for an error that nobody caught, unless a listener takes it.
  lib.die = (error, origin) => {
    if (!isExiting && process.listenerCount('uncaughtException') > 0) {
      try {
        process.emit('uncaughtException', error, origin);
        return;
      } catch (again) {
        native.write(2, lib.report(again, origin));
        native.exit(7);
      }
    }
    native.write(2, lib.report(error, origin));
    code = 1;
    if (!isExiting) {
      isExiting = true;
      try {
        process.emit('exit', 1);
      } catch (again) {
        native.write(2, lib.report(again, origin));
      }
    }
    native.exit(Number.isInteger(code) && code !== 0 ? code & 0xff : 1);
  };

  // The text for an error that nobody caught.
  lib.report = (error, origin) => {
    let text;
    try {
      const isError = native.className(error) === 'Error';
      const at = isError ? lib.errors.place(error) : undefined;
      const excerpt = at === undefined ? undefined : lib.errors.excerpt(at, lib.sourceOf(at.file));
      const start = excerpt === undefined ? '' : `${at.file}:${at.line}\n${excerpt}\n\n`;
      if (isError) text = `${start}${lib.inspect(error).replace(/^\[([^]*)\]$/, '$1')}\n`;
      else if (origin === 'unhandledRejection') text = `Uncaught (in promise) ${lib.inspect(error)}\n`;
      else text = `Uncaught ${lib.inspect(error)}\n`;
    } catch {
      text = 'Uncaught error that can\'t be shown\n';
    }
    return text.toWellFormed();
  };

  lib.define({ process });
  Object.defineProperty(globalThis, 'global', { value: globalThis, writable: true, configurable: true, enumerable: false });
})
