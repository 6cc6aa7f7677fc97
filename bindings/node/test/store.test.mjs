// A store of the host's own, written in JavaScript. The stories are told over it, too.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Engine, PolycodeError, choice, code } from "polycode";

import { double, draft, runner } from "./common.mjs";
import { Shelf } from "./shelf.mjs";

const even = { content: "doubles", component: "even", answer: choice("two", "four") };

test("what is kept is there for the next engine", async () => {
  const shelf = new Shelf();
  const engine = await Engine.open(shelf, { runner });
  await engine.createContent(draft);
  const answer = code("javascript", double);
  await engine.submit({ user: "ada", content: "doubles", component: "double", answer });
  const { balance } = await engine.submit({ user: "ada", ...even });
  assert.equal(balance, 10);
  engine.close();
  assert.equal(shelf.kept.get("wallet ada"), '1\n{"user":"ada","balance":10}');
  const next = await Engine.open(shelf, { runner });
  assert.equal((await next.wallet("ada")).balance, 10);
  next.close();
});

test("many at the same time lose nothing", async () => {
  const shelf = new Shelf();
  // Two engines over one store, as two processes have them.
  const engines = await Promise.all([1, 2].map(() => Engine.open(shelf, { runner })));
  await engines[0].createContent(draft);
  const users = Array.from({ length: 32 }, (_, number) => `user-${number}`);
  await Promise.all(users.map((user, number) => engines[number % 2].submit({ user, ...even })));
  const events = await engines[0].events({ limit: 1_000 });
  assert.deepEqual(
    events.map(({ cursor }) => cursor),
    events.map((_, index) => index + 1),
  );
  const advanced = events.filter(({ subject }) => subject === "progress").map(({ event }) => event.user);
  assert.deepEqual(new Set(advanced), new Set(users));
  engines.forEach((engine) => engine.close());
});

test("what a store throws is told", async () => {
  const shelf = new Shelf();
  const engine = await Engine.open(shelf, { runner });
  for (const [thrown, temporary] of [
    [new Error("the network is down"), true],
    [Object.assign(new Error("the disk is gone"), { temporary: false }), false],
  ]) {
    const write = shelf.write;
    shelf.write = () => {
      throw thrown;
    };
    await assert.rejects(engine.createContent(draft), (error) => {
      assert.ok(error instanceof PolycodeError);
      assert.deepEqual([error.code, error.temporary, error.cause], ["store_failed", temporary, thrown]);
      return true;
    });
    shelf.write = write;
  }
  shelf.scan = () => [["no", "pair", "at all"]];
  await assert.rejects(engine.contents(), /the host's store gave a wrong answer/);
  engine.close();
});

test("what is no store is told by field", async () => {
  await assert.rejects(Engine.open({ get() {} }), { code: "invalid", errors: [{ field: "store", message: "is a URL or a store, not object" }] });
});
