// Code of the host that the engine calls: events, graders, a directory of users.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Engine, PolycodeError, choice, code, guest } from "polycode";
import { Time } from "polycode/testing";

import { double, draft, runner, withEngine } from "./common.mjs";

const style = {
  slug: "style",
  name: "Style",
  type: "exercise",
  reward: 10,
  root: {
    id: "code",
    kind: "code_editor",
    languages: { javascript: {} },
    validators: [{ id: "short", kind: "host", grader: "length", options: { most: 30 } }],
  },
};
const at = { content: "style", component: "code" };
const short = code("javascript", "console.log(1)");
const long = code("javascript", `console.log(1) // ${"long ".repeat(10)}`);

/** Judges how long the source is. */
function length({ program, options, stdout }) {
  const [source] = Object.values(program.files);
  return source.length <= options.most
    ? { score: 1_000_000, note: `wrote ${stdout.trim()}` }
    : { score: 250_000, reason: "too long" };
}

async function failure(promise) {
  const error = await promise.then(
    () => assert.fail("it should fail"),
    (error) => error,
  );
  assert.ok(error instanceof PolycodeError, String(error?.stack));
  return error;
}

test(
  "a grader of the host judges",
  withEngine(
    async (engine) => {
      await engine.createContent(style);
      const { feedback } = await engine.submit({ user: "ada", ...at, answer: long });
      assert.deepEqual(
        [feedback.verdict, feedback.score, feedback.validators[0].reason],
        ["wrong_answer", 250_000, "too long"],
      );
      const outcome = await engine.submit({ user: "ada", ...at, answer: short });
      assert.deepEqual([outcome.feedback.verdict, outcome.awarded], ["passed", 10]);
      const report = await engine.report(outcome.submission.id);
      assert.equal(report.judgements[0].note, "wrote 1");
      // A program that failed is not asked about.
      const crashed = code("javascript", "throw 1");
      const { feedback: told } = await engine.submit({ user: "ada", ...at, answer: crashed });
      assert.equal(told.verdict, "runtime_error");
    },
    { graders: { length } },
  ),
);

test("a grader that fails is our failure and never a verdict", async () => {
  const boom = new TypeError("no disk");
  let broken = true;
  const grader = async (task) => {
    if (broken) {
      throw boom;
    }
    return length(task);
  };
  const story = async (engine) => {
    await engine.createContent(style);
    const error = await failure(engine.submit({ user: "ada", ...at, answer: short }));
    assert.equal(error.code, "grader_failed");
    assert.match(error.message, /grader `length` failed: no disk/);
    assert.equal(error.cause, boom);
    assert.deepEqual([error.temporary, error.errors.length], [true, 1]);
    const [kept] = (await engine.submissions("ada")).items;
    assert.equal(kept.judging.kind, "pending");
    broken = false;
    assert.equal(await engine.gradePending(10), 1);
    assert.equal((await engine.wallet("ada")).balance, 10);
  };
  await withEngine(story, { graders: { length: grader } })();
});

test("what a grader says must be an opinion", async () => {
  const story = async (engine) => {
    await engine.createContent(style);
    const error = await failure(engine.submit({ user: "ada", ...at, answer: short }));
    assert.match(error.message, /gave a wrong answer/);
  };
  for (const wrong of [{ score: 1_000_001 }, { mark: 3 }, undefined, "passed"]) {
    await withEngine(story, { graders: { length: () => wrong } })();
  }
});

test(
  "a grader that is not there",
  withEngine(async (engine) => {
    await engine.createContent(style);
    const error = await failure(engine.submit({ user: "ada", ...at, answer: short }));
    assert.match(error.message, /has no grader `length`/);
    assert.equal(error.temporary, false);
  }),
);

test("graders wait side by side, and nothing else waits for them", async () => {
  const waiting = [];
  const grader = (task) =>
    new Promise((resolve) => {
      waiting.push(() => resolve(length(task)));
      // None goes on before all were asked.
      if (waiting.length === 8) {
        waiting.forEach((go) => go());
      }
    });
  const story = async (engine) => {
    await engine.createContent(style);
    const users = Array.from({ length: 8 }, (_, index) => `u${index}`);
    const outcomes = await Promise.all(
      users.map((user) => engine.submit({ user, ...at, answer: short })),
    );
    assert.ok(outcomes.every(({ feedback }) => feedback.verdict === "passed"));
  };
  await withEngine(story, { graders: { length: grader } })();
});

test("the host's directory names its users", async () => {
  const people = { ada: { name: "Ada L." }, eve: { name: "Eve", about: "New." } };
  const asked = [];
  const directory = (users) => {
    asked.push(users);
    if (users.includes("nobody")) {
      throw new Error("ldap is away");
    }
    return Object.fromEntries(users.filter((user) => user in people).map((user) => [user, people[user]]));
  };
  const story = async (engine) => {
    await engine.createContent(draft);
    for (const user of ["ada", "bob"]) {
      await engine.submit({ user, content: "doubles", component: "double", answer: code("javascript", double) });
      await advance(engine, user);
    }
    const viewer = engine.actingAs(guest());
    const { items } = await viewer.userRanking();
    assert.deepEqual(items.map(({ user, name }) => [user, name]), [["ada", "Ada L."], ["bob", undefined]]);
    assert.deepEqual(asked, [["ada", "bob"]], "one question for a page");
    assert.equal((await viewer.publicUser("eve")).name, "Eve");
    const error = await failure(viewer.publicUser("nobody"));
    assert.equal(error.code, "directory_failed");
    assert.equal(error.cause.message, "ldap is away");
  };
  await withEngine(story, { directory })();
});

