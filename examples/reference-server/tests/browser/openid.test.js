// Signing in by a real OpenID provider, in a real browser; and what is made of its tokens.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { chromium } from "playwright-core";
import { FLAGS, startServer } from "./server.js";
import { SECRET, startProvider } from "./provider.js";

let provider;
let server;
let browser;

before(async () => {
  provider = await startProvider();
  server = await startServer(
    ["--guests", "read", "--openid-issuer", provider.issuer, "--openid-recheck", "0"],
    { POLYCODE_OPENID_SECRET: SECRET },
  );
  provider.serve(server.address);
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: FLAGS });
});

after(async () => {
  await browser?.close();
  await provider?.stop();
  assert.equal(await server?.stop(), 0, "the server stops well when asked to");
});

/** Signs somebody in, and gives the page that they end on. */
async function signIn(context, name, next = "/docs") {
  // The pages of the provider would like a font from elsewhere.
  await context.route(/googleapis/, (route) => route.abort());
  const page = await context.newPage();
  await page.goto(`${server.address}/openid/sign-in?next=${encodeURIComponent(next)}`);
  await page.locator("input[name=login]").fill(name);
  await page.locator("input[name=password]").fill("anything");
  await page.locator("button[type=submit]").click();
  await page.locator("form:has(input[name=prompt][value=consent]) button").click();
  await page.waitForURL((url) => url.href.startsWith(server.address));
  return page;
}

const session = async (context) => context.request.get(`${server.address}/session`);

async function withToken(token, path = "/own/certificates") {
  return fetch(`${server.address}${path}`, { headers: { authorization: `Bearer ${token}` } });
}

test("SY-1 somebody signs in by the provider, with a session and roles, and signs out of both", async () => {
  const context = await browser.newContext();
  const page = await signIn(context, "ada");
  assert.equal(new URL(page.url()).pathname, "/docs");
  const own = await session(context);
  assert.equal(own.status(), 200);
  assert.deepEqual((await own.json()).roles, ["content_creator"]);
  const [cookie] = (await context.cookies()).filter(({ name }) => name === "polycode_session");
  assert.ok(cookie.httpOnly && cookie.sameSite === "Lax");
  assert.equal((await context.cookies(`${server.address}/`)).some(({ name }) => name === "polycode_openid"), false);

  // The provider still knows them: they are in again without a word, as the same user.
  const again = await context.newPage();
  await again.goto(`${server.address}/openid/sign-in`);
  await again.waitForURL(`${server.address}/`);
  assert.equal((await (await session(context)).json()).user, (await own.json()).user);
  const [later] = (await context.cookies()).filter(({ name }) => name === "polycode_session");
  assert.notEqual(later.value, cookie.value, "each sign-in has a session of its own");

  const farewell = await context.request.post(`${server.address}/openid/sign-out`);
  assert.equal(farewell.status(), 200);
  const { url } = await farewell.json();
  assert.ok(url.startsWith(`${provider.issuer}/session/end?`), url);
  assert.equal((await session(context)).status(), 401);
  await again.goto(url);
  await again.locator("button[name=logout]").click();
  await again.waitForURL(`${server.address}/`);
  await context.close();
});

test("an address that the provider has not made sure of opens no account", async () => {
  const context = await browser.newContext();
  const page = await signIn(context, "eve");
  assert.match(await page.textContent("body"), /has not made sure of your address/);
  assert.equal((await session(context)).status(), 401);
  await context.close();
});

test("nobody comes back who has not left, nor twice, nor elsewhere", async () => {
  const context = await browser.newContext();
  const start = await context.request.get(`${server.address}/openid/sign-in`, { maxRedirects: 0 });
  assert.equal(start.status(), 303);
  const sent = new URL(start.headers().location);
  assert.equal(sent.searchParams.get("code_challenge_method"), "S256");
  for (const name of ["state", "nonce", "code_challenge"]) assert.ok(sent.searchParams.get(name).length >= 20, name);
  const state = sent.searchParams.get("state");
  const back = `${server.address}/openid/callback?code=x&state=`;
  assert.equal((await fetch(back + state)).status, 401, "in another browser");
  assert.equal((await context.request.get(`${back}another`)).status(), 401);
  assert.equal((await context.request.get(back + state)).status(), 401, "the code is wrong");
  assert.equal((await context.request.get(back + state)).status(), 401, "and the state is used up");
  for (const next of ["//evil.example", "https://evil.example", "/\\evil.example", "/%09/evil.example"]) {
    const reply = await fetch(`${server.address}/openid/sign-in?next=${next}`, { redirect: "manual" });
    assert.equal(reply.status, 422, next);
  }
  await context.close();
});

test("SY-2 a service acts by a token of its own", async () => {
  const token = await provider.serviceToken();
  assert.equal((await withToken(token, "/events")).status, 200);
  assert.equal((await fetch(`${server.address}/events`)).status, 401);
});

test("what the provider says of somebody holds in sessions that have begun", async () => {
  const context = await browser.newContext();
  const page = await signIn(context, "ada");
  assert.deepEqual((await (await session(context)).json()).roles, ["content_creator"]);
  provider.people.ada.realm_access.roles.push("assessment_creator", "uma_authorization");
  assert.deepEqual((await (await session(context)).json()).roles, ["content_creator", "assessment_creator"]);
  // Whoever signs out at the provider is signed out here.
  await page.goto(`${provider.issuer}/session/end`);
  await page.locator("button[name=logout]").click();
  await page.waitForURL(/session\/end\/success/);
  assert.equal((await session(context)).status(), 401);
  await context.close();
});

