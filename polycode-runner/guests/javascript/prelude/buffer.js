// `Buffer`, TextEncoder and TextDecoder.
(function (native, lib) {
  'use strict';

  const encodeText = (text) => native.encode(text.toWellFormed());

  class Buffer extends Uint8Array {
    static from(value, encoding, length) {
      if (typeof value === 'string') return asBuffer(bytesOf(value, encoding));
      if (value instanceof ArrayBuffer) return new Buffer(value, encoding ?? 0, length ?? value.byteLength - (encoding ?? 0));
      if (value?.type === 'Buffer' && Array.isArray(value.data)) return Buffer.from(value.data);
      if (typeof value !== 'object' || value === null) {
        const error = new TypeError(`The first argument must be of type string or an instance of Buffer, ArrayBuffer, or Array or an Array-like Object. Received ${lib.received(value)}`);
        error.code = 'ERR_INVALID_ARG_TYPE';
        throw error;
      }
      const buffer = new Buffer(value.length ?? 0);
      for (let i = 0; i < buffer.length; i++) buffer[i] = value[i];
      return buffer;
    }

    static alloc(size, fill, encoding) {
      const buffer = new Buffer(size);
      return fill === undefined ? buffer : buffer.fill(fill, 0, size, encoding);
    }

    static allocUnsafe(size) {
      return new Buffer(size);
    }

    static isBuffer(value) {
      return value instanceof Buffer;
    }

    static isEncoding(name) {
      return Object.hasOwn(ENCODINGS, `${name}`.toLowerCase());
    }

    static byteLength(value, encoding) {
      return typeof value === 'string' ? bytesOf(value, encoding).length : value.byteLength;
    }

    static concat(list, total = list.reduce((sum, item) => sum + item.length, 0)) {
      const buffer = new Buffer(total);
      let at = 0;
      for (const item of list) {
        if (at >= total) break;
        buffer.set(item.subarray(0, total - at), at);
        at += item.length;
      }
      return buffer;
    }

    static compare(a, b) {
      for (let i = 0; i < Math.min(a.length, b.length); i++) {
        if (a[i] !== b[i]) return a[i] < b[i] ? -1 : 1;
      }
      return Math.sign(a.length - b.length);
    }

    toString(encoding, start = 0, end = this.length) {
      return encodingOf(encoding).decode(this.subarray(Math.max(start, 0), end));
    }

    toJSON() {
      return { type: 'Buffer', data: [...this] };
    }

    equals(other) {
      return Buffer.compare(this, other) === 0;
    }

    compare(other) {
      return Buffer.compare(this, other);
    }

    write(text, offset = 0, length = this.length - offset, encoding = 'utf8') {
      if (typeof offset === 'string') return this.write(text, 0, this.length, offset);
      const bytes = bytesOf(text, encoding).subarray(0, Math.min(length, this.length - offset));
      this.set(bytes, offset);
      return bytes.length;
    }

    copy(target, at = 0, start = 0, end = this.length) {
      const part = this.subarray(start, Math.min(end, start + target.length - at));
      target.set(part, at);
      return part.length;
    }

    slice(start, end) {
      return this.subarray(start, end);
    }

    fill(value, start = 0, end = this.length, encoding = 'utf8') {
      if (typeof value !== 'string') return super.fill(value, start, end);
      const bytes = bytesOf(value, encoding);
      for (let i = start; i < end; i++) this[i] = bytes.length > 0 ? bytes[(i - start) % bytes.length] : 0;
      return this;
    }

    indexOf(value, start = 0, encoding = 'utf8') {
      if (typeof value === 'number') return super.indexOf(value, start);
      const bytes = typeof value === 'string' ? bytesOf(value, encoding) : value;
      for (let i = start; i <= this.length - bytes.length; i++) {
        if (bytes.every((byte, j) => this[i + j] === byte)) return i;
      }
      return -1;
    }

    includes(value, start, encoding) {
      return this.indexOf(value, start, encoding) >= 0;
    }

    [lib.inspect.custom]() {
      const shown = [...this.subarray(0, 50)].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
      const more = this.length - 50;
      return `<Buffer${shown === '' ? '' : ' '}${shown}${more > 0 ? ` ... ${more} more byte${more > 1 ? 's' : ''}` : ''}>`;
    }
  }

  // readUInt8 … writeDoubleBE
  for (const [name, size, method] of [
    ['UInt8', 1, 'Uint8'], ['Int8', 1, 'Int8'], ['UInt16', 2, 'Uint16'], ['Int16', 2, 'Int16'], ['UInt32', 4, 'Uint32'],
    ['Int32', 4, 'Int32'], ['BigUInt64', 8, 'BigUint64'], ['BigInt64', 8, 'BigInt64'], ['Float', 4, 'Float32'],
    ['Double', 8, 'Float64'],
  ]) {
    for (const order of size === 1 ? [''] : ['LE', 'BE']) {
      const view = (buffer) => new DataView(buffer.buffer, buffer.byteOffset, buffer.byteLength);
      const add = (key, value) => Object.defineProperty(Buffer.prototype, key, { value, writable: true, configurable: true });
      const read = function (offset = 0) {
        return view(this)[`get${method}`](offset, order === 'LE');
      };
      const write = function (value, offset = 0) {
        view(this)[`set${method}`](offset, value, order === 'LE');
        return offset + size;
      };
      add(`read${name}${order}`, read);
      add(`write${name}${order}`, write);
      add(`read${name.replace('UInt', 'Uint')}${order}`, read);
      add(`write${name.replace('UInt', 'Uint')}${order}`, write);
    }
  }

  const latin1 = {
    encode: (text) => Uint8Array.from(text, (c) => c.charCodeAt(0)),
    decode: (bytes) => {
      let text = '';
      for (const byte of bytes) text += String.fromCharCode(byte);
      return text;
    },
  };
  const utf8 = { encode: encodeText, decode: (bytes) => native.utf8(bytes) };
  const base64 = {
    encode: (text) => latin1.encode(atob(text.replace(/-/g, '+').replace(/_/g, '/').replace(/[^A-Za-z0-9+/]/g, ''))),
    decode: (bytes) => btoa(latin1.decode(bytes)),
  };
  const utf16 = {
    encode: (text) => new Uint8Array(Uint16Array.from({ length: text.length }, (_, i) => text.charCodeAt(i)).buffer),
    decode: (bytes) => {
      let text = '';
      for (let i = 0; i + 1 < bytes.length; i += 2) text += String.fromCharCode(bytes[i] | (bytes[i + 1] << 8));
      return text;
    },
  };
  const ENCODINGS = {
    utf8, 'utf-8': utf8, latin1, binary: latin1, base64, utf16le: utf16, ucs2: utf16, 'ucs-2': utf16, 'utf-16le': utf16,
    ascii: { encode: latin1.encode, decode: (bytes) => latin1.decode(bytes.map((byte) => byte & 0x7f)) },
    base64url: {
      encode: base64.encode,
      decode: (bytes) => base64.decode(bytes).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, ''),
    },
    hex: {
      encode: (text) => {
        const pairs = /^(?:[0-9a-fA-F]{2})*/.exec(text)[0];
        return Uint8Array.from({ length: pairs.length / 2 }, (_, i) => parseInt(pairs.slice(2 * i, 2 * i + 2), 16));
      },
      decode: (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(''),
    },
  };

  function encodingOf(name = 'utf8') {
    const key = `${name ?? 'utf8'}`.toLowerCase();
    if (!Object.hasOwn(ENCODINGS, key)) {
      const error = new TypeError(`Unknown encoding: ${name}`);
      error.code = 'ERR_UNKNOWN_ENCODING';
      throw error;
    }
    return ENCODINGS[key];
  }

  function bytesOf(text, encoding) {
    return encodingOf(encoding).encode(text);
  }

  function asBuffer(bytes) {
    return new Buffer(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  class TextEncoder {
    get encoding() {
      return 'utf-8';
    }

    encode(text = '') {
      return encodeText(`${text}`);
    }

    encodeInto(text, target) {
      let written = 0;
      let read = 0;
      for (const character of `${text}`) {
        const bytes = encodeText(character);
        if (written + bytes.length > target.length) break;
        target.set(bytes, written);
        written += bytes.length;
        read += character.length;
      }
      return { read, written };
    }
  }

  class TextDecoder {
    #decoder;
    #name;

    constructor(name = 'utf-8') {
      this.#decoder = encodingOf(name);
      this.#name = `${name}`.toLowerCase() === 'utf8' ? 'utf-8' : `${name}`.toLowerCase();
    }

    get encoding() {
      return this.#name;
    }

    decode(value = new Uint8Array()) {
      const bytes = value instanceof ArrayBuffer
        ? new Uint8Array(value)
        : new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
      return this.#decoder.decode(bytes).replace(/^\ufeff/, '');
    }
  }

  lib.Buffer = Buffer;
  lib.asBuffer = asBuffer;
  lib.bytesOf = bytesOf;
  lib.encodingOf = encodingOf;
  lib.define({ Buffer, TextEncoder, TextDecoder });
})
