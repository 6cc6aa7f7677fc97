// The document held against what the server does, by schemathesis with all of its checks: no
// failure of the server, no status or schema that is not documented, nothing wrong taken and
// nothing right refused.

import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
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
// Seconds for each of the two; what takes the longest of it is to make the cases up.
const time = process.env.POLYCODE_CONTRACT_SECONDS ?? "60";

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
  const args = [
    "--config-file", join(here, "schemathesis.toml"), "run", `${server.address}/openapi.json`,
    "--phases", phases, "--max-examples", examples, "--seed", seed, "--max-time", time, "--workers", "2",
    "--no-color", ...more,
  ];
  // Its tables of characters take half a minute to make: they stay where they were made once.
  const tables = { HYPOTHESIS_STORAGE_DIRECTORY: join(python, "hypothesis") };
  const env = { ...process.env, ...tables, SCHEMATHESIS_HOOKS: "hooks", PYTHONPATH: here };
  console.log(await run(join(python, "bin/schemathesis"), args, { cwd: scratch, env }));
}

const callers = (process.env.POLYCODE_CONTRACT_CALLERS ?? "guest,admin").split(",");

if (callers.includes("guest")) test("guests are answered as the document says", () => hold([]));

if (callers.includes("admin")) {
  test("those who run the platform are answered as the document says", async () => {
    const secret = await token(server.address, "admin@example.org", mails);
    await hold(["--header", `Authorization: Bearer ${secret}`]);
  });
}
