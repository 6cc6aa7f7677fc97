import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const require = createRequire(import.meta.url);
const { nativeName, packageName, platformName } = require("../lib/platform.js");
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

test("the native half comes from the package of the platform", () => {
  const folder = mkdtempSync(join(tmpdir(), "polycode-"));
  const host = join(folder, "node_modules", "polycode");
  const native = join(folder, "node_modules", packageName());
  const loaded = () => {
    const print = 'console.log(require("polycode/lib/native.js").usualEntry("python"))';
    return spawnSync(process.execPath, ["--eval", print], { cwd: folder, encoding: "utf8" });
  };
  try {
    cpSync(join(source, "lib"), join(host, "lib"), { recursive: true });
    const missing = loaded();
    assert.equal(missing.status, 1);
    assert.match(missing.stderr, new RegExp(`no native half for ${platformName()}: the package ${packageName()}`));

    mkdirSync(native);
    writeFileSync(join(native, "package.json"), JSON.stringify({ name: packageName(), main: nativeName() }));
    writeFileSync(join(native, nativeName()), "this is no library");
    const broken = loaded();
    assert.equal(broken.status, 1);
    assert.match(broken.stderr, /ERR_DLOPEN_FAILED/);

    rmSync(join(native, nativeName()));
    symlinkSync(join(source, nativeName()), join(native, nativeName()));
    assert.equal(loaded().stdout, "main.py\n");
  } finally {
    rmSync(folder, { recursive: true });
  }
});
