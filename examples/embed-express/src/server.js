// Serves the site: campaigns open and close, attempts end and are graded, grades are told of.

import { mkdir } from "node:fs/promises";
import { join } from "node:path";

import { Engine } from "polycode";

import { hiringSite } from "./app.js";
import { sampleTest } from "./sample.js";
import { Webhook } from "./webhook.js";

const { HIRING_SECRET, HIRING_RECRUITER, WEBHOOK_URL, DATA = "data", PORT = "3000" } = process.env;
if (!HIRING_SECRET || !HIRING_RECRUITER) {
  throw new Error("set HIRING_SECRET, and HIRING_RECRUITER to the token of a recruiter");
}

await mkdir(DATA, { recursive: true });
const engine = await Engine.open(`sqlite:${join(DATA, "polycode.db")}`);
const recruiter = { name: "recruiter", test: await sampleTest(engine, "recruiter") };
const app = hiringSite({
  engine,
  secret: HIRING_SECRET,
  recruiters: new Map([[HIRING_RECRUITER, recruiter]]),
  send: async ({ to, subject, link }) => console.log(`mail to ${to}: ${subject}: ${link}`),
});
if (WEBHOOK_URL) {
  const webhook = new Webhook({ url: WEBHOOK_URL, secret: HIRING_SECRET });
  // One at a time: a process that dies repeats no more than the last.
  engine.onEvent("webhook", (logged) => webhook.tell(logged), { limit: 1 });
}

/** Does something again and again, a second after it was done. */
function every(work) {
  const again = () => setTimeout(turn, 1_000);
  const turn = () => work().catch(console.error).then(again);
  turn();
}

every(() => engine.tick());
app.listen(Number(PORT), () => console.log(`http://127.0.0.1:${PORT}/`));
