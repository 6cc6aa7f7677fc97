// The document held against what the server does, by schemathesis with all of its checks: no
// failure of the server, no status or schema that is not documented, nothing wrong taken and
// nothing right refused.

import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { startServer } from "../browser/server.js";
import { run, token } from "./people.js";

const here = fileURLToPath(new URL(".", import.meta.url));
const python = process.env.POLYCODE_PYTHON ?? "";
// The limits of every parameter and field, once. By hand there is more: with the phases
// `coverage,fuzzing,stateful`, so many examples of each, and another seed.
const phases = process.env.POLYCODE_CONTRACT_PHASES ?? "coverage";
const examples = process.env.POLYCODE_CONTRACT_EXAMPLES ?? "3";
const seed = process.env.POLYCODE_CONTRACT_SEED ?? "1";
// Seconds for each of the two, which all operations share; what takes the longest of them is to make
// cases up. With 300 there are some 14,500 for each, which take three minutes.
const time = process.env.POLYCODE_CONTRACT_SECONDS ?? "90";

let server;
let mails;
// What schemathesis leaves where it runs.
let scratch;

before(async () => {
  assert.ok(python, "POLYCODE_PYTHON names an environment of Python");
  mails = await mkdtemp(join(tmpdir(), "polycode-mails-"));
  scratch = await mkdtemp(join(tmpdir(), "polycode-contract-"));
  const rates = ["reads", "writes", "attempts"].flatMap((kind) => [`--${kind}-per-minute`, "1000000"]);
  server = await startServer(["--mail-folder", mails, "--admin", "admin@example.org", ...rates]);
});

after(async () => {
  assert.equal(await server?.stop(), 0, "the server stops well when asked to");
  await rm(mails, { recursive: true });
  await rm(scratch, { recursive: true });
});

async function hold(more) {
  // One worker: two threads of Python 3.11 that read a program's text at once may fail (gh-106905).
  const args = [
    "--config-file", join(here, "schemathesis.toml"), "run", `${server.address}/openapi.json`,
    "--phases", phases, "--max-examples", examples, "--seed", seed, "--max-time", time, "--workers", "1",
    "--no-color", ...more,
  ];
  // Its tables of characters take half a minute to make: they stay where they were made once.
  const tables = { HYPOTHESIS_STORAGE_DIRECTORY: join(python, "hypothesis") };
  const env = { ...process.env, ...tables, SCHEMATHESIS_HOOKS: "hooks", PYTHONPATH: here };
  const held = run(join(python, "bin/schemathesis"), args, { cwd: scratch, env });
  console.log(await held.catch((error) => Promise.reject(found(error))));
}

/** What was found, without the hundred lines about the run that stand before it. */
function found(error) {
  const start = error.message.search(/^=+ (ERRORS|FAILURES) =+$/m);
  return start < 0 ? error : new Error(error.message.slice(start));
}

const callers = {
  guests: () => hold([]),
  "those who run the platform": async () => {
    const secret = await token(server.address, "admin@example.org", mails);
    await hold(["--header", `Authorization: Bearer ${secret}`]);
  },
};

// Side by side: most of the time goes to making cases up, on one core each.
describe("the contract", { concurrency: true }, () => {
  for (const [name, held] of Object.entries(callers)) test(`${name} are answered as the document says`, held);
});
