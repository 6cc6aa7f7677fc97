"use strict";

const native = require("./native.js");

/** A program: one source text, or several by file name. */
function program(language, source, { entry } = {}) {
  const files = typeof source === "string" ? { [entry ?? native.usualEntry(language)]: source } : source;
  return entry === undefined ? { language, files } : { language, files, entry };
}

/** A program as an answer for a code editor. */
function code(language, source, options) {
  return { kind: "code", ...program(language, source, options) };
}

/** Chosen options as an answer to a question. */
function choice(...selected) {
  return { kind: "choice", selected };
}

module.exports = { choice, code, program };
