"use strict";

const { guest, user } = require("./lib/actors.js");
const { choice, code, program } = require("./lib/answers.js");
const { Engine } = require("./lib/engine.js");
const { PolycodeError } = require("./lib/errors.js");
const { Runner } = require("./lib/runner.js");

module.exports = { Engine, PolycodeError, Runner, choice, code, guest, program, user };
