"use strict";

const native = require("./native.js");

/** What hooks threw and no call has thrown yet, by number; the oldest are forgotten. */
const thrown = new Map();
const MOST_THROWN = 1_000;
let number = 0;

/** The hooks of an engine as the native half calls them, if there are any. */
function nativeHooks({ graders = {}, directory }) {
  const names = Object.keys(graders);
  if (names.length === 0 && directory === undefined) {
    return undefined;
  }
  const call = async (hook, given) => {
    if (hook === "grade") {
      const task = JSON.parse(given);
      return graders[task.grader](task);
    }
    return directory(JSON.parse(given));
  };
  return new native.Hooks(answering(call), names, directory !== undefined);
}

/** Whether it is a store of the host's own. */
function isStore(store) {
  return ["get", "scan", "write"].every((method) => typeof store?.[method] === "function");
}

/** The host's own store as the native half calls it. */
function nativeStore(store) {
  const call = async (method, given) => {
    const asked = JSON.parse(given);
    switch (method) {
      case "get":
        return store.get(asked);
      case "scan":
        return store.scan(asked.first, asked.end, asked.limit, asked.reverse);
      default:
        return store.write(asked.expected, asked.changes);
    }
  };
  return new native.Store(answering(call));
}

/** What the native half reads of what a function of the host promises. */
function answering(call) {
  return async (hook, given) => {
    try {
      return JSON.stringify({ answered: JSON.stringify((await call(hook, given)) ?? null) });
    } catch (error) {
      const message = String(error?.message ?? error);
      const permanent = error?.temporary === false;
      return JSON.stringify({ threw: { message, permanent, number: keep(error) } });
    }
  };
}

function keep(error) {
  number = (number + 1) % 2 ** 32;
  thrown.set(number, error);
  if (thrown.size > MOST_THROWN) {
    thrown.delete(thrown.keys().next().value);
  }
  return number;
}

/** What a hook threw; it is told once. */
function takeThrown(kept) {
  const error = thrown.get(kept);
  thrown.delete(kept);
  return error;
}

module.exports = { isStore, nativeHooks, nativeStore, takeThrown };
