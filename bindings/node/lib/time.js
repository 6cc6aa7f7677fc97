"use strict";

const { errorOf } = require("./errors.js");
const native = require("./native.js");

/** Time that stands where it is put. */
class Time {
  #now;

  constructor(now) {
    this.#now = new Date(now);
    this.native = told(() => new native.Time(this.#now.toISOString()));
  }

  get now() {
    return new Date(this.#now);
  }

  set(now) {
    const date = new Date(now);
    told(() => this.native.set(date.toISOString()));
    this.#now = date;
  }

  advance(milliseconds) {
    this.set(this.#now.getTime() + milliseconds);
  }
}

function told(work) {
  try {
    return work();
  } catch (thrown) {
    throw errorOf(thrown);
  }
}

module.exports = { Time };
