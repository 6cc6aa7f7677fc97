"use strict";

const { Time } = require("./lib/time.js");

module.exports = { Time };
