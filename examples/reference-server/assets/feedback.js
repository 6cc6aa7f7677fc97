// What the judge thought, in words and tables.

import { bytes, h, percent } from "./dom.js";

const VERDICTS = {
  passed: ["✓", "Passed"],
  wrong_answer: ["✗", "Wrong answer"],
  compile_error: ["✗", "Not a valid program"],
  runtime_error: ["✗", "Crashed"],
  time_limit: ["⏱", "Too slow"],
  memory_limit: ["✗", "Too much memory"],
  output_limit: ["✗", "Too much output"],
  system_error: ["!", "Our failure"],
};

export function verdictBadge(verdict) {
  const [sign, words] = VERDICTS[verdict] ?? ["?", verdict];
  const kind = verdict === "passed" ? "good" : "bad";
  return h("span", { class: `verdict ${kind}`, "data-verdict": verdict },
    h("span", { "aria-hidden": "true" }, sign), " ", words);
}

/** The feedback on an answer: the verdict, and what each visible validator saw. */
export function feedbackView(feedback, component) {
  const { verdict, score, diagnostics, validators, hiddenPassed } = feedback;
  const authored = new Map((component.validators ?? []).map((validator) => [validator.id, validator]));
  const rows = diagnostics === undefined
    ? validators.flatMap((seen) => validatorRows(seen, authored.get(seen.validator))) : [];
  if (hiddenPassed !== undefined && diagnostics === undefined) rows.push(hiddenRow(hiddenPassed));
  return h("div", { class: `feedback ${verdict === "passed" ? "good" : "bad"}` },
    h("p", { class: "summary" }, verdictBadge(verdict), h("span", { class: "score" }, `Score ${percent(score)}`)),
    diagnostics === undefined ? null : output("What the language says", diagnostics),
    rows.length
      ? h("div", { class: "scroll" }, h("table", { class: "checks" },
          h("caption", { class: "hidden" }, "Checks"),
          h("thead", {}, h("tr", {}, ["Check", "Verdict", "Work", "Memory"].map((text) => h("th", { scope: "col" }, text)))),
          h("tbody", {}, rows)))
      : null);
}

function hiddenRow(passed) {
  return h("tr", { class: "hidden-checks" },
    h("th", { scope: "row" }, "Hidden checks"),
    h("td", { colspan: 3 },
      h("span", { class: `verdict ${passed ? "good" : "bad"}` },
        passed ? "✓ All passed" : "✗ Not all passed: think of unusual inputs")));
}

function validatorRows(seen, validator) {
  const { verdict, reason, run } = seen;
  const row = h("tr", { "data-validator": seen.validator },
    h("th", { scope: "row" }, seen.validator),
    h("td", {}, verdictBadge(verdict), reason ? h("small", { class: "reason" }, reason) : null),
    h("td", { class: "number" }, run ? `${(run.fuel / 1e6).toFixed(1)} M` : ""),
    h("td", { class: "number" }, run ? bytes(run.peakMemory) : ""));
  const details = run && validator ? evidence(seen, validator) : [];
  if (!details.length) return [row];
  return [row, h("tr", { class: "evidence" }, h("td", { colspan: 4 }, details))];
}

/** What helps to understand a verdict; nothing where there is nothing to understand. */
function evidence({ verdict, run }, validator) {
  const parts = [];
  if (verdict !== "passed") parts.push(...given(validator));
  if (validator.kind === "function") {
    const returned = run.returned ? excerpt(run.returned) : "nothing";
    if (verdict !== "passed") parts.push(comparison("Expected value", JSON.stringify(validator.expected), "Your value", returned));
    if (run.stdout.text) parts.push(output("Your output", excerpt(run.stdout)));
  } else if (verdict !== "passed" && typeof validator.expected === "string") {
    parts.push(comparison("Expected output", validator.expected, "Your output", excerpt(run.stdout)));
  } else if (run.stdout.text) {
    parts.push(output("Your output", excerpt(run.stdout)));
  }
  if (verdict !== "passed") {
    for (const [name, text] of Object.entries(validator.expectedFiles ?? {})) {
      parts.push(output(`Expected in the file ${name}`, text));
    }
  }
  if (run.stderr.text) parts.push(output("Error output", excerpt(run.stderr)));
  return parts;
}

