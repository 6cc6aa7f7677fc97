// Builds the native half with cargo and lays it beside index.js, named by platform.

import { execFileSync } from "node:child_process";
import { copyFileSync, renameSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { createRequire } from "node:module";
import { parseArgs } from "node:util";

const require = createRequire(import.meta.url);
const { nativeName } = require("../lib/platform.js");
const folder = dirname(dirname(fileURLToPath(import.meta.url)));
const cargo = process.env.CARGO ?? "cargo";
const { values } = parseArgs({
  options: {
    profile: { type: "string", default: "dev" },
    features: { type: "string", default: "" },
  },
});

const messages = execFileSync(
  cargo,
  [
    ...["build", "--package", "polycode-node", "--message-format", "json-render-diagnostics"],
    ...["--profile", values.profile, "--features", values.features],
  ],
  { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"], maxBuffer: 1 << 28 },
);
const library = messages
  .split("\n")
  .filter((line) => line.startsWith("{"))
  .map((line) => JSON.parse(line))
  .filter((message) => message.reason === "compiler-artifact" && message.target.name === "polycode_node")
  .flatMap((message) => message.filenames)
  .find((name) => /\.(so|dylib|dll)$/.test(name));
if (library === undefined) {
  throw new Error("cargo built no library of polycode-node");
}

// Copied beside it and renamed: a process that has the old file loaded keeps it.
const target = join(folder, nativeName());
copyFileSync(library, `${target}.new`);
renameSync(`${target}.new`, target);
