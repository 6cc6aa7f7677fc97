"use strict";

const { setTimeout } = require("node:timers/promises");

const LONGEST_PAUSE = 60_000;

/** A hook that is called with events until it is stopped. */
class Subscription {
  #stop = new AbortController();
  #ended;

  constructor(deliver, { every = 1_000, onError = console.error } = {}) {
    this.#ended = this.#run(deliver, every, onError);
  }

  /** Calls the hook no more, and waits until it is done with what it was called with. */
  async stop() {
    this.#stop.abort();
    await this.#ended;
  }

  async [Symbol.asyncDispose ?? Symbol.for("Symbol.asyncDispose")]() {
    await this.stop();
  }

  async #run(deliver, every, onError) {
    const { signal } = this.#stop;
    let failures = 0;
    while (!signal.aborted) {
      let pause = every;
      try {
        pause = (await deliver()) > 0 ? 0 : every;
        failures = 0;
      } catch (error) {
        if (error.code === "closed") {
          return;
        }
        told(onError, error);
        pause = Math.min(every * 2 ** Math.min(failures, 16), LONGEST_PAUSE);
        failures += 1;
      }
      if (pause > 0) {
        await setTimeout(pause, undefined, { signal }).catch(() => {});
      }
    }
  }
}

/** Tells of an error; what that throws is only shown. */
function told(onError, error) {
  try {
    onError(error);
  } catch (another) {
    console.error(another);
  }
}

module.exports = { Subscription };
