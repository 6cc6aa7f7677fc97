// The life of a campaign: a test is made, candidates are invited and sit it, results are read.

import assert from "node:assert/strict";
import { test } from "node:test";

import { choice, code, guest, user } from "polycode";

import { double, draft, withEngine } from "./common.mjs";

const HOUR = 3_600_000;
const after = (ms) => new Date(Date.now() + ms).toISOString();

/** A campaign that is open since an hour ago, of a test with one question. */
async function campaignOf(engine) {
  const author = engine.actingAs(user("grace", "assessment_creator"));
  const content = await engine.createContent(draft);
  const question = { content: content.value.id, version: content.version };
  const made = await author.createTest({ name: "Doubles", pools: [{ questions: [question] }] });
  const campaign = await author.createCampaign(
    { name: "Autumn" },
    {
      test: made.value.id,
      testVersion: made.version,
      startsAt: after(-HOUR),
      endsAt: after(24 * HOUR),
      passMark: 500_000,
    },
  );
  return { author, campaign, question: content.value.id };
}

test(
  "AS-7 AS-18 AS-22 ST-1 a campaign from its test to its results",
  withEngine(async (engine) => {
    const { author, campaign, question } = await campaignOf(engine);
    const people = ["ada", "bob", "eve"].map((name) => ({ name, address: `${name}@example.org` }));
    assert.equal((await author.addCandidates(campaign.id, people)).added, 3);
    await author.scheduleCampaign(campaign.id);
    const sent = await author.inviteCandidates(campaign.id);
    const tokens = Object.fromEntries(sent.map(({ name, token }) => [name, token]));

    const ada = engine.actingAs(user("ada"));
    assert.equal((await ada.invitation(tokens.ada)).cover.name, "Doubles");
    const { candidate } = await ada.acceptInvitation(tokens.ada);
    assert.equal(await engine.actingAs(guest()).declineInvitation(tokens.eve), null);
    await engine.tick();
    const attempt = await ada.startTest(candidate);
    await ada.openQuestion(attempt.id, attempt.seat, question);
    const to = { attempt: attempt.id, seat: attempt.seat, question };
    const answers = { double: code("javascript", double), even: choice("two") };
    for (const [component, answer] of Object.entries(answers)) {
      await ada.answerQuestion({ ...to, component, answer });
    }
    const done = await ada.submitAttempt(attempt.id, attempt.seat);
    assert.equal(done.progress.kind, "finished");
    assert.equal((await engine.tick()).grades, 1);

    const { items } = await author.results(campaign.id, { by: "name" });
    assert.deepEqual(
      items.map(({ name, status, score }) => [name, status, score]),
      [
        ["ada", "TEST_FINISHED", 750_000],
        ["bob", "CONFIRMATION_PENDING", undefined],
        ["eve", "DECLINED", undefined],
      ],
    );
    const passed = { score: { min: 500_000 } };
    const best = await author.results(campaign.id, { by: "score" }, { filter: passed });
    assert.equal(best.items.length, 1);
    assert.equal((await author.resultsSummary(campaign.id)).candidates, 3);
    assert.match(await author.resultsCsv(campaign.id, { by: "score" }), /ada/);
  }),
);

test(
  "a list is a page when it is awaited, and everything when it is iterated",
  withEngine(async (engine) => {
    const { author, campaign } = await campaignOf(engine);
    const people = Array.from({ length: 7 }, (_, index) => ({
      name: `p${index}`,
      address: `p${index}@example.org`,
      tags: index % 2 === 0 ? ["even"] : [],
    }));
    await author.addCandidates(campaign.id, people);
    const first = await author.candidates(campaign.id, { limit: 3 });
    assert.equal(first.items.length, 3);
    const names = [];
    for await (const { profile } of author.candidates(campaign.id, { limit: 3 })) {
      names.push(profile.name);
    }
    assert.deepEqual(names.sort(), people.map(({ name }) => name));
    const even = [];
    for await (const { profile } of author.candidates(campaign.id, { tag: "even", limit: 2 })) {
      even.push(profile.name);
    }
    assert.deepEqual(even.sort(), ["p0", "p2", "p4", "p6"]);
    await assert.rejects(author.candidates(campaign.id, { limit: 0 }), { code: "invalid" });
    await assert.rejects(
      (async () => {
        for await (const _ of author.candidates(campaign.id, { limit: 0 })) {
          assert.fail("there is none");
        }
      })(),
      { code: "invalid" },
    );
  }),
);

test(
  "who may not is refused, and what is no option is said",
  withEngine(async (engine) => {
    const { author, campaign } = await campaignOf(engine);
    const mallory = engine.actingAs(user("mallory"));
    await assert.rejects(mallory.createTest({ name: "x", pools: [] }), { code: "not_allowed" });
    await assert.rejects(mallory.campaign(campaign.id), { code: "not_found" });
    await assert.rejects(author.candidates(campaign.id, { limitt: 3 }), {
      code: "invalid",
      errors: [{ message: "is no option of this use case", field: "limitt" }],
    });
    assert.throws(() => engine.actingAs({ roles: ["queen"] }), { code: "invalid" });
  }),
);

test(
  "a signal calls a call off",
  withEngine(async (engine) => {
    await engine.createContent(draft);
    const aborted = AbortSignal.abort();
    await assert.rejects(engine.wallet("ada", { signal: aborted }), { name: "AbortError" });
    const controller = new AbortController();
    const endless = code("javascript", "while (true) {}");
    const at = { user: "ada", content: "doubles", component: "double" };
    const call = engine.submit({ ...at, answer: endless, signal: controller.signal });
    const reason = new Error("enough");
    controller.abort(reason);
    await assert.rejects(call, reason);
    const { balance } = await engine.wallet("ada", { signal: new AbortController().signal });
    assert.equal(balance, 0);
  }),
);
