"use strict";

const { nativeName } = require("./platform.js");

function load() {
  const name = nativeName();
  try {
    return require(`../${name}`);
  } catch (error) {
    if (error.code !== "MODULE_NOT_FOUND") {
      throw error;
    }
    const text = `polycode has no native half for this platform: there is no ${name}`;
    throw new Error(text, { cause: error });
  }
}

module.exports = load();
