// `events`: EventEmitter.
(function (native, lib) {
  'use strict';

  const LISTENERS = Symbol('listeners');

  class EventEmitter {
    #limit = 10;

    on(name, listener) {
      return add(this, name, listener, false);
    }

    addListener(name, listener) {
      return add(this, name, listener, false);
    }

    prependListener(name, listener) {
      return add(this, name, listener, true);
    }

    once(name, listener) {
      return add(this, name, onceOf(this, name, listener), false);
    }

    prependOnceListener(name, listener) {
      return add(this, name, onceOf(this, name, listener), true);
    }

    off(name, listener) {
      const list = listenersOf(this, name);
      const index = list.findLastIndex((item) => item === listener || item.listener === listener);
      if (index >= 0) {
        this[LISTENERS].set(name, list.toSpliced(index, 1));
        if (name !== 'removeListener') this.emit('removeListener', name, listener);
      }
      return this;
    }

    removeListener(name, listener) {
      return this.off(name, listener);
    }

    removeAllListeners(name) {
      if (name === undefined) this[LISTENERS]?.clear();
      else this[LISTENERS]?.delete(name);
      return this;
    }

    emit(name, ...args) {
      if (this[LISTENERS] === undefined && name !== 'error') return false;
      const list = listenersOf(this, name);
      if (list.length === 0) {
        if (name !== 'error') return false;
        if (args[0] instanceof Error) throw args[0];
        const error = new Error(`Unhandled error. (${lib.inspect(args[0])})`);
        error.code = 'ERR_UNHANDLED_ERROR';
        error.context = args[0];
        throw error;
      }
      for (const listener of list) listener.apply(this, args);
      return true;
    }

    listenerCount(name) {
      return listenersOf(this, name).length;
    }

    listeners(name) {
      return listenersOf(this, name).map((listener) => listener.listener ?? listener);
    }

    rawListeners(name) {
      return [...listenersOf(this, name)];
    }

    eventNames() {
      return [...(this[LISTENERS] ?? [])].filter(([, list]) => list.length > 0).map(([name]) => name);
    }

    setMaxListeners(limit) {
      this.#limit = limit;
      return this;
    }

    getMaxListeners() {
      return this.#limit;
    }
  }

  function listenersOf(emitter, name) {
    return emitter[LISTENERS]?.get(name) ?? [];
  }

  function add(emitter, name, listener, isFirst) {
    if (typeof listener !== 'function') {
      const error = new TypeError(`The "listener" argument must be of type function. Received ${lib.received(listener)}`);
      error.code = 'ERR_INVALID_ARG_TYPE';
      throw error;
    }
    if (emitter[LISTENERS] === undefined) {
      Object.defineProperty(emitter, LISTENERS, { value: new Map(), enumerable: false });
    }
    if (listenersOf(emitter, 'newListener').length > 0) emitter.emit('newListener', name, listener.listener ?? listener);
    const list = listenersOf(emitter, name);
    emitter[LISTENERS].set(name, isFirst ? [listener, ...list] : [...list, listener]);
    return emitter;
  }

  function onceOf(emitter, name, listener) {
    if (typeof listener !== 'function') return listener;
    const wrapped = function (...args) {
      emitter.off(name, wrapped);
      return listener.apply(this, args);
    };
    wrapped.listener = listener;
    return wrapped;
  }

  // A promise of an event's arguments.
  function once(emitter, name) {
    return new Promise((resolve, reject) => {
      const onError = (error) => {
        emitter.off(name, onEvent);
        reject(error);
      };
      const onEvent = (...args) => {
        emitter.off('error', onError);
        resolve(args);
      };
      emitter.once(name, onEvent);
      if (name !== 'error') emitter.once('error', onError);
    });
  }

  // How a value that was not expected is named in a message.
  lib.received = (value) => {
    if (value === null || value === undefined) return String(value);
    if (typeof value === 'function') return `function ${value.name}`;
    if (typeof value === 'object') {
      return value.constructor?.name ? `an instance of ${value.constructor.name}` : lib.inspect(value, { depth: -1 });
    }
    const text = lib.inspect(value);
    return `type ${typeof value} (${text.length > 28 ? `${text.slice(0, 25)}...` : text})`;
  };

  // Classes made in the old way, with `EventEmitter.call(this)`, work as well.
  const Callable = new Proxy(EventEmitter, { apply: () => undefined });
  EventEmitter.prototype.constructor = Callable;
  EventEmitter.EventEmitter = Callable;
  EventEmitter.defaultMaxListeners = 10;
  EventEmitter.once = once;
  lib.EventEmitter = Callable;

  class Event {
    constructor(type, options = {}) {
      Object.assign(this, { type: `${type}`, cancelable: Boolean(options.cancelable), defaultPrevented: false });
    }

    preventDefault() {
      this.defaultPrevented = this.cancelable;
    }
  }

  class EventTarget {
    #listeners = new Map();

    addEventListener(type, listener, options) {
      const list = this.#listeners.get(type) ?? [];
      if (list.some((item) => item.listener === listener)) return;
      this.#listeners.set(type, [...list, { listener, once: Boolean(options?.once) }]);
    }

    removeEventListener(type, listener) {
      this.#listeners.set(type, (this.#listeners.get(type) ?? []).filter((item) => item.listener !== listener));
    }

    dispatchEvent(event) {
      event.target = this;
      for (const { listener, once: isOnce } of this.#listeners.get(event.type) ?? []) {
        if (isOnce) this.removeEventListener(event.type, listener);
        if (typeof listener === 'function') listener.call(this, event);
        else listener.handleEvent(event);
      }
      return !event.defaultPrevented;
    }
  }

  lib.define = (values) => {
    for (const [name, value] of Object.entries(values)) {
      Object.defineProperty(globalThis, name, { value, writable: true, configurable: true, enumerable: false });
    }
  };
  lib.define({ Event, EventTarget });
})
