// A store of the host's own, written in JavaScript. The stories are told over it, too.
// What is checked here of the rules that it keeps, Rust and Python check of theirs.

import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate } from "node:timers/promises";

import { Engine, PolycodeError, choice, code } from "polycode";
import { checkStore, storeRules } from "polycode/testing";

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

test("a store of JavaScript keeps the rules of every store", async () => {
  const checked = await checkStore(() => new Shelf());
  assert.deepEqual(
    checked,
    storeRules().map((name) => ({ name })),
  );
  assert.ok(checked.length >= 50);
});

const OVERWRITES = "a_write_that_finds_something_else_changes_nothing";
const WINS = "one_of_many_that_expect_the_same_wins";

/** It writes without looking at what is expected. */
class Careless extends Shelf {
  write(_, changes) {
    return super.write({}, changes);
  }
}

/** It looks, and writes when others may have written meanwhile. */
class Late extends Shelf {
  async write(expected, changes) {
    const kept = await this.get(Object.keys(expected));
    await setImmediate();
    if (Object.entries(expected).some(([key, value]) => (kept[key] ?? null) !== value)) {
      return false;
    }
    return super.write({}, changes);
  }
}

test("a store that is wrong is found out", async () => {
  const there = "a_key_that_is_not_there_is_left_out";
  const careless = await checkStore(async () => new Careless(), { rules: [there, OVERWRITES, WINS] });
  assert.deepEqual(careless[0], { name: there });
  assert.match(careless[1].broken, /was expected and is not so, and `write` gave true/);
  assert.match(careless[2].broken, /16 writes expected the same at the same time/);
  const late = await checkStore(() => new Late(), { rules: [OVERWRITES, WINS] });
  assert.deepEqual(late[0], { name: OVERWRITES });
  assert.match(late[1].broken, /16 writes expected the same at the same time/);
});

test("what a store throws while it is checked is kept", async () => {
  const thrown = new Error("the network is down");
  const write = () => Promise.reject(thrown);
  const [checked] = await checkStore(() => Object.assign(new Shelf(), { write }), { rules: [OVERWRITES] });
  assert.match(checked.broken, /the network is down/);
  assert.equal(checked.cause, thrown);
});

test("what is no rule and no store is told, and checking can be called off", async () => {
  const errors = [{ field: "rules", message: "there is no rule `no_such_rule`" }];
  await assert.rejects(checkStore(() => new Shelf(), { rules: ["no_such_rule"] }), { code: "invalid", errors });
  await assert.rejects(checkStore(() => ({})), { code: "invalid", errors: [{ field: "store", message: "has get, scan and write" }] });
  const silent = { get: () => new Promise(() => {}), scan() {}, write() {} };
  const signal = AbortSignal.timeout(50);
  await assert.rejects(checkStore(() => silent, { signal, rules: [storeRules()[0]] }), { name: "TimeoutError" });
});
