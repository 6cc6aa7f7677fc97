import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import { Runner, program } from "polycode";

import { runner } from "./common.mjs";

test("a program runs, with the same fuel in every run", async () => {
  for (const [language, source] of [
    ["javascript", "console.log('hello')"],
    ["python", "print('hello')"],
  ]) {
    const results = await Promise.all([1, 2, 3].map(() => runner.run(source, { language })));
    assert.deepEqual(results.map((result) => result.stdout), Array(3).fill("hello\n"));
    assert.equal(results[0].verdict, "passed");
    assert.deepEqual(results[0].ending, { kind: "exited", code: 0 });
    assert.equal(new Set(results.map((result) => result.fuel)).size, 1);
  }
});

test("a program gets its input and leaves files", async () => {
  const source = {
    "main.js": [
      "const fs = require('fs');",
      "const { shout } = require('./tool.js');",
      "fs.writeFileSync('out.txt', shout(fs.readFileSync(0, 'utf8')));",
      "console.log(process.argv.slice(2).join('|'), fs.readFileSync('in.txt', 'utf8'));",
    ].join("\n"),
    "tool.js": "exports.shout = (text) => text.toUpperCase();",
  };
  const result = await runner.run(source, {
    language: "javascript",
    stdin: "grüße",
    args: ["a", "b c"],
    files: { "in.txt": "laid beside" },
    collect: ["out.txt"],
  });
  assert.equal(result.stderr, "");
  assert.equal(result.stdout, "a|b c laid beside\n");
  assert.deepEqual(result.files, { "out.txt": "GRÜSSE" });
});

test("a program that fails says why", async () => {
  const limits = { timeMs: 100 };
  const endless = "console.log('begun'); while (true) {}";
  const slow = await runner.run(endless, { language: "javascript", limits });
  assert.deepEqual([slow.verdict, slow.stdout], ["time_limit", "begun\n"]);
  const wrong = await runner.run("let let = 1;", { language: "javascript" });
  assert.equal(wrong.verdict, "compile_error");
  assert.match(wrong.diagnostics, /main\.js/);
});

test("the event loop goes on while a program runs", async () => {
  let turns = 0;
  const turn = setInterval(() => (turns += 1), 0);
  const loop = "for (let i = 0; i < 3e6; i++) {}";
  const result = await runner.run(loop, { language: "javascript", limits: { timeMs: 60_000 } });
  clearInterval(turn);
  assert.equal(result.verdict, "passed");
  assert.ok(turns > 0);
});

test("languages that are not there", async () => {
  const unknown = runner.run("DISPLAY 1.", { language: "cobol" });
  await assert.rejects(unknown, { code: "unknown_language" });
  const home = mkdtempSync(join(tmpdir(), "polycode-"));
  const elsewhere = new Runner({ home });
  const missing = elsewhere.run("print(1)", { language: "python" });
  await assert.rejects(missing, { code: "not_installed", message: /polycode install python/ });
  rmSync(home, { recursive: true });
});

test("a case is judged however it is given", async () => {
  const wanted = {
    id: "hello",
    ...program("javascript", "console.log('hello')"),
    validators: [
      { id: "right", kind: "output", expected: "hello" },
      { id: "wrong", kind: "output", expected: "bye" },
    ],
  };
  const report = await runner.judge(wanted);
  assert.deepEqual([report.verdict, report.score], ["wrong_answer", 500_000]);
  const folder = mkdtempSync(join(tmpdir(), "polycode-"));
  const file = join(folder, "case.json");
  writeFileSync(file, JSON.stringify(wanted));
  assert.equal((await runner.judge(file)).score, 500_000);
  writeFileSync(file, '{"id": "x"}');
  await assert.rejects(runner.judge(file), { code: "invalid", message: /language/ });
  rmSync(folder, { recursive: true });
});
