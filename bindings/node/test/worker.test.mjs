// Worker threads have engines of their own over the same database.

import assert from "node:assert/strict";
import { once } from "node:events";
import { test } from "node:test";
import { Worker } from "node:worker_threads";

import { draft, withEngine } from "./common.mjs";

const WORK = `
const { parentPort, workerData } = require("node:worker_threads");
const { Engine, choice } = require(workerData.polycode);
(async () => {
  const engine = await Engine.open(workerData.url);
  const outcome = await engine.submit({
    user: workerData.user,
    content: "doubles",
    component: "even",
    answer: choice("two", "four"),
  });
  engine.close();
  parentPort.postMessage(outcome.feedback.verdict);
})();
`;

test(
  "threads answer at the same time, and each answer is booked once",
  withEngine(async (engine, url) => {
    await engine.createContent(draft);
    const polycode = new URL("../index.js", import.meta.url).pathname;
    const users = ["ada", "bob", "eve"];
    const verdicts = users.map(async (user) => {
      const worker = new Worker(WORK, { eval: true, workerData: { polycode, url, user } });
      const [verdict] = await once(worker, "message");
      await once(worker, "exit");
      return verdict;
    });
    assert.deepEqual(await Promise.all(verdicts), users.map(() => "passed"));
    for (const user of users) {
      assert.equal((await engine.submissions(user)).items.length, 1);
    }
  }),
);
