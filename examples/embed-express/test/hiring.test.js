// A campaign over HTTP, from the recruiter's order to the grade in another system.

import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { Engine, choice, code } from "polycode";

import { hiringSite } from "../src/app.js";
import { sign } from "../src/people.js";
import { sampleTest } from "../src/sample.js";
import { Webhook } from "../src/webhook.js";

const secret = "of-this-test";
const largest = "console.log(Math.max(...require('fs').readFileSync(0, 'utf8').split(' ')))";
const mails = [];
const told = [];
let folder, engine, site, receiver, receiverFails, webhook;

const listen = async (server) => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return server;
};
const address = (server) => `http://127.0.0.1:${server.address().port}`;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "hiring-"));
  engine = await Engine.open(`sqlite:${join(folder, "polycode.db")}`);
  const rita = { name: "rita", test: await sampleTest(engine, "rita") };
  assert.deepEqual(await sampleTest(engine, "rita"), rita.test, "it is made once");
  const app = hiringSite({
    engine,
    secret,
    recruiters: new Map([["token-of-rita", rita], ["token-of-max", { name: "max" }]]),
    send: async (mail) => void mails.push(mail),
  });
  site = await listen(createServer(app));
  receiver = await listen(
    createServer(async (request, response) => {
      const body = Buffer.concat(await request.toArray()).toString();
      if (receiverFails) {
        response.writeHead(503).end();
        return;
      }
      assert.equal(request.headers["x-signature"], `sha256=${sign(body, secret)}`);
      told.push(JSON.parse(body));
      response.writeHead(204).end();
    }),
  );
  webhook = new Webhook({ url: address(receiver), secret });
});

after(async () => {
  for (const server of [site, receiver]) {
    server.closeAllConnections();
    server.close();
  }
  engine.close();
  await rm(folder, { recursive: true, force: true });
});

/** Asks the site; gives the status, the body and the cookie that it set. */
async function ask(method, path, { body, token, cookie } = {}) {
  const headers = { "content-type": "application/json" };
  if (token) headers.authorization = `Bearer ${token}`;
  if (cookie) headers.cookie = cookie;
  const sent = body === undefined ? undefined : JSON.stringify(body);
  const response = await fetch(address(site) + path, { method, headers, body: sent });
  const set = response.headers.get("set-cookie")?.split(";")[0];
  return { status: response.status, body: await response.json(), cookie: set };
}

async function takeTest(link, answers) {
  const introduction = await ask("GET", link);
  assert.equal(introduction.body.cover.name, "Back-end developer");
  const { body: accepted, cookie } = await ask("POST", `${link}/accept`);
  await engine.tick();
  const started = await ask("POST", `/candidates/${accepted.candidate}/attempt`, { cookie });
  assert.equal(started.status, 201, JSON.stringify(started.body));
  const { id, seat, questions } = started.body;
  for (const [index, { content: question }] of questions.entries()) {
    const at = `/attempts/${id}/questions/${question}?seat=${seat}`;
    const opened = await ask("GET", at, { cookie });
    assert.ok(!JSON.stringify(opened.body).includes("below-zero"), "what is hidden stays hidden");
    const [component, answer] = answers[index];
    const body = { seat, question, component, answer };
    const received = await ask("POST", `/attempts/${id}/answers`, { cookie, body });
    assert.equal(received.status, 200, JSON.stringify(received.body));
  }
  const done = await ask("POST", `/attempts/${id}/submit`, { cookie, body: { seat } });
  assert.equal(done.body.progress.kind, "finished");
  return { id, cookie };
}

test("AS-7 AS-18 AS-22 ST-1 candidates are invited, take the test, and their grades are told", async () => {
  const candidates = ["ada", "bob", "eve"].map((name) => ({ name, address: `${name}@example.org` }));
  const token = "token-of-rita";
  const ordered = await ask("POST", "/campaigns", { token, body: { name: "Autumn", candidates } });
  assert.deepEqual([ordered.status, ordered.body.invited], [201, 3]);
  const links = new Map(mails.map(({ to, link }) => [to, link]));
  assert.equal(links.size, 3);

  const { id: adas } = await takeTest(links.get("ada@example.org"), [
    ["code", code("javascript", largest)],
    ["choice", choice("get", "put")],
  ]);
  const { id: bobs } = await takeTest(links.get("bob@example.org"), [
    ["code", code("javascript", "console.log(9)")],
    ["choice", choice("post")],
  ]);
  while ((await engine.tick()).grades > 0);

  const { body: rows } = await ask("GET", `/campaigns/${ordered.body.id}/results`, { token });
  assert.deepEqual(
    rows.map(({ name, status, score }) => [name, status, score]),
    [
      ["ada", "TEST_FINISHED", 1_000_000],
      ["bob", "TEST_FINISHED", 375_000],
      ["eve", "CONFIRMATION_PENDING", undefined],
    ],
  );

  // A receiver that is down for a while misses nothing, and gets nothing twice once it answers.
  receiverFails = true;
  const deliver = () => engine.consume("webhook", (logged) => webhook.tell(logged));
  await assert.rejects(deliver(), /answered with 503/);
  receiverFails = false;
  while ((await deliver()) > 0);
  assert.deepEqual(
    told.map(({ type, attempt, grade }) => [type, attempt, grade.score]),
    [
      ["attempt.graded", adas, 1_000_000],
      ["attempt.graded", bobs, 375_000],
    ],
  );
});

test("who may not is turned away", async () => {
  const body = { name: "Autumn", candidates: [] };
  assert.equal((await ask("POST", "/campaigns", { body })).status, 401);
  const token = "token-of-rita";
  const made = await ask("POST", "/campaigns", { token, body });
  const others = await ask("GET", `/campaigns/${made.body.id}/results`, { token: "token-of-max" });
  assert.equal(others.status, 404);
  const forged = { cookie: `candidate=ada.${"0".repeat(64)}`, body: { seat: "x" } };
  assert.equal((await ask("POST", "/attempts/x/submit", forged)).status, 401);
  assert.equal((await ask("GET", "/invitations/nonsense")).status, 410);
});

test("what is wrong is told by field", async () => {
  const token = "token-of-rita";
  const wrong = await ask("POST", "/campaigns", { token, body: { name: "", candidates: [] } });
  assert.equal(wrong.status, 422);
  assert.deepEqual(wrong.body.errors.map(({ field }) => field), ["name"]);
});
