"use strict";

/** The name of the native file of this platform, such as `polycode.linux-x64-gnu.node`. */
function nativeName() {
  return `polycode.${process.platform}-${process.arch}${library()}.node`;
}

function library() {
  if (process.platform !== "linux") {
    return "";
  }
  const { glibcVersionRuntime } = process.report.getReport().header;
  return glibcVersionRuntime === undefined ? "-musl" : "-gnu";
}

module.exports = { nativeName };
