"use strict";

const { checkStore, storeRules } = require("./lib/rules.js");
const { Time } = require("./lib/time.js");

module.exports = { Time, checkStore, storeRules };
