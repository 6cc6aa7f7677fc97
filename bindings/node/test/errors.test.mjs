import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { test } from "node:test";

import { Engine, PolycodeError, choice, code } from "polycode";

import { draft, runner, withEngine } from "./common.mjs";

async function failure(promise) {
  try {
    await promise;
  } catch (error) {
    assert.ok(error instanceof PolycodeError, String(error.stack));
    return error;
  }
  return assert.fail("it should fail");
}

test(
  "every broken rule is named",
  withEngine(async (engine) => {
    const editor = { id: "a", kind: "code_editor", languages: {}, validators: [] };
    const page = { id: "a", kind: "container", components: [editor] };
    const error = await failure(
      engine.createContent({ slug: "x", name: "", type: "exercise", root: page }),
    );
    assert.equal(error.code, "invalid");
    assert.equal(error.temporary, false);
    assert.ok(error.errors.length > 2);
    assert.ok(error.errors.every(({ field, message }) => field !== "" && message !== ""));
    assert.equal((await failure(engine.createContent())).errors[0].field, "draft");
    assert.equal((await failure(engine.createContent({ slug: 7 }))).errors[0].field, "slug");
  }),
);

test(
  "an answer must fit, and texts must be texts",
  withEngine(async (engine) => {
    await engine.createContent(draft);
    const at = { user: "ada", content: "doubles" };
    for (const [component, answer, field] of [
      ["double", choice("two"), "answer.kind"],
      ["double", code("cobol", "DISPLAY 1."), "answer.language"],
      ["even", choice("nine"), "answer.selected"],
      ["page", choice("two"), "component"],
      [7, choice("two"), "component"],
    ]) {
      const error = await failure(engine.submit({ ...at, component, answer }));
      assert.deepEqual(error.errors.map(({ field }) => field), [field]);
    }
    assert.deepEqual((await engine.submissions("ada")).items, []);
  }),
);

test(
  "what is not there is not found",
  withEngine(async (engine) => {
    assert.equal((await failure(engine.content("nothing"))).code, "not_found");
    const id = "00000000-0000-7000-8000-000000000000";
    assert.equal((await failure(engine.report(id))).code, "not_found");
    assert.equal((await failure(engine.submission("nothing"))).code, "invalid");
    assert.equal((await failure(engine.events({ after: -1 }))).errors[0].field, "after");
    assert.equal((await failure(engine.contents({ limit: 0 }))).errors[0].field, "limit");
  }),
);

test("a store that can't be opened, and an engine that was closed", async () => {
  const error = await failure(Engine.open("mysql://somewhere", { runner }));
  assert.equal(error.code, "store_failed");
  const engine = await Engine.open("memory:", { runner });
  engine.close();
  assert.equal((await failure(engine.wallet("ada"))).code, "closed");
});

test("both kinds of module share their classes", async () => {
  const required = createRequire(import.meta.url)("polycode");
  assert.equal(required.Engine, Engine);
  assert.equal(required.PolycodeError, PolycodeError);
});
