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
  const answer = async (hook, given) => {
    try {
      return JSON.stringify({ answered: JSON.stringify((await call(hook, given)) ?? null) });
    } catch (error) {
      return JSON.stringify({ threw: { message: String(error?.message ?? error), number: keep(error) } });
    }
  };
  return new native.Hooks(answer, names, directory !== undefined);
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

module.exports = { nativeHooks, takeThrown };
