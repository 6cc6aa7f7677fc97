#!/usr/bin/env node
// The command `polycode`: installs languages, runs programs, judges cases.
"use strict";

const native = require("../lib/native.js");

process.exitCode = native.command(["polycode", ...process.argv.slice(2)]);
