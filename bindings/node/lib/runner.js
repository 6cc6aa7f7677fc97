"use strict";

const { readFile } = require("node:fs/promises");

const { program } = require("./answers.js");
const { call, errorOf, write } = require("./errors.js");
const native = require("./native.js");

/** A sandbox for untrusted programs. */
class Runner {
  /** @internal */
  native;

  constructor({ home, workers, queue } = {}) {
    try {
      this.native = new native.Runner(home, workers, queue);
    } catch (thrown) {
      throw errorOf(thrown);
    }
  }

  async run(source, { language, entry, signal, ...rest }) {
    const run = { program: program(language, source, { entry }), ...rest };
    const json = write("program", run);
    return await call((eventLoop, number, cancel) => this.native.run(eventLoop, number, json, cancel), signal);
  }

  async judge(given, { signal } = {}) {
    const isFile = typeof given === "string" || given instanceof URL;
    const json = isFile ? await readFile(given, "utf8") : write("case", given);
    return await call((eventLoop, number, cancel) => this.native.judge(eventLoop, number, json, cancel), signal);
  }
}

module.exports = { Runner };
