// Compiled, not run: what a host written in TypeScript looks like.

import { Engine, PolycodeError, Runner, choice, code } from "polycode";
import { checkStore, storeRules } from "polycode/testing";
import type { CheckedRule } from "polycode/testing";
import type { Answer, Case, ContentDraft, Logged, Outcome, Store, Verdict } from "polycode";

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

class Shelf implements Store {
  readonly kept = new Map<string, string>();

  get(keys: string[]): Record<string, string> {
    return Object.fromEntries([...this.kept].filter(([key]) => keys.includes(key)));
  }

  async scan(first: string, end: string, limit: number): Promise<[string, string][]> {
    return [...this.kept].filter(([key]) => first <= key && key < end).slice(0, limit);
  }

  write(expected: Record<string, string | null>): boolean {
    return Object.entries(expected).every(([key, value]) => this.kept.get(key) === value);
  }
}

export async function broken(): Promise<string[]> {
  const checked: CheckedRule[] = await checkStore(() => new Shelf(), { rules: storeRules() });
  return checked.filter((rule) => rule.broken !== undefined).map((rule) => `${rule.name}: ${rule.broken}`);
}

export const opened: Promise<Engine> = Engine.open(new Shelf());

// @ts-expect-error: a store has three methods
export const wrong: Promise<Engine> = Engine.open({ get: () => ({}) });

// @ts-expect-error: a case has validators
export const incomplete: Case = { id: "x", language: "python", files: {} };

// @ts-expect-error: engines are opened
new Engine();
