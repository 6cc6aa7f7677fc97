// `readline` and `readline/promises`.
(function (native, lib) {
  'use strict';

  const NEWLINE = 10;

  class Interface extends lib.EventEmitter {
    terminal = false;
    line = '';
    #input;
    #output;
    #lines = [];
    // Bytes of a line whose end was not read yet.
    #rest = lib.Buffer.alloc(0);
    #isEnded = false;
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

    // Reads on until there is a line, or nothing more.
    #load() {
      while (this.#lines.length === 0 && !this.#isEnded) {
        const part = this.#readPart();
        this.#isEnded = part === null;
        const bytes = part === null ? this.#rest : lib.Buffer.concat([this.#rest, part]);
        const whole = part === null ? bytes.length : bytes.lastIndexOf(NEWLINE) + 1;
        this.#rest = bytes.subarray(whole);
        if (whole === 0) continue;
        const lines = bytes.subarray(0, whole).toString('utf8').split(/\r\n|\n|\r/);
        if (lines.at(-1) === '') lines.pop();
        this.#lines = lines.reverse();
      }
    }

    #readPart() {
      if (this.#input.readPart) return this.#input.readPart();
      const chunk = this.#input.read?.() ?? null;
      return typeof chunk === 'string' ? lib.Buffer.from(chunk) : chunk;
    }

    #schedule() {
      if (this.#isScheduled || this.closed) return;
      this.#isScheduled = true;
      lib.timers.setImmediate(() => {
        this.#isScheduled = false;
        this.#step();
      });
    }

    // Gives the lines that are there to who listens for them; without a listener only to questions.
    // Before more is read, which may wait for another program, all else is done.
    #step() {
      if (this.closed || this.#isPaused) return;
      const isWanted = this.#waiting.length > 0 || this.listenerCount('line') > 0;
      if (!isWanted && !this.#isStarted) {
        this.#isStarted = true;
        this.#schedule();
        return;
      }
      if (!isWanted && this.listenerCount('close') === 0) return;
      this.#load();
      if (this.#lines.length === 0) {
        this.close();
        return;
      }
      if (!isWanted) return;
      while (this.#lines.length > 0 && !this.closed && !this.#isPaused) {
        if (this.#waiting.length > 0) {
          this.#waiting.shift()(this.#lines.pop());
          break;
        }
        if (this.listenerCount('line') === 0) break;
        this.emit('line', this.#lines.pop());
      }
      this.#schedule();
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
      for (;;) {
        this.#load();
        if (this.closed || this.#lines.length === 0) break;
        yield this.#lines.pop();
      }
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
