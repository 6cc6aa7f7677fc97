// The command that comes with the package.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const command = join(dirname(dirname(fileURLToPath(import.meta.url))), "bin", "polycode.js");
const run = (...args) => spawnSync(process.execPath, [command, ...args], { encoding: "utf8" });

test("a program is run with its output and exit code", () => {
  const folder = mkdtempSync(join(tmpdir(), "polycode-"));
  const [program, given] = [join(folder, "main.js"), join(folder, "given.txt")];
  const source = "process.stdout.write('got ' + require('fs').readFileSync(0, 'utf8')); process.exit(3);";
  writeFileSync(program, source);
  writeFileSync(given, "it");
  const done = run("run", program, "--stdin", given);
  assert.deepEqual([done.stdout, done.status], ["got it", 3], done.stderr);
  rmSync(folder, { recursive: true });
});

test("what can't be done is said", () => {
  const done = run("dance");
  assert.equal(done.status, 2);
  assert.match(done.stderr, /unrecognized subcommand 'dance'/);
  assert.match(run("--version").stdout, /^polycode \d/);
});
