// The event loop: ticks, jobs, immediates and timers. A wait is a sleep of the virtual clock.
(function (native, lib) {
  'use strict';

  const MAX_DELAY = 2 ** 31 - 1;
  let ticks = [];
  let immediates = [];
  let order = 0;
  // A binary heap by due time, then by order of creation.
  const heap = [];
  const timersById = new Map();
  const rejected = new Map();

  const now = native.milliseconds;
  const isBefore = (a, b) => a.due < b.due || (a.due === b.due && a.order < b.order);

  function push(timer) {
    let i = heap.push(timer) - 1;
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if (!isBefore(timer, heap[parent])) break;
      heap[i] = heap[parent];
      i = parent;
    }
    heap[i] = timer;
  }

  function pop() {
    const first = heap[0];
    const last = heap.pop();
    if (heap.length === 0) return first;
    let i = 0;
    for (;;) {
      let child = 2 * i + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && isBefore(heap[child + 1], heap[child])) child += 1;
      if (!isBefore(heap[child], last)) break;
      heap[i] = heap[child];
      i = child;
    }
    heap[i] = last;
    return first;
  }

  class Timeout {
    #isRef = true;

    constructor(callback, args, delay, repeats) {
      Object.defineProperty(this, 'state', { value: { callback, args, delay, repeats, isActive: true, owner: this }, enumerable: false });
    }

    ref() {
      this.#isRef = true;
      return this;
    }

    unref() {
      this.#isRef = false;
      return this;
    }

    hasRef() {
      return this.#isRef;
    }

    refresh() {
      if (this.state.isActive) schedule(this, this.state.delay);
      return this;
    }

    close() {
      clear(this);
      return this;
    }

    [Symbol.toPrimitive]() {
      return this.state.id;
    }
  }

  function checkCallback(callback) {
    if (typeof callback === 'function') return;
    const error = new TypeError(`The "callback" argument must be of type function. Received ${lib.received(callback)}`);
    error.code = 'ERR_INVALID_ARG_TYPE';
    throw error;
  }

  function schedule(timeout, delay) {
    order += 1;
    timeout.state.id ??= order;
    timeout.state.entry = { due: now() + delay, order, timeout };
    timersById.set(timeout.state.id, timeout);
    push(timeout.state.entry);
  }

  function start(callback, delay, args, repeats) {
    checkCallback(callback);
    const wait = Number(delay);
    const timeout = new Timeout(callback, args, wait >= 1 && wait <= MAX_DELAY ? Math.trunc(wait) : 1, repeats);
    schedule(timeout, timeout.state.delay);
    return timeout;
  }

  function clear(handle) {
    const timeout = handle instanceof Timeout ? handle : timersById.get(Number(handle));
    if (timeout === undefined) return;
    timeout.state.isActive = false;
    timersById.delete(timeout.state.id);
  }

  // Runs every tick and every job there is, also those that they add.
  function drain() {
    do {
      while (ticks.length > 0) {
        const batch = ticks;
        ticks = [];
        for (const tick of batch) guarded(tick.callback, tick.args);
      }
      native.runJobs();
    } while (ticks.length > 0);
    if (rejected.size > 0) {
      const [[, reason]] = rejected;
      const promises = [...rejected];
      rejected.clear();
      if (lib.process.listenerCount('unhandledRejection') > 0) {
        for (const [promise, why] of promises) lib.process.emit('unhandledRejection', why, promise);
        drain();
      } else {
        lib.die(reason, 'unhandledRejection');
      }
    }
  }

  function guarded(callback, args, receiver) {
    try {
      callback.apply(receiver, args);
    } catch (error) {
      lib.die(error, 'uncaughtException');
    }
  }

  function isAlive() {
    return heap.some((entry) => entry.timeout.state.isActive && entry.timeout.state.entry === entry && entry.timeout.hasRef());
  }

  function runTimers() {
    const time = now();
    while (heap.length > 0 && heap[0].due <= time) {
      const entry = pop();
      const { state } = entry.timeout;
      if (!state.isActive || state.entry !== entry) continue;
      if (state.repeats) {
        schedule(entry.timeout, state.delay);
      } else {
        state.isActive = false;
        timersById.delete(state.id);
      }
      guarded(state.callback, state.args, entry.timeout);
      drain();
    }
  }

  function runImmediates() {
    const batch = immediates;
    immediates = [];
    for (const immediate of batch) {
      if (!immediate.isActive) continue;
      guarded(immediate.callback, immediate.args);
      drain();
    }
  }

  // Runs until there is nothing left to wait for, or until `isDone` says so.
  function run(isDone = () => false) {
    drain();
    while (!isDone()) {
      runTimers();
      runImmediates();
      if (immediates.length > 0) continue;
      while (heap.length > 0 && (!heap[0].timeout.state.isActive || heap[0].timeout.state.entry !== heap[0])) pop();
      if (heap.length === 0 || !isAlive()) break;
      const wait = heap[0].due - now();
      if (wait > 0) native.sleep(wait);
    }
  }

  native.onRejection = (promise, reason, isHandled) => {
    if (isHandled) rejected.delete(promise);
    else rejected.set(promise, reason);
  };

  lib.nextTick = (callback, ...args) => {
    checkCallback(callback);
    ticks.push({ callback, args });
  };
  lib.loop = { drain, run, now, count: () => order };

  function promised(begin) {
    return (delay, value) => new Promise((resolve) => begin(() => resolve(value), delay));
  }

  lib.timers = {
    setTimeout: function setTimeout(callback, delay, ...args) {
      return start(callback, delay, args, false);
    },
    setInterval: function setInterval(callback, delay, ...args) {
      return start(callback, delay, args, true);
    },
    setImmediate: function setImmediate(callback, ...args) {
      checkCallback(callback);
      const immediate = { callback, args, isActive: true };
      immediates.push(immediate);
      return immediate;
    },
    clearTimeout: function clearTimeout(timeout) {
      clear(timeout);
    },
    clearInterval: function clearInterval(timeout) {
      clear(timeout);
    },
    clearImmediate: function clearImmediate(immediate) {
      if (immediate) immediate.isActive = false;
    },
  };
  lib.define(lib.timers);
  lib.timersPromises = {
    setTimeout: promised(lib.timers.setTimeout),
    setImmediate: (value) => new Promise((resolve) => lib.timers.setImmediate(resolve, value)),
  };
  lib.timersPromises.scheduler = { wait: (delay) => lib.timersPromises.setTimeout(delay) };

  let origin = 0;
  lib.startClock = () => {
    origin = now();
  };
  lib.define({
    performance: {
      now: () => now() - origin,
      get timeOrigin() {
        return Date.now() - (now() - origin);
      },
      mark() {},
      measure() {},
      toJSON() {
        return { timeOrigin: this.timeOrigin };
      },
    },
  });
})
