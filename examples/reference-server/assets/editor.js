// The code editor: files of a program in one of several languages, its checks, and its outcome.

import * as api from "./api.js";
import { h, languageName, problem } from "./dom.js";
import { expected, feedbackView, given } from "./feedback.js";
import { sourceField } from "./source.js";

const USUAL_FILES = { python: "main.py", javascript: "main.js" };
const FILE_NAME = /^[A-Za-z0-9_][A-Za-z0-9._\- ]*(\/[A-Za-z0-9_][A-Za-z0-9._\- ]*)*$/;

/** A code editor component. `submit(answer, results, button)` takes an answer. */
export function codeEditor({ content }, component, { submit }) {
  const drafts = new Drafts(content, component);
  const results = h("div", { class: "results", "aria-live": "polite" });
  const submitButton = h("button", { class: "primary", type: "button", onclick: () => send() }, "Submit");
  const field = sourceField({ onchange: (text) => drafts.write(text), onsubmit: () => send() });
  const tabs = h("div", { class: "tabs", role: "tablist", "aria-label": "Files" });
  const naming = h("form", { class: "naming", hidden: true });
  const languages = Object.keys(component.languages);
  const choice = h("select", { onchange: () => { drafts.choose(choice.value); draw(); } },
    languages.map((id) => h("option", { value: id, selected: id === drafts.language }, languageName(id))));
  const tool = (label, title, act) => h("button", { type: "button", class: "quiet", title, onclick: act }, label);
  const rename = tool("Rename", "Rename this file", () => askName("Rename", drafts.active, (name) => drafts.rename(name)));
  const remove = tool("Remove", "Remove this file", () => {
    if (confirm(`Remove ${drafts.active}?`)) { drafts.remove(); draw(); }
  });
  const add = tool("+ File", "Add a file", () => askName("Add", "", (name) => drafts.add(name)));
  const reset = tool("Start over", "Go back to the files that you started from", () => {
    if (confirm("Throw your changes away?")) { drafts.reset(); draw(); }
  });

  function send() {
    if (!submitButton.disabled) submit(drafts.answer(), results, submitButton);
  }

  function draw() {
    const tab = (name) => h("button", {
      type: "button", role: "tab", class: "tab", "aria-selected": String(name === drafts.active),
      tabindex: name === drafts.active ? 0 : -1,
      onclick: () => { drafts.active = name; draw(); field.focus(); },
      onkeydown: (event) => {
        const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
        if (!step) return;
        const names = drafts.names();
        drafts.active = names.at((names.indexOf(name) + step) % names.length);
        draw();
        tabs.querySelector("[aria-selected=true]").focus();
      },
    }, name, drafts.isFixed(name) ? h("span", { class: "lock", title: "This file can't be changed" }, " (given)") : null);
    tabs.replaceChildren(...drafts.names().map(tab));
    const fixed = drafts.isFixed(drafts.active);
    rename.disabled = fixed;
    remove.disabled = fixed || drafts.own().length < 2;
    field.show(drafts.text(), drafts.language, { label: `Source of ${drafts.active}`, readOnly: fixed });
  }

  function askName(verb, value, take) {
    const input = h("input", { value, required: true, maxlength: 200, autocomplete: "off", spellcheck: "false" });
    const complaint = h("span", { class: "complaint", role: "alert" });
    const close = () => { naming.hidden = true; };
    naming.replaceChildren(
      h("label", {}, "File name ", input),
      h("button", { type: "submit" }, verb),
      h("button", { type: "button", class: "quiet", onclick: close }, "Cancel"), complaint);
    naming.onsubmit = (event) => {
      event.preventDefault();
      const name = input.value.trim();
      const taken = drafts.names().some((other) => other !== value && other.toLowerCase() === name.toLowerCase());
      if (taken) complaint.textContent = "There is a file of this name.";
      else if (!FILE_NAME.test(name)) complaint.textContent = "Use letters, digits, “.”, “_”, “-” and “/”.";
      else { take(name); close(); draw(); field.focus(); }
    };
    naming.onkeydown = (event) => { if (event.key === "Escape") close(); };
    naming.hidden = false;
    input.focus();
    input.select();
  }

  draw();
  return h("section", { class: "panel editor", "aria-label": "Code editor" },
    h("div", { class: "toolbar" }, h("label", {}, "Language ", choice), tabs, h("span", { class: "tools" }, add, rename, remove, reset)),
    naming,
    field.element,
    h("p", { class: "hint" }, "Tab indents; Escape, then Tab, leaves the editor. Ctrl + Enter submits."),
    h("div", { class: "actions" }, submitButton),
    results,
    checks(content, component, drafts));
}

