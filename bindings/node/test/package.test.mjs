import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const source = dirname(dirname(fileURLToPath(import.meta.url)));

const STORY = `
const runner = new Runner();
const engine = await Engine.open("memory:", { runner });
const { balance } = await engine.wallet("ada");
const { stdout } = await runner.run("console.log('hello')", { language: "javascript" });
console.log(balance, stdout.trim());
`;

test("the package installs into a fresh project and works there", () => {
  const folder = mkdtempSync(join(tmpdir(), "polycode-"));
  const npm = (cwd, ...args) => execFileSync("npm", args, { cwd, encoding: "utf8" });
  const node = (file) => execFileSync(process.execPath, [file], { cwd: folder, encoding: "utf8" });
  try {
    const [packed] = JSON.parse(npm(source, "pack", "--json", "--pack-destination", folder));
    writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "host", private: true }));
    npm(folder, "install", "--offline", "--no-audit", "--no-fund", join(folder, packed.filename));
    const imported = 'import { Engine, Runner } from "polycode";';
    writeFileSync(join(folder, "story.mjs"), `${imported}\n${STORY}`);
    const required = 'const { Engine, Runner } = require("polycode");';
    writeFileSync(join(folder, "story.cjs"), `${required}\n(async () => {${STORY}})();`);
    assert.equal(node("story.mjs"), "0 hello\n");
    assert.equal(node("story.cjs"), "0 hello\n");
    const npx = ["exec", "--offline", "--", "polycode", "--version"];
    assert.match(npm(folder, ...npx), /^polycode \d/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
