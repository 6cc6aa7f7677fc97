"use strict";

// These, whatever a test puts in place of the globals.
const { setImmediate, setTimeout } = require("node:timers");

const native = require("./native.js");

/** Those who wait for a call, by its number. */
const waiting = new Map();
let last = 0;

const eventLoop = new native.EventLoop(deliver);

function deliver({ letters, again }) {
  for (const json of letters) {
    const letter = JSON.parse(json);
    const { call } = letter;
    const tell = waiting.get(call);
    waiting.delete(call);
    tell(letter);
  }
  if (waiting.size === 0) {
    eventLoop.rest();
  }
  if (again === 0) {
    setImmediate(look);
  } else if (again !== undefined) {
    setTimeout(look, again);
  }
}

function look() {
  deliver(eventLoop.take());
}

/** The `value` or the `failure` of a call of the native half, which is begun with the way to the event loop and its number. */
function awaited(begin) {
  return new Promise((tell) => {
    last = (last + 1) % 2 ** 32;
    begin(eventLoop, last);
    waiting.set(last, tell);
    if (waiting.size === 1) {
      eventLoop.hold();
    }
  });
}

module.exports = { awaited };
