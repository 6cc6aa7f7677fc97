// Clients for TypeScript and Python, made from the document of the real server: they are free of
// type errors, and do what a learner does.

import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { course, startServer } from "../browser/server.js";
import { run, secretFor } from "./people.js";

const here = fileURLToPath(new URL(".", import.meta.url));
const generated = join(here, "generated");
const document = join(generated, "openapi.json");
const solution = join(course, "digit-sum/submissions/passed/javascript/main.js");
// An environment of Python that has what `requirements.txt` names.
const python = process.env.POLYCODE_PYTHON ?? "";

let server;
let mails;

before(async () => {
  assert.ok(python, "POLYCODE_PYTHON names an environment of Python");
  mails = await mkdtemp(join(tmpdir(), "polycode-mails-"));
  server = await startServer(["--mail-folder", mails]);
  await rm(generated, { recursive: true, force: true });
  await mkdir(generated);
  const described = await fetch(`${server.address}/openapi.json`);
  await writeFile(document, await described.text());
});

after(async () => {
  assert.equal(await server?.stop(), 0, "the server stops well when asked to");
  await rm(mails, { recursive: true });
});

/** Lets a program do what a learner does; what the mail to it says is told to it. */
async function learn(program, flow, email, options) {
  const args = [flow, server.address, email];
  const secret = secretFor(email, mails);
  await run(program, [...args, "sign-up"], options);
  const said = await run(program, [...args, await secret, solution], options);
  assert.match(said, /passed, 10 polypoints/);
}

test("a client for TypeScript has no type errors and works", async () => {
  const tool = (name) => join(here, "node_modules/.bin", name);
  const types = join(generated, "typescript.d.ts");
  // What has a default may be left out of a request.
  const args = [document, "--output", types, "--default-non-nullable=false"];
  assert.doesNotMatch(await run(tool("openapi-typescript"), args, { cwd: here }), /warn|error/i);
  await run(tool("tsc"), ["--project", here]);
  await learn("node", join(generated, "flow.js"), "ada@example.org");
});

test("a client for Python has no type errors and works", async () => {
  const path = `${join(python, "bin")}:${process.env.PATH}`;
  const env = { ...process.env, PATH: path, MYPYPATH: generated, PYTHONPATH: generated };
  const options = { cwd: generated, env };
  const made = ["--output-path", join(generated, "polycode_client"), "--meta", "none"];
  const config = ["--config", join(here, "openapi-python-client.yaml"), "--fail-on-warning"];
  await run("openapi-python-client", ["generate", "--path", document, ...made, ...config], options);
  const flow = join(here, "flow.py");
  await run("mypy", ["--config-file", join(here, "mypy.ini"), flow, "polycode_client"], options);
  await learn("python", flow, "grace@example.org", options);
});