/** Somebody comes further in the content. */
async function advance(engine, user) {
  const answer = choice("two", "four");
  await engine.submit({ user, content: "doubles", component: "even", answer });
}

const who = (seen) =>
  seen
    .filter(({ subject, event }) => subject === "progress" && event.type === "advanced")
    .map(({ event }) => event.user);

test(
  "SY-6 each consumer goes on where it was, also after a restart",
  withEngine(async (engine, url) => {
    const seen = [];
    const hook = (logged) => void seen.push(logged);
    await engine.createContent(draft);
    await advance(engine, "ada");
    assert.equal(await engine.consume("grades", hook), seen.length);
    assert.equal(await engine.consume("grades", hook), 0);
    const again = await Engine.open(url, { runner });
    await advance(again, "bob");
    await again.consume("grades", hook);
    assert.deepEqual(who(seen), ["ada", "bob"]);
    assert.equal(new Set(seen.map(({ id }) => id)).size, seen.length);
    again.close();
  }),
);

test(
  "SY-6 an event for which a hook throws comes again",
  withEngine(async (engine) => {
    await engine.createContent(draft);
    await advance(engine, "ada");
    const seen = [];
    const boom = new Error("boom");
    const thirdFails = async (logged) => {
      if (seen.length === 2) {
        throw boom;
      }
      seen.push(logged.cursor);
    };
    await assert.rejects(engine.consume("grades", thirdFails), boom);
    assert.equal(await engine.consumed("grades"), seen.at(-1));
    await engine.consume("grades", ({ cursor }) => seen.push(cursor));
    const all = (await engine.events()).map(({ cursor }) => cursor);
    assert.deepEqual(seen, all);
  }),
);

test(
  "a hook is called in the background until it is stopped",
  withEngine(async (engine) => {
    await engine.createContent(draft);
    const told = [];
    const seen = [];
    const came = new Promise((resolve) => {
      const hook = (logged) => {
        if (told.length === 0) {
          throw new Error("boom");
        }
        seen.push(logged);
        if (who(seen).length === 1) {
          resolve(subscription);
        }
      };
      const subscription = engine.onEvent("grades", hook, {
        every: 5,
        onError: (error) => told.push(error.message),
      });
    });
    await advance(engine, "ada");
    await (await came).stop();
    assert.deepEqual(told, ["boom"]);
    await advance(engine, "bob");
    assert.deepEqual(who(seen), ["ada"], "nothing comes once it is stopped");
  }),
);

test(
  "nothing comes after a stop in the middle of many events",
  withEngine(async (engine) => {
    await engine.createContent(draft);
    await advance(engine, "ada");
    const seen = [];
    await new Promise((resolve, reject) => {
      const hook = async (logged) => {
        seen.push(logged.cursor);
        // A hook may stop itself, and does not wait for itself then.
        await subscription.stop().then(resolve, reject);
      };
      const subscription = engine.onEvent("grades", hook);
    });
    // What the subscription would still be called with comes before this is answered.
    assert.equal(await engine.consume("another", () => {}), (await engine.events()).length);
    assert.equal(seen.length, 1);
    assert.equal(await engine.consumed("grades"), seen[0]);
  }),
);

test(
  "whatever a hook throws, it is told of and comes again",
  withEngine(async (engine) => {
    await engine.createContent(draft);
    const other = await Engine.open("memory:", { runner });
    other.close();
    const told = [];
    const failing = [
      () => {
        throw null;
      },
      () => other.wallet("ada"),
    ];
    const subscription = await new Promise((resolve) => {
      const hook = async () => (failing.shift() ?? (() => resolve(subscription)))();
      const onError = async (error) => {
        told.push(error);
        throw new Error("nobody listens");
      };
      const subscription = engine.onEvent("grades", hook, { every: 1, onError });
    });
    await subscription.stop();
    assert.equal(told[0], null);
    assert.equal(told[1].code, "closed");
  }),
);

test("time stands where a test puts it", async () => {
  const told = async () => {
    const time = new Time("2026-01-05T09:00:00Z");
    const engine = await Engine.open("memory:", { runner, time });
    const first = (await engine.createContent(style)).value.id;
    time.advance(3_600_000);
    const second = (await engine.createContent({ ...style, slug: "other" })).value.id;
    const hours = (await engine.events()).map(({ at }) => at.slice(11, 13));
    engine.close();
    return [first, second, hours];
  };
  const [first, second, hours] = await told();
  assert.deepEqual(hours, ["09", "10"]);
  assert.deepEqual(await told(), [first, second, hours]);
});
