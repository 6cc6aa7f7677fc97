"use strict";

const { setTimeout } = require("node:timers/promises");

const { PolycodeError, call, errorOf, invalid, text, write } = require("./errors.js");
const { isStore, nativeHooks, nativeStore } = require("./hooks.js");
const { Listing } = require("./listing.js");
const native = require("./native.js");
const { Runner } = require("./runner.js");
const { Subscription } = require("./subscription.js");
const useCases = require("./use-cases.js");

const EVENTS_AT_ONCE = 1_000;

/** Every use case of PolyCode over the host's store. */
class Engine {
  #native;

  /** Use `Engine.open`. */
  constructor(handle) {
    this.#native = handle;
  }

  static {
    for (const [method, useCase] of Object.entries(useCases)) {
      const { length } = useCase.takes;
      Object.defineProperty(Engine.prototype, method, {
        configurable: true,
        writable: true,
        value: useCase.lists
          ? function (...given) {
              return this.#list(useCase, given.slice(0, length), given[length] ?? {});
            }
          : function (...given) {
              return this.#call(useCase, given, given[length] ?? {});
            },
      });
    }
  }

  static async open(store, { home, runner = new Runner({ home }), graders, directory, time } = {}) {
    const hooks = nativeHooks({ graders, directory });
    const own = isStore(store) ? nativeStore(store) : undefined;
    if (own === undefined && typeof store !== "string") {
      throw invalid("store", `is a URL or a store, not ${store === null ? "null" : typeof store}`);
    }
    const url = own === undefined ? store : "";
    try {
      return new Engine(await native.Engine.open(url, own, runner.native, hooks, time?.native));
    } catch (thrown) {
      throw errorOf(thrown);
    }
  }

  actingAs(actor) {
    try {
      return new Engine(this.#open.actingAs(write("actor", actor)));
    } catch (thrown) {
      throw errorOf(thrown);
    }
  }

  async importCourse(path, { signal } = {}) {
    const engine = this.#open;
    const folder = text("path", path);
    return await call((eventLoop, number, cancel) => engine.importFolder(eventLoop, number, folder, cancel), signal);
  }

  async *follow({ after = 0, every = 1_000, signal } = {}) {
    for (;;) {
      const events = await this.events({ after, limit: EVENTS_AT_ONCE, signal });
      for (const logged of events) {
        yield logged;
        after = logged.cursor;
      }
      if (events.length === 0) {
        await setTimeout(every, undefined, { signal });
      }
    }
  }

  async consume(consumer, hook, { limit = EVENTS_AT_ONCE, signal } = {}) {
    const place = await this.consumed(consumer, { signal });
    const events = await this.events({ after: place, limit, signal });
    let done = place;
    try {
      for (const logged of events) {
        signal?.throwIfAborted();
        await hook(logged);
        done = logged.cursor;
      }
    } finally {
      if (done !== place) {
        await this.noteConsumed(consumer, done);
      }
    }
    return events.length;
  }

  onEvent(consumer, hook, { limit, ...options } = {}) {
    const deliver = (signal) => this.consume(consumer, hook, { limit, signal });
    return new Subscription(deliver, () => this.#native !== undefined, options);
  }

  close() {
    this.#native = undefined;
  }

  async #call(useCase, given, { signal, ...options }) {
    const engine = this.#open;
    const json = argumentsOf(useCase, given, options);
    return await call((eventLoop, number, cancel) => engine.call(eventLoop, number, useCase.name, json, cancel), signal);
  }

  #list(useCase, given, options) {
    return new Listing((after = options.after) =>
      this.#call(useCase, given, { ...options, after }),
    );
  }

  get #open() {
    if (this.#native === undefined) {
      throw new PolycodeError({ code: "closed", message: "the engine was closed" });
    }
    return this.#native;
  }
}

/** The JSON of a call's arguments by the names that they have on the wire. */
function argumentsOf({ takes, options: known, usual }, given, options) {
  const all = { ...usual };
  for (const [index, name] of takes.entries()) {
    all[name] = given[index];
  }
  for (const [name, value] of Object.entries(options)) {
    if (!Object.hasOwn(known, name)) {
      throw invalid(name, "is no option of this use case");
    }
    const [argument, field] = known[name];
    if (value === undefined) {
      continue;
    }
    all[argument] = field === undefined ? value : { ...all[argument], [field]: value };
  }
  try {
    return JSON.stringify(all);
  } catch {
    // Which of them it is takes long to find out.
    return `{${Object.entries(all).map(([name, value]) => `"${name}":${write(name, value)}`)}}`;
  }
}

module.exports = { Engine };
