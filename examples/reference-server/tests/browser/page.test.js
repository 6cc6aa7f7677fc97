// What a learner does with the page, in a real browser against the real server.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, beforeEach, afterEach, test } from "node:test";
import { chromium } from "playwright-core";
import { course, FLAGS, startServer } from "./server.js";

let server;
let browser;
let context;
let page;
let complaints;

before(async () => {
  server = await startServer();
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: FLAGS });
});

after(async () => {
  await browser?.close();
  assert.equal(await server?.stop(), 0, "the server stops well when asked to");
});

beforeEach(async () => {
  context = await browser.newContext();
  page = await context.newPage();
  complaints = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  page.on("request", (request) => {
    if (!request.url().startsWith(server.address)) complaints.push(`asked for ${request.url()}`);
  });
  await page.goto(server.address);
});

afterEach(async () => {
  await context.close();
  assert.deepEqual(complaints, [], "the browser has nothing to complain about");
});

async function open(name) {
  await page.getByRole("link", { name, exact: true }).click();
  await page.getByRole("heading", { level: 1, name, exact: true }).waitFor();
}

async function write(source) {
  await page.getByLabel("Language").selectOption("javascript");
  await page.getByLabel("Source of main.js").fill(source);
}

const submit = () => page.getByRole("button", { name: "Submit" }).click();
const verdict = () => page.locator(".feedback .summary .verdict");
const solution = (content) => readFile(join(course, content, "submissions/passed/javascript/main.js"), "utf8");

test("SU-1 a right program passes, and its points are shown and kept", async () => {
  await open("Sum of digits");
  await write(await solution("digit-sum"));
  await submit();
  await verdict().waitFor();
  assert.equal(await verdict().getAttribute("data-verdict"), "passed");
  await page.getByText("All passed").waitFor();
  await page.getByText("+10 polypoints").waitFor();
  await page.getByText("You earned 10 polypoints").waitFor();
  assert.equal((await page.locator("#balance").textContent()).trim(), "10");
  await page.getByRole("link", { name: "← All contents" }).click();
  const card = page.locator(".card", { hasText: "Sum of digits" });
  assert.equal(await card.locator(".state").textContent(), "Passed");
  await page.reload();
  assert.equal(await card.locator(".reward").textContent(), "★ 10 / 10");
  await page.getByRole("link", { name: "Your polypoints" }).click();
  await page.getByRole("cell", { name: "+10" }).waitFor();
});

test("a wrong program shows what differs, and nothing of hidden checks", async () => {
  await open("Sum of digits");
  await write("console.log('<b>eleven</b>');");
  await submit();
  await verdict().waitFor();
  assert.equal(await verdict().getAttribute("data-verdict"), "wrong_answer");
  const evidence = page.locator(".evidence").first();
  assert.equal((await evidence.locator("ins").textContent()).trim(), "+ 10");
  // What a program writes is text, never HTML.
  assert.equal((await evidence.locator("del").textContent()).trim(), "− <b>eleven</b>");
  await page.getByText("Not all passed").waitFor();
  assert.equal(await page.locator(".checks tr[data-validator]").count(), 2);
  assert.equal((await page.locator("#balance").textContent()).trim(), "0");
});

test("SU-2 one check can be run alone", async () => {
  await open("Sum of digits");
  await write("console.log(11);");
  await page.getByRole("button", { name: "Run negative" }).click();
  await verdict().waitFor();
  assert.equal(await verdict().getAttribute("data-verdict"), "passed");
  assert.equal(await page.locator(".feedback").count(), 1);
});

test("PR-14 PR-15 files are added, used, kept and removed", async () => {
  await open("Sum of digits");
  const whole = await solution("digit-sum");
  await write("require('./parts/sum.js');");
  await page.getByRole("button", { name: "+ File" }).click();
  await page.getByLabel("File name").fill("parts/sum.js");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await page.getByLabel("Source of parts/sum.js").fill(whole);
  await page.reload();
  await page.getByRole("tab", { name: "parts/sum.js" }).click();
  assert.equal(await page.getByLabel("Source of parts/sum.js").inputValue(), whole);
  await submit();
  await verdict().waitFor();
  assert.equal(await verdict().getAttribute("data-verdict"), "passed");
  page.once("dialog", (dialog) => dialog.accept());
  await page.getByRole("button", { name: "Remove" }).click();
  assert.deepEqual(await page.getByRole("tab").allTextContents(), ["main.js"]);
});

test("the keyboard is enough", async () => {
  await open("Sum of digits");
  await write("");
  const area = page.getByLabel("Source of main.js");
  await area.focus();
  await page.keyboard.type("if (true) {");
  await page.keyboard.press("Enter");
  await page.keyboard.type("console.log(1);");
  assert.equal(await area.inputValue(), "if (true) {\n  console.log(1);");
  await page.keyboard.press("Shift+Tab");
  assert.equal(await area.inputValue(), "if (true) {\nconsole.log(1);");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.tagName), "BUTTON");
  await area.fill("console.log(1);");
  await page.keyboard.press("Control+Enter");
  await verdict().waitFor();
  assert.equal(await verdict().getAttribute("data-verdict"), "wrong_answer");
});

test("a question is answered", async () => {
  await open("Think before you run");
  const question = page.locator("form.question").first();
  await question.getByRole("button", { name: "Submit" }).click();
  await question.getByText("Choose an option first").waitFor();
  await question.getByRole("radio").nth(2).check();
  await question.getByRole("button", { name: "Submit" }).click();
  await question.locator(".feedback .verdict").first().waitFor();
});

test("every content can be opened", async () => {
  await page.locator(".card").first().waitFor();
  const links = await page.locator(".card h2 a").evaluateAll((all) => all.map((link) => link.hash));
  assert.ok(links.length > 10, `${links.length} contents`);
  for (const link of links) {
    await page.evaluate((hash) => { location.hash = hash; }, link);
    await page.locator("article.content, .notice").first().waitFor();
    await page.waitForFunction(() => !document.querySelector("main[aria-busy]"));
    assert.equal(await page.locator(".notice").count(), 0, link);
  }
});

test("a phone's width is enough", async () => {
  await page.setViewportSize({ width: 360, height: 740 });
  await open("Sum of digits");
  await write("console.log('x'.repeat(300));");
  await submit();
  await verdict().waitFor();
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.equal(overflow, 0);
});

test("the API's page shows every operation and lets people try it", async () => {
  await page.goto(`${server.address}/docs`);
  await page.locator("#operations-submissions-submit").waitFor();
  const document = await (await fetch(`${server.address}/openapi.json`)).json();
  const operations = Object.values(document.paths).flatMap((path) => Object.keys(path));
  assert.equal(await page.locator(".opblock").count(), operations.length);
  const health = page.locator("#operations-operation-getHealth");
  await health.getByRole("button").first().click();
  await health.getByRole("button", { name: "Try it out" }).click();
  await health.getByRole("button", { name: "Execute" }).click();
  await health.locator(".live-responses-table .response-col_status", { hasText: "200" }).waitFor();
});
