// `readline` and `readline/promises`.
(function (native, lib) {
  'use strict';

  class Interface extends lib.EventEmitter {
    terminal = false;
    line = '';
    #input;
    #output;
    #lines;
    #waiting = [];
    #prompt;
    #isStarted = false;
    #isPaused = false;
    #isScheduled = false;
    closed = false;

    constructor(options, output) {
      super();
      const { input, output: target, prompt = '> ' } = options?.input ? options : { input: options, output };
      this.#input = input;
      this.#output = target;
      this.#prompt = prompt;
      this.#schedule();
    }

    #load() {
      if (this.#lines !== undefined) return;
      const chunk = this.#input.read?.() ?? '';
      const text = typeof chunk === 'string' ? chunk : chunk.toString('utf8');
      this.#lines = text.split(/\r\n|\n|\r/);
      if (this.#lines.at(-1) === '') this.#lines.pop();
      this.#lines.reverse();
    }

    #schedule() {
      if (this.#isScheduled || this.closed) return;
      this.#isScheduled = true;
      lib.timers.setImmediate(() => {
        this.#isScheduled = false;
        this.#step();
      });
    }

    // Gives all lines that somebody listens for; without a listener only to questions.
    #step() {
      this.#load();
      while (!this.closed && !this.#isPaused && this.#lines.length > 0) {
        if (this.#waiting.length > 0) {
          this.#waiting.shift()(this.#lines.pop());
          this.#schedule();
          return;
        }
        if (this.listenerCount('line') === 0 && this.#isStarted) return;
        if (this.listenerCount('line') === 0) {
          this.#isStarted = true;
          this.#schedule();
          return;
        }
        this.emit('line', this.#lines.pop());
      }
      if (!this.closed && !this.#isPaused && this.#lines.length === 0) this.close();
    }

    on(name, listener) {
      super.on(name, listener);
      if (name === 'line') this.#schedule();
      return this;
    }

    question(query, options, callback) {
      const done = typeof options === 'function' ? options : callback;
      if (this.closed) throw Object.assign(new Error('readline was closed'), { code: 'ERR_USE_AFTER_CLOSE' });
      this.#output?.write(query);
      this.#waiting.push(done);
      this.#schedule();
    }

    [Symbol.for('nodejs.util.promisify.custom.question')](query) {
      return new Promise((resolve) => this.question(query, resolve));
    }

    setPrompt(prompt) {
      this.#prompt = prompt;
    }

    getPrompt() {
      return this.#prompt;
    }

    prompt() {
      this.#output?.write(this.#prompt);
    }

    write() {}

    pause() {
      this.#isPaused = true;
      this.emit('pause');
      return this;
    }

    resume() {
      this.#isPaused = false;
      this.emit('resume');
      this.#schedule();
      return this;
    }

    close() {
      if (this.closed) return;
      this.closed = true;
      this.emit('close');
    }

    async *[Symbol.asyncIterator]() {
      this.#isStarted = true;
      this.#load();
      while (!this.closed && this.#lines.length > 0) yield this.#lines.pop();
      this.close();
    }
  }

  class PromiseInterface extends Interface {
    question(query, options) {
      return new Promise((resolve) => super.question(query, options ?? {}, resolve));
    }
  }

  const createInterface = (...args) => new Interface(...args);
  const promises = { createInterface: (...args) => new PromiseInterface(...args), Interface: PromiseInterface };
  lib.readline = {
    createInterface, Interface, promises,
    clearLine: () => true, clearScreenDown: () => true, cursorTo: () => true, moveCursor: () => true, emitKeypressEvents() {},
  };
})
