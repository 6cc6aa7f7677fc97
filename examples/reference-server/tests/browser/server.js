// The real server on a free port, with a database and the sample course of its own.

import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../../..", import.meta.url));
export const course = join(root, "examples/course");

/** How Chromium is started. */
export const FLAGS = [
  "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync",
];

/** Starts the server, with more arguments and environment; `address` is where it listens, `stop()` asks it to stop and waits. */
export async function startServer(more = [], environment = {}) {
  const program = join(process.env.CARGO_TARGET_DIR ?? join(root, "target"), "debug/polycode-reference-server");
  const folder = await mkdtemp(join(tmpdir(), "polycode-browser-"));
  const server = spawn(
    program,
    ["--store", `sqlite:${join(folder, "polycode.db")}`, "--course", course, "--port", "0", ...more],
    { stdio: ["ignore", "pipe", "inherit"], env: { ...process.env, RUST_LOG: "warn", ...environment } },
  );
  const ended = new Promise((resolve, reject) => {
    server.on("exit", resolve);
    server.on("error", reject);
  });
  const listening = new Promise((resolve) => {
    createInterface(server.stdout).on("line", (line) => {
      const address = line.match(/^listening on (http:\S+)$/)?.[1];
      if (address) resolve(address);
    });
  });
  const failed = ended.then((code) => {
    throw new Error(`the server ended with exit code ${code} before it listened`);
  });
  const address = await Promise.race([listening, failed]);
  failed.catch(() => {});
  return {
    address,
    async stop() {
      server.kill("SIGTERM");
      const code = await ended;
      await rm(folder, { recursive: true });
      return code;
    },
  };
}
