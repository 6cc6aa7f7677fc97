"use strict";

const { nativeName, packageName, platformName } = require("./platform.js");

/** The native half: what a checkout has built, else what the package of this platform brings along. */
function load() {
  const native = found(`../${nativeName()}`) ?? found(packageName());
  if (native === undefined) {
    throw new Error(
      `polycode has no native half for ${platformName()}: the package ${packageName()} is not installed. ` +
        "It comes with polycode by itself where there is one for this platform, " +
        "unless optional dependencies are left out (`npm install --omit=optional`)",
    );
  }
  return native;
}

/** What a module exports, if it is there. One that is there and can't be loaded throws. */
function found(name) {
  try {
    return require(name);
  } catch (error) {
    const isAbsent = error.code === "MODULE_NOT_FOUND" && error.message.includes(`'${name}'`);
    if (isAbsent) {
      return undefined;
    }
    throw error;
  }
}

module.exports = load();