/** The visible validators, each with what it gives and expects, to be run one by one. */
function checks(content, component, drafts) {
  const check = (validator) => {
    const result = h("div", { class: "results", "aria-live": "polite" });
    const button = h("button", {
      type: "button", class: "small", "aria-label": `Run ${validator.id}`,
      onclick: async () => {
        button.disabled = true;
        result.replaceChildren(h("p", { class: "working" }, "Running …"));
        const run = { content: content.id, component: component.id, validator: validator.id, answer: drafts.answer() };
        try {
          result.replaceChildren(feedbackView(await api.run(run), component));
        } catch (error) {
          console.error(error);
          result.replaceChildren(problem(error));
        }
        button.disabled = false;
      },
    }, "Run");
    return h("li", {},
      h("details", {},
        h("summary", {}, h("span", {}, validator.id), " "),
        h("div", { class: "comparison" }, given(validator), expected(validator))),
      button, result);
  };
  const { validators, hasHidden } = component;
  return h("div", { class: "known-checks" },
    h("h2", {}, "Checks"),
    h("ul", {}, validators.map(check)),
    hasHidden ? h("p", { class: "quiet" }, "There are hidden checks as well; they run when you submit.") : null);
}

/** The learner's files, kept in the browser until they start over. */
class Drafts {
  constructor(content, component) {
    this.key = `polycode/${content.id}/${component.id}`;
    this.languages = component.languages;
    const saved = read(`${this.key}/language`);
    this.choose(this.languages[saved] ? saved : Object.keys(this.languages)[0]);
  }

  choose(language) {
    this.language = language;
    save(`${this.key}/language`, language);
    const { files, fixed = {}, entry } = this.languages[language];
    this.fixed = fixed;
    this.files = read(`${this.key}/${language}`) ?? this.starter(files);
    this.active = [entry, USUAL_FILES[language]].find((name) => name in this.files) ?? this.own()[0];
  }

  starter(files) {
    return Object.keys(files).length ? { ...files } : { [USUAL_FILES[this.language] ?? "main.txt"]: "" };
  }

  own() { return Object.keys(this.files).sort(); }
  names() { return [...this.own(), ...Object.keys(this.fixed).sort().filter((name) => !(name in this.files))]; }
  isFixed(name) { return name in this.fixed; }
  text() { return this.fixed[this.active] ?? this.files[this.active]; }
  keep() { save(`${this.key}/${this.language}`, this.files); }

  write(text) { this.files[this.active] = text; this.keep(); }
  add(name) { this.files[name] = ""; this.active = name; this.keep(); }
  remove() { delete this.files[this.active]; this.active = this.own()[0]; this.keep(); }

  rename(name) {
    const text = this.files[this.active];
    delete this.files[this.active];
    this.files[name] = text;
    this.active = name;
    this.keep();
  }

  reset() {
    forget(`${this.key}/${this.language}`);
    this.choose(this.language);
  }

  answer() { return { kind: "code", language: this.language, files: this.files }; }
}

// A browser may refuse to keep anything: then drafts live as long as the page.
function read(key) {
  try { return JSON.parse(localStorage.getItem(key)); } catch { return null; }
}
function save(key, value) {
  try { localStorage.setItem(key, JSON.stringify(value)); } catch { /* kept in memory only */ }
}
function forget(key) {
  try { localStorage.removeItem(key); } catch { /* nothing was kept */ }
}