test("a new key of the provider is learnt without a restart", async () => {
  const context = await browser.newContext();
  await signIn(context, "ada");
  const old = await provider.sign();
  assert.equal((await withToken(old)).status, 200);
  await provider.rotate("second");
  assert.equal((await session(context)).status(), 200, "sessions go on");
  assert.equal((await withToken(await provider.sign())).status, 200);
  assert.equal((await withToken(old)).status, 401, "the old key is not there any more");
  // Its keys are not asked for again so soon: until then nobody is signed out.
  await provider.rotate("third");
  assert.equal((await session(context)).status(), 200, "sessions go on by what is known");
  await provider.rotate("second");
  await context.close();
});

test("a session goes on while the provider is in trouble", async () => {
  const json = { "content-type": "application/json" };
  const troubles = {
    "no answer": (_, response) => response.destroy(),
    "a failure": (_, response) => response.writeHead(500).end("oops"),
    "a wrong secret": (_, response) => response.writeHead(401, json).end('{"error":"invalid_client"}'),
  };
  for (const [what, answer] of Object.entries(troubles)) {
    const context = await browser.newContext();
    await signIn(context, "zoe");
    const asked = await provider.during(answer, async () => {
      assert.equal((await session(context)).status(), 200, what);
    });
    assert.equal(asked, 1, what);
    await context.close();
  }
  const context = await browser.newContext();
  await context.route(/googleapis/, (route) => route.abort());
  const page = await context.newPage();
  await provider.during(troubles["a failure"], async () => {
    await page.goto(`${server.address}/openid/sign-in`);
    await page.locator("input[name=login]").fill("zoe");
    await page.locator("input[name=password]").fill("anything");
    await page.locator("button[type=submit]").click();
    const back = page.waitForResponse((response) => response.url().startsWith(`${server.address}/openid/callback`));
    await page.locator("form:has(input[name=prompt][value=consent]) button").click();
    assert.equal((await back).status(), 503, "whoever comes back may try again");
  });
  await context.close();
});

test("a person is no service, whatever their roles are", async () => {
  const reads = async (claims) => {
    const token = await provider.sign({ realm_access: { roles: ["service"] }, ...claims });
    return (await withToken(token, "/events")).status;
  };
  assert.equal(await reads({ sub: "eve" }), 401);
  assert.equal(await reads({ sub: "eve", client_id: "page" }), 401);
  assert.equal(await reads({ sub: "page", client_id: "page" }), 200);
});

test("a token that is not good is told like any other", async () => {
  assert.equal((await withToken(await provider.sign())).status, 200, "a good one is taken");
  const now = Math.floor(Date.now() / 1000);
  const strange = await provider.strangeKey();
  const [header, claims, mark] = (await provider.sign()).split(".");
  const part = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const bad = {
    "alg none": `${part({ alg: "none" })}.${claims}.`,
    "alg None": `${part({ alg: "None" })}.${claims}.`,
    "no signature": `${header}.${claims}.`,
    "the public key as a secret": await provider.confused(),
    "another key": await provider.sign({}, { by: strange }),
    "a key of its own in the header": await provider.sign({}, { by: strange, header: { jwk: { kty: "RSA" } } }),
    "a key elsewhere": await provider.sign({}, { by: strange, header: { jku: "http://127.0.0.1:1/keys" } }),
    "a key by path": await provider.sign({}, { by: strange, header: { kid: "../../dev/null" } }),
    "a key by SQL": await provider.sign({}, { by: strange, header: { kid: "' OR 1=1 --" } }),
    "a key of 10 KB": await provider.sign({}, { by: strange, header: { kid: "k".repeat(10_000) } }),
    "something critical": await provider.sign({}, { header: { crit: ["x"], x: 1 }, crit: { x: true } }),
    "changed claims": `${header}.${part({ iss: provider.issuer, aud: "polycode-api", sub: "root", iat: now, exp: now + 60 })}.${mark}`,
    expired: await provider.sign({ exp: now - 1 }),
    "no end": await provider.sign({ exp: undefined }),
    "an end in words": await provider.sign({ exp: "tomorrow" }),
    "not yet good": await provider.sign({ nbf: now + 600 }),
    "a beginning in words": await provider.sign({ nbf: "now" }),
    "of the future": await provider.sign({ iat: now + 600 }),
    "another audience": await provider.sign({ aud: "another-api" }),
    "no audience": await provider.sign({ aud: undefined }),
    "the client, as an ID token has": await provider.sign({ aud: "polycode" }),
    "an ID token": await provider.sign({ typ: "ID" }),
    "a logout token": await provider.sign({}, { header: { typ: "logout+jwt" } }),
    "another issuer": await provider.sign({ iss: "http://127.0.0.1:1" }),
    "no issuer": await provider.sign({ iss: undefined }),
    "no subject": await provider.sign({ sub: undefined }),
    "an unknown subject": await provider.sign({ sub: "nobody" }),
    "not a token": "a.b.c",
    nothing: "",
  };
  const bodies = new Set();
  for (const [what, token] of Object.entries(bad)) {
    const reply = await withToken(token);
    assert.equal(reply.status, 401, what);
    bodies.add(await reply.text());
  }
  assert.equal(bodies.size, 1, "all are told alike");
});

test("keys that nobody knows cost the provider nothing", async () => {
  const strange = await provider.strangeKey();
  // It is asked once, unless it was just now.
  const first = await provider.sign({}, { by: strange, header: { kid: "unknown" } });
  assert.equal((await withToken(first)).status, 401);
  const before = provider.fetches();
  for (let i = 0; i < 20; i += 1) {
    const token = await provider.sign({}, { by: strange, header: { kid: `unknown-${i}` } });
    assert.equal((await withToken(token)).status, 401);
  }
  assert.equal(provider.fetches(), before);
});