function excerpt({ text, bytes: length }) {
  const shown = new TextEncoder().encode(text).length;
  return length > 8192 && length > shown ? `${text}\n… (${bytes(length)} in all)` : text;
}

/** What a validator gives to the program. */
export function given(validator) {
  if (validator.kind === "function") {
    const args = validator.args.map((arg) => JSON.stringify(arg)).join(", ");
    return [output("Call", `${validator.name}(${args})`)];
  }
  const parts = [];
  if (validator.args?.length) parts.push(output("Arguments", validator.args.join(" ")));
  if (validator.stdin) parts.push(output("Input", validator.stdin));
  for (const [name, text] of Object.entries(validator.files ?? {})) parts.push(output(`File ${name}`, text));
  return parts;
}

/** What a validator expects. */
export function expected(validator) {
  if (validator.kind === "function") return [output("Expected value", JSON.stringify(validator.expected))];
  const parts = [];
  if (typeof validator.expected === "string") parts.push(output("Expected output", validator.expected));
  for (const [name, text] of Object.entries(validator.expectedFiles ?? {})) {
    parts.push(output(`Expected in the file ${name}`, text));
  }
  return parts;
}

function output(title, text) {
  return h("figure", { class: "output" },
    h("figcaption", {}, title),
    h("pre", { tabindex: 0 }, text === "" ? h("i", {}, "nothing") : text));
}

/** Two texts side by side, with the lines that differ marked. */
function comparison(leftTitle, left, rightTitle, right) {
  const [lefts, rights] = [lines(left), lines(right)];
  const common = lefts.length * rights.length <= 250000 ? commonLines(lefts, rights) : [];
  const [keptLeft, keptRight] = [new Set(common.map(([i]) => i)), new Set(common.map(([, j]) => j))];
  const side = (title, all, kept, mark) =>
    h("figure", { class: "output" },
      h("figcaption", {}, title),
      h("pre", { class: "diff", tabindex: 0 },
        all.length
          ? all.map((line, index) => kept.has(index)
              ? h("span", { class: "line" }, `  ${line}\n`)
              : h(mark === "+" ? "ins" : "del", { class: "line" }, `${mark} ${visible(line)}\n`))
          : h("i", {}, "nothing")));
  return h("div", { class: "comparison" },
    side(leftTitle, lefts, keptLeft, "+"), side(rightTitle, rights, keptRight, "−"));
}

function lines(text) {
  const all = text.split("\n");
  if (all.at(-1) === "") all.pop();
  return all;
}

/** White space that makes a difference is shown where nothing else would. */
function visible(line) {
  return line.replace(/[ \t\r]+$/, (end) => end.replaceAll(" ", "·").replaceAll("\t", "⇥").replaceAll("\r", "␍"));
}

/** The longest common subsequence, as pairs of indices. */
function commonLines(left, right) {
  const width = right.length + 1;
  const length = new Uint32Array((left.length + 1) * width);
  for (let i = left.length - 1; i >= 0; i--) {
    for (let j = right.length - 1; j >= 0; j--) {
      length[i * width + j] = left[i] === right[j]
        ? length[(i + 1) * width + j + 1] + 1
        : Math.max(length[(i + 1) * width + j], length[i * width + j + 1]);
    }
  }
  const pairs = [];
  for (let i = 0, j = 0; i < left.length && j < right.length;) {
    if (left[i] === right[j]) pairs.push([i++, j++]);
    else if (length[(i + 1) * width + j] >= length[i * width + j + 1]) i++;
    else j++;
  }
  return pairs;
}
