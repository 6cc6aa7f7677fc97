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

  async run(source, { language, entry, ...rest }) {
    const run = { program: program(language, source, { entry }), ...rest };
    return call(() => this.native.run(write("program", run)));
  }

  async judge(given) {
    const isFile = typeof given === "string" || given instanceof URL;
    const json = isFile ? await readFile(given, "utf8") : write("case", given);
    return call(() => this.native.judge(json));
  }
}

module.exports = { Runner };
