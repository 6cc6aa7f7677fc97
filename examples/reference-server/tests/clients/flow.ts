// What a learner does, by the client that is made for TypeScript.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import createClient from "openapi-fetch";
import type { components, paths } from "./generated/typescript.js";

type Component = components["schemas"]["ComponentView"];

const [address = "", email = "", step = "", solution = ""] = process.argv.slice(2);
const password = "correct horse battery";
const nobody = createClient<paths>({ baseUrl: address });

/** The code editors in a component, however deep. */
function editors(component: Component): string[] {
  switch (component.kind) {
    case "container":
      return component.components.flatMap(editors);
    case "code_editor":
      return component.languages["javascript"] ? [component.id] : [];
    default:
      return [];
  }
}

async function signUp(): Promise<void> {
  const { error } = await nobody.POST("/accounts", { body: { name: "Ada", email, password } });
  assert.equal(error, undefined);
}

/** A token, by a session that begins once the address is confirmed. */
async function token(): Promise<string> {
  const confirmed = await nobody.POST("/account/confirmation", { body: { secret: step } });
  assert.equal(confirmed.response.status, 204);
  const { data: session, response } = await nobody.POST("/session", { body: { email, password } });
  assert.deepEqual(session?.roles, []);
  const headers = { cookie: response.headers.getSetCookie().join("; ") };
  const refused = await nobody.POST("/account/tokens", { headers, body: { name: "flow", days: 366 } });
  assert.equal(refused.response.status, 422);
  assert.equal(refused.error?.errors[0]?.field, "days");
  const code: components["schemas"]["ErrorCode"] | undefined = refused.error?.errors[0]?.code;
  assert.equal(code, "invalid");
  const made = await nobody.POST("/account/tokens", { headers, body: { name: "flow", days: 1 } });
  assert.equal(made.data?.kind, "user");
  return made.data.secret;
}

async function learn(): Promise<void> {
  const client = createClient<paths>({
    baseUrl: address,
    headers: { authorization: `Bearer ${await token()}` },
  });
  const { data: modules } = await client.GET("/modules", { params: { query: { limit: 100 } } });
  const path = { module: modules?.items[0]?.id ?? "" };
  const { data: module } = await client.GET("/modules/{module}", { params: { path } });
  const slug = module?.contents.find((content) => content.name === "Sum of digits")?.slug ?? "";
  const { data: content } = await client.GET("/contents/{content}", { params: { path: { content: slug } } });
  assert.equal(content?.type, "exercise");
  const component = editors(content.root)[0] ?? "";
  const answer = {
    kind: "code" as const,
    language: "javascript",
    files: { "main.js": await readFile(solution, "utf8") },
  };

  const received = await client.POST("/submissions", {
    params: { query: { wait: false }, header: { "Idempotency-Key": randomUUID() } },
    body: { content: content.id, component, answer },
  });
  assert.equal(received.response.status, 202);
  const of = { params: { path: { submission: received.data?.submission.id ?? "" } } };
  // The events end once it is judged.
  await client.GET("/submissions/{submission}/events", { ...of, parseAs: "text" });
  const { data: judged } = await client.GET("/submissions/{submission}", of);
  assert.equal(judged?.submission.judging.kind, "graded");
  const { data: wallet } = await client.GET("/wallet");

  const body = { content: "no-such-content", component, answer };
  const refused = await client.POST("/submissions", { body });
  assert.equal(refused.data, undefined);
  assert.equal(refused.response.status, 404);
  assert.match(refused.error.errors[0]?.message ?? "", /content/);
  assert.equal(refused.error.errors[0]?.code, "not_found");
  console.log(`${judged.feedback?.verdict}, ${wallet?.balance} polypoints`);
}

await (step === "sign-up" ? signUp() : learn());
