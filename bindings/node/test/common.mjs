// What all tests share: the repository's files, a runner, engines over fresh stores.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { Engine, Runner } from "polycode";

export const root = dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url)))));
export const runner = new Runner();
export const secret = "canary-9b03";

export const double = [
  "const n = +require('fs').readFileSync(0, 'utf8');",
  "console.log(n * 2);",
  `if (n === 7) console.log('${secret}');`,
].join("\n");

/** Two parts: double a number, with one of its validators hidden, and a question. */
export const draft = {
  slug: "doubles",
  name: "Doubles",
  type: "exercise",
  reward: 10,
  passMark: 700_000,
  root: {
    id: "page",
    kind: "container",
    components: [
      {
        id: "double",
        kind: "code_editor",
        languages: { javascript: {}, python: {} },
        validators: [
          { id: "open", kind: "output", stdin: "21\n", expected: "42\n" },
          { id: "secret", kind: "output", hidden: true, stdin: "7\n", expected: `14\n${secret}` },
        ],
      },
      {
        id: "even",
        kind: "mcq",
        question: "Which numbers are even?",
        options: ["one", "two", "four"].map((id) => ({ id, text: id })),
        choose: "many",
        validators: [{ id: "right", kind: "choice", correct: ["two", "four"], credit: "partial" }],
      },
    ],
  },
};

/** Runs a test with an engine over a database of its own, or over a store of the test's. */
export function withEngine(test, { store, ...options } = {}) {
  return async () => {
    const folder = mkdtempSync(join(tmpdir(), "polycode-"));
    const url = `sqlite:${join(folder, "school.db")}`;
    const engine = await Engine.open(store ?? url, { runner, ...options });
    try {
      await test(engine, url);
    } finally {
      engine.close();
      rmSync(folder, { recursive: true, force: true });
    }
  };
}
