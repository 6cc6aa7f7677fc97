import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";

import { Engine, choice, code } from "polycode";

import { double, draft, root, runner, secret, withEngine } from "./common.mjs";

const programs = {
  javascript: double,
  python: `n = int(input())\nprint(n * 2)\nif n == 7: print('${secret}')\n`,
};

for (const [language, source] of Object.entries(programs)) {
  test(
    `an answer in ${language} is judged, graded and rewarded`,
    withEngine(async (engine) => {
      const content = await engine.createContent(draft);
      const answer = code(language, source);
      const submitting = { user: "ada", content: "doubles", component: "double", answer };
      const first = await engine.submit(submitting);
      assert.equal(first.feedback.verdict, "passed");
      assert.equal(first.feedback.hiddenPassed, true);
      assert.equal(first.awarded, 0);

      const even = { user: "ada", content: content.value.id, component: "even" };
      const partly = await engine.submit({ ...even, answer: choice("two") });
      assert.equal(partly.feedback.score, 500_000);
      assert.deepEqual([partly.awarded, partly.balance], [7, 7]);
      const fully = await engine.submit({ ...even, answer: choice("four", "two") });
      assert.deepEqual([fully.awarded, fully.balance], [3, 10]);
      const again = await engine.submit(submitting);
      assert.deepEqual([again.awarded, again.balance], [0, 10]);

      assert.equal((await engine.wallet("ada")).balance, 10);
      const entries = await engine.entries("ada");
      assert.deepEqual(entries.items.map((entry) => entry.points), [3, 7]);
      const progress = await engine.progress("ada", "doubles");
      assert.deepEqual(progress.best, { double: 1_000_000, even: 1_000_000 });
    }),
  );
}

test(
  "everything is there after opening again",
  withEngine(async (engine, url) => {
    await engine.createContent(draft);
    const answer = choice("two");
    const outcome = await engine.submit({
      user: "ada",
      content: "doubles",
      component: "even",
      answer,
    });
    engine.close();
    const reopened = await Engine.open(url, { runner });
    const { id } = outcome.submission;
    assert.deepEqual(await reopened.submission(id), outcome.submission);
    assert.deepEqual(await reopened.feedback(id), outcome.feedback);
    assert.deepEqual(await reopened.answer(id), answer);
    reopened.close();
  }),
);

test(
  "what is hidden stays hidden",
  withEngine(async (engine) => {
    await engine.createContent(draft);
    const answer = code("javascript", "console.log(require('fs').readFileSync(0, 'utf8') * 2)");
    const at = { content: "doubles", component: "double", answer };
    const outcome = await engine.submit({ user: "ada", ...at });
    assert.equal(outcome.feedback.verdict, "wrong_answer");
    assert.equal(outcome.feedback.hiddenPassed, false);
    const seen = JSON.stringify([outcome, await engine.content("doubles")]);
    assert.ok(!seen.includes(secret) && !seen.includes('"secret"'));
    const report = await engine.report(outcome.submission.id);
    assert.deepEqual(
      report.judgements.map((judgement) => judgement.verdict),
      ["passed", "wrong_answer"],
    );
    await assert.rejects(engine.runValidator({ validator: "secret", ...at }), {
      code: "not_found",
    });
    const feedback = await engine.runValidator({ validator: "open", ...at });
    assert.equal(feedback.validators[0].run.stdout.text, "42\n");
  }),
);

test(
  "a submission can be graded later, once",
  withEngine(async (engine) => {
    await engine.createContent(draft);
    const answer = code("javascript", { "main.js": double });
    const submitting = { user: "ada", content: "doubles", component: "double", answer };
    const first = await engine.receive(submitting);
    const second = await engine.receive(submitting);
    assert.deepEqual((await engine.submission(first)).judging, { kind: "pending" });
    assert.equal(await engine.feedback(first), null);
    assert.equal((await engine.grade(first)).feedback.verdict, "passed");
    assert.equal(await engine.gradePending(), 1);
    assert.equal((await engine.submission(second)).judging.kind, "graded");
    await assert.rejects(engine.grade(first), { code: "already_graded" });
  }),
);

test(
  "all of many calls at once are answered, each with its own result",
  withEngine(async (engine) => {
    const users = Array.from({ length: 500 }, (_, number) => `user-${number}`);
    const wallets = await Promise.all(users.map((user) => engine.wallet(user)));
    assert.deepEqual(wallets.map(({ user }) => user), users);
  }),
);

test(
  "awards land once, however many submissions come at the same time",
  withEngine(async (engine) => {
    await engine.createContent(draft);
    const at = { user: "ada", content: "doubles" };
    await engine.submit({ ...at, component: "double", answer: code("javascript", double) });
    const even = { ...at, component: "even", answer: choice("two", "four") };
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => engine.submit(even)));
    assert.equal(outcomes.reduce((sum, outcome) => sum + outcome.awarded, 0), 10);
    assert.equal((await engine.wallet("ada")).balance, 10);

    const log = await engine.events({ limit: 1_000 });
    const credited = log.filter(({ subject }) => subject === "wallet");
    assert.equal(credited.length, 1);
    assert.deepEqual(await engine.events({ after: log[2].cursor, limit: 1_000 }), log.slice(3));
    const page = await engine.submissions("ada", { content: "doubles", limit: 5 });
    const rest = await engine.submissions("ada", { after: page.next, limit: 5 });
    assert.deepEqual([page.items.length, rest.items.length, rest.next], [5, 4, undefined]);
  }),
);

test(
  "the sample course is imported once",
  withEngine(async (engine) => {
    const course = join(root, "examples", "course");
    const imported = await engine.importCourse(course);
    assert.ok(imported.contents.length >= 12);
    assert.deepEqual(await engine.importCourse(course), imported);
    const listed = await engine.contents({ limit: 100 });
    assert.equal(listed.items.length, imported.contents.length);
  }),
);

test(
  "events are followed as they come, until a signal says stop",
  withEngine(async (engine) => {
    const controller = new AbortController();
    const feed = engine.follow({ every: 1, signal: controller.signal });
    const first = feed.next();
    const created = await engine.createContent(draft);
    const { value: published } = await first;
    assert.deepEqual([published.subject, published.event.type], ["content", "published"]);
    const second = feed.next();
    await engine.updateContent(created.value.id, created.version, draft);
    const { value: again } = await second;
    assert.ok(again.cursor > published.cursor);
    for await (const logged of engine.follow({ after: published.cursor })) {
      assert.deepEqual(logged, again);
      break;
    }
    const never = feed.next();
    controller.abort();
    await assert.rejects(never, { name: "AbortError" });
  }),
);
