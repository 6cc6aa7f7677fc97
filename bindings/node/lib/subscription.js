"use strict";

const { AsyncLocalStorage } = require("node:async_hooks");
const { setTimeout } = require("node:timers/promises");

const LONGEST_PAUSE = 60_000;

/** The subscription whose hook is running. */
const inside = new AsyncLocalStorage();

/** A hook that is called with events until it is stopped. */
class Subscription {
  #stop = new AbortController();
  #ended;

  constructor(deliver, isOpen, { every = 1_000, onError = console.error } = {}) {
    this.#ended = inside.run(this, () => this.#run(deliver, isOpen, every, onError));
  }

  /**
   * Calls the hook no more, and waits until it is done with what it was called with, unless it is the
   * hook that stops it.
   */
  async stop() {
    this.#stop.abort();
    if (inside.getStore() !== this) {
      await this.#ended;
    }
  }

  async #run(deliver, isOpen, every, onError) {
    const { signal } = this.#stop;
    let failures = 0;
    while (!signal.aborted) {
      let pause = every;
      try {
        pause = (await deliver(signal)) > 0 ? 0 : every;
        failures = 0;
      } catch (error) {
        if (error === signal.reason || !isOpen()) {
          return;
        }
        await told(onError, error);
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
async function told(onError, error) {
  try {
    await onError(error);
  } catch (another) {
    console.error(another);
  }
}

module.exports = { Subscription };
