// A content: its tree of components, and what each of them needs.

import * as api from "./api.js";
import { announce, h, percent, plural, problem, showBalance } from "./dom.js";
import { codeEditor } from "./editor.js";
import { feedbackView } from "./feedback.js";

/** The view of a content, with links to the ones before and after it. */
export function contentView(content, before, after) {
  const standing = h("p", { class: "standing" });
  const page = { content, standing, after };
  showStanding(page, content.progress);
  const step = (other, label) =>
    other ? h("a", { href: `#/contents/${other.slug}` }, h("small", {}, label), other.name) : h("span");
  return h("article", { class: "content" },
    h("p", { class: "crumbs" }, h("a", { href: "#/" }, "← All contents")),
    h("h1", {}, content.name),
    h("p", { class: "lead" }, content.description),
    standing,
    componentView(page, content.root),
    h("nav", { class: "steps", "aria-label": "Other contents" }, step(before, "Previous"), step(after, "Next")));
}

function componentView(page, component) {
  switch (component.kind) {
    case "container":
      return h("div", { class: `container ${component.orientation}` },
        component.components.map((inner) => componentView(page, inner)));
    case "markdown":
      return text(page, component);
    case "code_editor":
      return codeEditor(page, component, { submit: (...args) => submit(page, component, ...args) });
    case "mcq":
      return question(page, component);
    default:
      return h("p", { class: "notice" }, `This page can't show a “${component.kind}” yet.`);
  }
}

/** A text to read; a first heading that repeats the content's name is left out. */
function text({ content }, { id }) {
  const prose = h("div", { class: "prose", html: content.html[id].text });
  const first = prose.firstElementChild;
  if (first?.tagName === "H1" && first.textContent === content.name) first.remove();
  return prose;
}

function showStanding(page, progress) {
  const { content } = page;
  const parts = [];
  if (progress.completedAt) parts.push("✓ Passed");
  if (Object.keys(progress.best).length) parts.push(`score ${percent(progress.score)}`);
  if (content.reward) parts.push(`★ ${progress.paid} of ${plural(content.reward, "polypoint")}`);
  page.standing.textContent = parts.join(" · ");
  page.standing.classList.toggle("done", Boolean(progress.completedAt));
}

/** Submits an answer and shows what comes of it. */
async function submit(page, component, answer, results, button) {
  button.disabled = true;
  results.replaceChildren(h("p", { class: "working" }, "Judging …"));
  try {
    const outcome = await api.submit({ content: page.content.id, component: component.id, answer });
    showBalance(outcome.balance);
    showStanding(page, outcome.progress);
    results.replaceChildren(feedbackView(outcome.feedback, component), award(page, outcome));
    if (outcome.awarded) announce(`You earned ${plural(outcome.awarded, "polypoint")}.`);
  } catch (error) {
    console.error(error);
    results.replaceChildren(problem(error));
  }
  button.disabled = false;
  results.scrollIntoView({ block: "nearest", behavior: "smooth" });
}

function award({ after }, { awarded, progress, feedback }) {
  const words = [];
  if (awarded) words.push(`★ +${plural(awarded, "polypoint")}`);
  if (progress.completedAt && awarded) words.push("you passed this content");
  if (!words.length && feedback.verdict !== "passed") return h("p", { class: "quiet" }, "Try again as often as you like.");
  const next = progress.completedAt && after
    ? h("a", { class: "button", href: `#/contents/${after.slug}` }, `Next: ${after.name}`) : null;
  return h("p", { class: "award" }, words.length ? h("strong", {}, words.join(" · ")) : null, " ", next);
}

function question(page, component) {
  const { content } = page;
  const { text, options = {} } = content.html[component.id];
  const one = component.choose === "one";
  const name = `${content.id}-${component.id}`;
  const results = h("div", { class: "results", "aria-live": "polite" });
  const button = h("button", { class: "primary", type: "submit" }, "Submit");
  const form = h("form", {
    class: "panel question",
    onsubmit: (event) => {
      event.preventDefault();
      const selected = new FormData(form).getAll(name);
      if (one && !selected.length) {
        results.replaceChildren(h("p", { class: "notice" }, "Choose an option first."));
        return;
      }
      submit(page, component, { kind: "choice", selected }, results, button);
    },
  },
    h("fieldset", {},
      h("legend", { class: "prose", html: text }),
      h("p", { class: "quiet" }, one ? "Choose one." : "Choose all that are right."),
      component.options.map(({ id }) =>
        h("label", { class: "option" },
          h("input", { type: one ? "radio" : "checkbox", name, value: id }),
          h("span", { class: "prose", html: options[id] ?? id })))),
    h("div", { class: "actions" }, button), results);
  return form;
}
