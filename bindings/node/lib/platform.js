"use strict";

/** The name of this platform, such as `linux-x64-gnu`. */
function platformName() {
  return `${process.platform}-${process.arch}${library()}`;
}

/** The name of the file that holds the native half for this platform. */
function nativeName() {
  return `polycode.${platformName()}.node`;
}

/** The name of the package that brings that file along. */
function packageName() {
  return `polycode-${platformName()}`;
}

function library() {
  switch (process.platform) {
    case "linux":
      return process.report.getReport().header.glibcVersionRuntime === undefined ? "-musl" : "-gnu";
    case "win32":
      return "-msvc";
    default:
      return "";
  }
}

module.exports = { nativeName, packageName, platformName };
