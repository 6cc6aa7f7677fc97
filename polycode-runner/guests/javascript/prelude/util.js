// `util`, `os` and other small modules.
(function (native, lib) {
  'use strict';

  const CUSTOM = Symbol.for('nodejs.util.promisify.custom');
  const isKind = (...kinds) => (value) => kinds.includes(native.className(value));

  function promisify(action) {
    if (typeof action !== 'function') {
      throw Object.assign(new TypeError(`The "original" argument must be of type function. Received ${lib.received(action)}`), { code: 'ERR_INVALID_ARG_TYPE' });
    }
    if (typeof action[CUSTOM] === 'function') return action[CUSTOM];
    if (action === lib.timers.setTimeout) return lib.timersPromises.setTimeout;
    return function promised(...args) {
      return new Promise((resolve, reject) => {
        action.call(this, ...args, (error, value) => (error ? reject(error) : resolve(value)));
      });
    };
  }
  promisify.custom = CUSTOM;

  const typedArray = Object.getPrototypeOf(Uint8Array);

  lib.util = {
    inspect: lib.inspect,
    format: lib.format,
    formatWithOptions: lib.formatWithOptions,
    isDeepStrictEqual: lib.isDeepEqual,
    promisify,
    callbackify: (action) => (...args) => {
      const callback = args.pop();
      action(...args).then((value) => lib.nextTick(callback, null, value), (error) => lib.nextTick(callback, error));
    },
    inherits(child, parent) {
      Object.defineProperty(child, 'super_', { value: parent, writable: true, configurable: true });
      Object.setPrototypeOf(child.prototype, parent.prototype);
    },
    deprecate: (action) => action,
    isArray: Array.isArray,
    stripVTControlCharacters: (text) => text.replace(/\x1b\[[0-9;]*[A-Za-z]/g, ''),
    toUSVString: (text) => `${text}`.toWellFormed(),
    TextEncoder,
    TextDecoder,
    types: {
      isMap: isKind('Map'), isSet: isKind('Set'), isDate: isKind('Date'), isRegExp: isKind('RegExp'), isPromise: isKind('Promise'),
      isNativeError: isKind('Error'), isProxy: isKind('Proxy'), isWeakMap: isKind('WeakMap'), isWeakSet: isKind('WeakSet'),
      isArrayBuffer: isKind('ArrayBuffer'), isDataView: isKind('DataView'),
      isGeneratorFunction: isKind('GeneratorFunction', 'AsyncGeneratorFunction'),
      isGeneratorObject: isKind('Generator', 'AsyncGenerator'),
      isAsyncFunction: isKind('AsyncFunction', 'AsyncGeneratorFunction'),
      isBoxedPrimitive: isKind('Number', 'String', 'Boolean', 'BigInt', 'Symbol'),
      isTypedArray: (value) => value instanceof typedArray,
      isUint8Array: (value) => value instanceof Uint8Array,
    },
  };

  lib.os = {
    EOL: '\n', platform: () => 'linux', type: () => 'Linux', arch: () => 'wasm32', release: () => '0', hostname: () => 'box',
    tmpdir: () => '/tmp', homedir: () => '/box', cpus: () => [], totalmem: () => 0, freemem: () => 0, uptime: () => 0,
    loadavg: () => [0, 0, 0], endianness: () => 'LE', availableParallelism: () => 1, networkInterfaces: () => ({}),
    userInfo: () => ({ username: 'user', uid: 0, gid: 0, shell: null, homedir: '/box' }),
  };

  // Decodes bytes that come in pieces; a character cut in two waits for its other half.
  class StringDecoder {
    #pending = new Uint8Array();

    constructor(encoding = 'utf8') {
      this.encoding = encoding;
    }

    write(chunk) {
      const bytes = lib.Buffer.concat([this.#pending, chunk]);
      let end = bytes.length;
      if (/^utf-?8$/i.test(this.encoding)) {
        for (let back = 1; back <= Math.min(3, bytes.length); back++) {
          const byte = bytes[bytes.length - back];
          if ((byte & 0xc0) === 0x80) continue;
          const size = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
          if (size > back) end = bytes.length - back;
          break;
        }
      }
      this.#pending = bytes.subarray(end);
      return bytes.toString(this.encoding, 0, end);
    }

    end(chunk) {
      const text = chunk === undefined ? '' : this.write(chunk);
      const rest = lib.asBuffer(new Uint8Array(this.#pending)).toString(this.encoding);
      this.#pending = new Uint8Array();
      return text + rest;
    }
  }
  lib.stringDecoder = { StringDecoder };

  const randomInt = (low, high) => {
    const [start, end] = high === undefined ? [0, low] : [low, high];
    return start + Math.floor(Math.random() * (end - start));
  };
  const randomBytes = (size) => lib.Buffer.from(Array.from({ length: size }, () => randomInt(256)));
  lib.crypto = {
    randomInt,
    randomBytes,
    randomUUID() {
      const bytes = randomBytes(16);
      bytes[6] = (bytes[6] & 0x0f) | 0x40;
      bytes[8] = (bytes[8] & 0x3f) | 0x80;
      return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
    },
    getRandomValues(target) {
      const bytes = new Uint8Array(target.buffer, target.byteOffset, target.byteLength);
      bytes.set(randomBytes(bytes.length));
      return target;
    },
  };
  lib.define({ crypto: { randomUUID: lib.crypto.randomUUID, getRandomValues: lib.crypto.getRandomValues } });
})
