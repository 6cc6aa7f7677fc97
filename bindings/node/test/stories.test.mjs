// The stories that every face tells alike: the same calls, the same results to the byte.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { PolycodeError } from "polycode";
import { Time } from "polycode/testing";

import { withEngine } from "./common.mjs";
import { Shelf } from "./shelf.mjs";

const require = createRequire(import.meta.url);
const useCases = require("../lib/use-cases.js");
const folder = join(dirname(fileURLToPath(import.meta.url)), "../../../conformance/stories");
const stories = readdirSync(folder).filter((name) => name.endsWith(".json"));

const methods = new Map(
  Object.entries(useCases).map(([method, useCase]) => [useCase.name, { method, ...useCase }]),
);

/** Calls the method of a use case; what it takes by name is given by name. */
function call(engine, name, given) {
  const { method, takes, options } = methods.get(name);
  const named = {};
  for (const [option, [argument, field]] of Object.entries(options)) {
    const value = given[argument];
    named[option] = field === undefined || value === undefined ? value : value[field];
  }
  return engine[method](...takes.map((argument) => given[argument]), named);
}

/** Puts what was saved where a text is `$` and its name. */
function filled(value, saved) {
  if (typeof value === "string" && value.startsWith("$")) {
    return saved[value.slice(1)];
  }
  if (Array.isArray(value)) {
    return value.map((item) => filled(item, saved));
  }
  if (value !== null && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, filled(item, saved)]));
  }
  return value;
}

const at = (value, pointer) =>
  pointer.split("/").slice(1).reduce((part, key) => part?.[key], value) ?? null;

/** What crossed last from the native half: the value, or the failure, of a call. */
let crossed;
const parse = JSON.parse;
const LETTER = /^\{"call":\d+,"(?:value|failure)":(.*)\}$/s;
JSON.parse = (text, reviver) => {
  crossed = LETTER.exec(text)?.[1] ?? crossed;
  return parse(text, reviver);
};

test("there are stories", () => assert.ok(stories.length >= 12));

const told = stories.flatMap((name) => [
  [name, ""],
  [name, ", over a store of the host's own"],
]);

for (const [name, over] of told) {
  const story = JSON.parse(readFileSync(join(folder, name), "utf8"));
  const kept = readFileSync(join(folder, name.replace(/json$/, "results.jsonl")), "utf8");
  const time = new Time(story.now);
  test(
    `${story.id}${over}`,
    withEngine(
      async (host) => {
        const saved = {};
        const results = [];
        for (const step of story.steps) {
          if (step.at !== undefined) {
            time.set(step.at);
          }
          const engine = step.as === undefined ? host : host.actingAs(story.actors[step.as]);
          let result;
          try {
            result = await call(engine, step.call, filled(step.given ?? {}, saved));
          } catch (error) {
            assert.ok(error instanceof PolycodeError, String(error?.stack));
            assert.equal(error.code, step.refused, error.message);
            const { code, message, errors, temporary } = error;
            results.push(JSON.stringify({ code, message, errors, temporary }));
            continue;
          }
          assert.equal(step.refused, undefined, `${step.call} is to be refused`);
          for (const [pointer, expected] of Object.entries(step.expect ?? {})) {
            assert.deepEqual(at(result, pointer), filled(expected, saved), `${step.call}: ${pointer}`);
          }
          for (const [variable, pointer] of Object.entries(step.save ?? {})) {
            saved[variable] = at(result, pointer);
          }
          results.push(crossed.replaceAll(/"wallUs":\d+/g, '"wallUs":0'));
        }
        assert.deepEqual(results, kept.split("\n").slice(0, -1));
      },
      { time, store: over === "" ? undefined : new Shelf() },
    ),
  );
}
