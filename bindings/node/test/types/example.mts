// Compiled, not run: what a host written in TypeScript looks like.

import { Engine, PolycodeError, Runner, choice, code } from "polycode";
import type { Answer, Case, ContentDraft, Logged, Outcome, Verdict } from "polycode";

const draft: ContentDraft = {
  slug: "doubles",
  name: "Doubles",
  type: "exercise",
  root: {
    id: "double",
    kind: "code_editor",
    languages: { python: {} },
    limits: { timeMs: 500 },
    validators: [
      { id: "near", kind: "output", expected: "1", comparison: { numbers: { tolerance: 0.1 } } },
    ],
  },
};

export async function story(url: string): Promise<Verdict> {
  const runner = new Runner({ workers: 2 });
  const engine = await Engine.open(url, { runner });
  try {
    await engine.createContent(draft);
    const answers: Answer[] = [code("python", { "main.py": "print(1)" }), choice("a", "b")];
    const [answer] = answers;
    if (answer === undefined) {
      throw new Error("there is one");
    }
    const at = { user: "ada", content: "doubles", component: "double" };
    const outcome: Outcome = await engine.submit({ ...at, answer });
    const { judging } = outcome.submission;
    const score: number = judging.kind === "graded" ? judging.score : 0;
    const run = outcome.feedback.validators[0]?.run;
    if (run?.ending.kind === "exited" && score > 0) {
      return run.ending.code === 0 ? "passed" : "runtime_error";
    }
    // @ts-expect-error: there is no such ending
    if (run?.ending.kind === "vanished") {
      return "system_error";
    }
    return outcome.feedback.verdict;
  } catch (error) {
    if (error instanceof PolycodeError && error.code === "invalid") {
      for (const { field, message } of error.errors) {
        process.stderr.write(`${field}: ${message}\n`);
      }
    }
    throw error;
  } finally {
    engine.close();
  }
}

export function points(logged: Logged): number {
  if (logged.subject === "wallet" && logged.event.type === "credited") {
    return logged.event.points;
  }
  return 0;
}

// @ts-expect-error: a case has validators
export const incomplete: Case = { id: "x", language: "python", files: {} };

// @ts-expect-error: engines are opened
new Engine();
