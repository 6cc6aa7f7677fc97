// The cases that every face of PolyCode judges alike.

import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { before, describe, test } from "node:test";

import { PolycodeError } from "polycode";

import { root, runner } from "./common.mjs";

const conformance = join(root, "conformance");
const files = (folder) =>
  readdirSync(join(conformance, folder), { recursive: true })
    .filter((name) => name.endsWith(".json"))
    .map((name) => join(conformance, folder, name))
    .sort();
const judging = files("judging");

/** One attack of each kind in each language; Rust's own tests judge them all. */
function sliceOfAbuse() {
  const kinds = new Map();
  for (const file of files("abuse")) {
    const { language } = JSON.parse(readFileSync(file, "utf8"));
    const kind = `${basename(dirname(file))} ${language}`;
    kinds.set(kind, kinds.get(kind) ?? file);
  }
  return [...kinds.values()];
}

const abuse = sliceOfAbuse();
const cases = [...judging, ...abuse];
const invalid = files("invalid");

/** The reports that the tests in Rust left, by the name of the case. */
function ofRust(folder) {
  const target = process.env.CARGO_TARGET_DIR ?? join(root, "target");
  const kept = join(target, "tmp", `reports-of-${folder}.json`);
  assert.ok(existsSync(kept), "test it first: cargo test -p polycode-runner --test conformance");
  return JSON.parse(readFileSync(kept, "utf8"));
}

/** The text of a report without its times on the wall; the order of its fields is kept. */
function timeless(report) {
  return JSON.stringify(report, (key, value) => (key === "wallUs" ? undefined : value));
}

test("there are cases", () => {
  assert.ok(judging.length >= 60);
  assert.ok(abuse.length >= 60);
  assert.ok(invalid.length >= 10);
});

describe("cases", () => {
  let reports;
  const theirs = { ...ofRust("judging"), ...ofRust("abuse") };
  before(async () => {
    reports = await Promise.all(cases.map((file) => runner.judge(file).catch((error) => error)));
  });
  for (const [index, file] of cases.entries()) {
    test(relative(conformance, file), () => {
      const { expect } = JSON.parse(readFileSync(file, "utf8"));
      const report = reports[index];
      assert.ok(!(report instanceof Error), String(report));
      assert.equal(report.verdict, expect.verdict);
      assert.equal(expect.score ?? report.score, report.score);
      for (const [id, verdict] of Object.entries(expect.validators ?? {})) {
        const judgement = report.judgements.find((judgement) => judgement.validator === id);
        assert.equal(judgement?.verdict, verdict, id);
      }
      assert.equal(timeless(report), timeless(theirs[relative(conformance, file)]));
    });
  }
});

for (const file of invalid) {
  test(`${relative(conformance, file)} is refused`, async () => {
    const fragment = readFileSync(file.replace(/\.json$/, ".error.txt"), "utf8").trim();
    const error = await runner.judge(file).then(
      () => assert.fail("it was judged"),
      (error) => error,
    );
    assert.ok(error instanceof PolycodeError, String(error));
    // What only a runner can see, such as a language that it does not know, is not `invalid`.
    const ofRunner = basename(dirname(file)) === "runner";
    assert.equal(error.code === "invalid", !ofRunner);
    assert.equal(error.temporary, false);
    assert.ok(error.message.includes(fragment), `${error.message} does not say ${fragment}`);
  });
}
