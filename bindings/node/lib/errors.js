"use strict";

const { awaited } = require("./event-loop.js");
const { takeThrown } = require("./hooks.js");
const native = require("./native.js");

/** Something that was asked for did not come about. Match on `code`, never on the message. */
class PolycodeError extends Error {
  constructor({ code, message, errors = [{ message }], temporary = false }, options) {
    super(message, options);
    this.name = "PolycodeError";
    this.code = code;
    this.errors = errors;
    this.temporary = temporary;
  }
}

/** The error of what the native half threw: its message is the failure as JSON. */
function errorOf(thrown) {
  try {
    const failure = JSON.parse(thrown.message);
    return typeof failure?.code === "string" ? errorWith(failure) : thrown;
  } catch {
    return thrown;
  }
}

/** The error of a failure. */
function errorWith(failure) {
  const { number } = failure;
  return new PolycodeError(failure, number === undefined ? undefined : { cause: takeThrown(number) });
}

/** The JSON of a value that a caller gave. */
function write(what, value) {
  let json;
  let cause;
  try {
    json = JSON.stringify(value);
  } catch (error) {
    cause = error;
  }
  if (typeof json === "string") {
    return json;
  }
  const message = cause === undefined ? "is missing" : `can't be written as JSON: ${cause.message}`;
  throw invalid(what, message, cause === undefined ? undefined : { cause });
}

/** The error of a field that breaks a rule. */
function invalid(field, message, options) {
  const errors = [{ message, field }];
  return new PolycodeError({ code: "invalid", message: `${field}: ${message}`, errors }, options);
}

/** A text that a caller gave. */
function text(what, value) {
  if (typeof value === "string") {
    return value;
  }
  const message = `is a text, not ${value === null ? "null" : typeof value}`;
  throw invalid(what, message);
}

/** Calls the native half, until the signal says stop, and reads the JSON that it gives. */
function call(work, signal) {
  return signal === undefined || signal === null ? settled(work) : stoppable(work, signal);
}

async function stoppable(work, signal) {
  signal.throwIfAborted();
  const cancel = new native.Cancel();
  const stop = () => cancel.cancel();
  signal.addEventListener("abort", stop, { once: true });
  try {
    return await settled((eventLoop, number) => work(eventLoop, number, cancel));
  } catch (error) {
    throw signal.aborted ? signal.reason : error;
  } finally {
    signal.removeEventListener("abort", stop);
  }
}

/** The value that a native call gives. */
async function settled(work) {
  const { value, failure } = await awaited(work);
  if (failure !== undefined) {
    throw errorWith(failure);
  }
  return value;
}

module.exports = { PolycodeError, call, errorOf, invalid, text, write };
