// A field for source text: line numbers, colours, indentation.

import { h } from "./dom.js";
import { highlight } from "./highlight.js";

const INDENT = { python: "    " };
const OPENERS = { python: /[:([{]\s*$/ };
const USUAL_OPENERS = /[([{]\s*$/;

/** A field with `element`, `show(text, language, options)` and `focus()`. */
export function sourceField({ onchange, onsubmit }) {
  const gutter = h("div", { class: "gutter", "aria-hidden": "true" });
  const colours = h("pre", { class: "colours", "aria-hidden": "true" });
  const area = h("textarea", {
    spellcheck: "false", autocapitalize: "off", autocomplete: "off", autocorrect: "off", wrap: "off",
  });
  let language = "";
  let mayLeave = false;

  function paint() {
    const count = area.value.split("\n").length;
    if (gutter.childElementCount !== count) {
      gutter.replaceChildren(...Array.from({ length: count }, (_, index) => h("div", {}, String(index + 1))));
    }
    // A last empty line has a height only with something on it.
    colours.replaceChildren(...highlight(area.value, language), "\n ");
    follow();
  }

  function follow() {
    colours.scrollTop = gutter.scrollTop = area.scrollTop;
    colours.scrollLeft = area.scrollLeft;
  }

  /** Types a text as the learner would, so that it can be undone. */
  function type(text) {
    if (!document.execCommand("insertText", false, text)) {
      area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
      area.dispatchEvent(new Event("input"));
    }
  }

  function lineStart(position) {
    return area.value.lastIndexOf("\n", position - 1) + 1;
  }

  /** Moves the selected lines to the right or to the left. */
  function shift(out) {
    const { selectionStart, selectionEnd } = area;
    const unit = INDENT[language] ?? "  ";
    const start = lineStart(selectionStart);
    const block = area.value.slice(start, selectionEnd);
    const shifted = block.split("\n")
      .map((line) => out ? line.replace(new RegExp(`^(\t| {1,${unit.length}})`), "") : line && unit + line)
      .join("\n");
    if (shifted === block) return;
    area.setSelectionRange(start, selectionEnd);
    type(shifted);
    if (selectionStart === selectionEnd) {
      const at = Math.max(start, selectionStart + shifted.length - block.length);
      area.setSelectionRange(at, at);
    } else {
      area.setSelectionRange(start, start + shifted.length);
    }
  }

  function breakLine() {
    const line = area.value.slice(lineStart(area.selectionStart), area.selectionStart);
    const deeper = (OPENERS[language] ?? USUAL_OPENERS).test(line) ? INDENT[language] ?? "  " : "";
    type(`\n${line.match(/^[ \t]*/)[0]}${deeper}`);
  }

  area.addEventListener("keydown", (event) => {
    const { key, shiftKey, ctrlKey, metaKey, altKey, isComposing } = event;
    if (isComposing) return;
    if (key === "Escape") {
      mayLeave = true;
      return;
    }
    if (key === "Enter" && (ctrlKey || metaKey)) {
      event.preventDefault();
      onsubmit();
    } else if (key === "Tab" && !mayLeave && !ctrlKey && !altKey && !area.readOnly) {
      event.preventDefault();
      const { selectionStart, selectionEnd, value } = area;
      if (shiftKey || value.slice(selectionStart, selectionEnd).includes("\n")) {
        shift(shiftKey);
      } else {
        const unit = INDENT[language] ?? "  ";
        type(unit.slice((selectionStart - lineStart(selectionStart)) % unit.length));
      }
    } else if (key === "Enter" && !shiftKey && !altKey && !area.readOnly) {
      event.preventDefault();
      breakLine();
    }
    if (key !== "Shift") mayLeave = false;
  });
  area.addEventListener("input", () => {
    onchange(area.value);
    paint();
  });
  area.addEventListener("scroll", follow);

  return {
    element: h("div", { class: "source" }, gutter, h("div", { class: "text" }, colours, area)),
    show(text, newLanguage, { label, readOnly }) {
      language = newLanguage;
      area.value = text;
      area.readOnly = readOnly;
      area.setAttribute("aria-label", label);
      paint();
    },
    focus: () => area.focus(),
  };
}
