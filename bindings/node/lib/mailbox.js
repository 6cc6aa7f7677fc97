"use strict";

const native = require("./native.js");

/** Those who wait for a call, by its number. */
const waiting = new Map();
let last = 0;

const mailbox = new native.Mailbox((letters) => {
  for (const { call, json, failure } of letters) {
    const { resolve, reject } = waiting.get(call);
    waiting.delete(call);
    if (json === undefined) {
      reject(new Error(failure));
    } else {
      resolve(json);
    }
  }
  if (waiting.size === 0) {
    mailbox.rest();
  }
});

/** The JSON that a call of the native half gives; it is handed the mailbox and its number there. */
function posted(begin) {
  return new Promise((resolve, reject) => {
    last = (last + 1) % 2 ** 32;
    begin(mailbox, last);
    waiting.set(last, { resolve, reject });
    if (waiting.size === 1) {
      mailbox.hold();
    }
  });
}

module.exports = { posted };
