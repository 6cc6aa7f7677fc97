"use strict";

const { call, invalid } = require("./errors.js");
const { isStore, nativeStore } = require("./hooks.js");
const native = require("./native.js");

/** The names of the rules that every store keeps. */
function storeRules() {
  return native.rules();
}

/** Tries the rules that every store keeps on stores of the host's own. */
async function checkStore(fresh, { rules = storeRules(), signal } = {}) {
  const checked = [];
  for (const name of rules) {
    const store = await fresh();
    if (!isStore(store)) {
      throw invalid("store", "has get, scan and write");
    }
    const thrown = [];
    const own = nativeStore(noted(store, thrown));
    const tried = (eventLoop, number, cancel) => native.checkRule(eventLoop, number, name, own, cancel);
    const broken = await call(tried, signal);
    const [cause] = thrown;
    checked.push({ name, ...(broken !== null && { broken }), ...(thrown.length > 0 && { cause }) });
  }
  return checked;
}

/** A store, with what it throws. */
function noted(store, thrown) {
  const method = (name) => async (...given) => {
    try {
      return await store[name](...given);
    } catch (error) {
      thrown.push(error);
      throw error;
    }
  };
  return { get: method("get"), scan: method("scan"), write: method("write") };
}

module.exports = { checkStore, storeRules };
