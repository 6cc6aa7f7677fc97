// The page: which view is shown, and the list of contents.

import * as api from "./api.js";
import { contentView } from "./content.js";
import { h, percent, plural, problem, showBalance } from "./dom.js";

const main = document.getElementById("main");
let filter = "all";
let turn = 0;

async function show() {
  const mine = ++turn;
  const [, place, name] = location.hash.split("/");
  main.setAttribute("aria-busy", "true");
  let view;
  try {
    if (place === "contents" && name) view = await oneContent(decodeURIComponent(name));
    else if (place === "points") view = await pointsView();
    else view = listView(await api.contents());
  } catch (error) {
    console.error(error);
    view = [problem(error), h("p", {}, h("a", { href: "#/" }, "Back to the list"))];
  }
  // A later click may have been answered first.
  if (mine !== turn) return;
  main.removeAttribute("aria-busy");
  main.replaceChildren(...[view].flat());
  const title = main.querySelector("h1")?.textContent;
  document.title = title ? `${title} · PolyCode` : "PolyCode";
  window.scrollTo(0, 0);
}

async function oneContent(name) {
  const [content, list] = await Promise.all([api.content(name), api.contents()]);
  const index = list.findIndex((other) => other.id === content.id);
  return contentView(content, list[index - 1], list[index + 1]);
}

function stateOf({ type, progress }) {
  if (progress.completedAt) return "done";
  if (Object.keys(progress.best).length) return "started";
  return type === "lesson" ? "lesson" : "new";
}

const STATES = { done: "Passed", started: "Started", new: "New", lesson: "To read" };

function listView(contents) {
  const done = contents.filter((content) => stateOf(content) === "done").length;
  const list = h("ul", { class: "cards" });
  const fill = () => {
    const wanted = contents.filter((content) => {
      const state = stateOf(content);
      return filter === "all" || (filter === "done") === (state === "done");
    });
    list.replaceChildren(...wanted.map(card));
    if (!wanted.length) list.append(h("li", { class: "empty" }, "Nothing here."));
  };
  const choice = (value, label) =>
    h("label", { class: "chip" },
      h("input", {
        type: "radio", name: "filter", value, checked: filter === value,
        onchange: () => { filter = value; fill(); },
      }),
      h("span", {}, label));
  fill();
  return [
    h("div", { class: "hero" },
      h("h1", {}, "Learn by solving"),
      h("p", {}, "Read, write a program, submit it: it runs in a sandbox and is judged at once."),
      h("p", { class: "quiet" }, `${done} of ${contents.length} passed`),
      h("progress", { max: Math.max(contents.length, 1), value: done, "aria-label": "Contents passed" })),
    h("fieldset", { class: "chips" },
      h("legend", { class: "hidden" }, "Show"),
      choice("all", "All"), choice("todo", "To do"), choice("done", "Passed")),
    list,
  ];
}

function card(content) {
  const state = stateOf(content);
  const { score } = content.progress;
  return h("li", { class: `card ${state}` },
    h("div", { class: "row" },
      h("span", { class: `kind ${content.type}` }, content.type),
      h("span", { class: `state ${state}` }, state === "started" ? `Started · ${percent(score)}` : STATES[state])),
    h("h2", {}, h("a", { href: `#/contents/${content.slug}` }, content.name)),
    h("p", {}, content.description),
    h("div", { class: "row end" },
      h("span", { class: "tags" }, content.tags.map((tag) => h("span", { class: "tag" }, tag))),
      content.reward > 0 && h("span", { class: "reward" }, `★ ${content.progress.paid || 0} / ${content.reward}`) || null),
    h("progress", { max: 1000000, value: score, "aria-label": `Progress in ${content.name}` }));
}

async function pointsView() {
  const [{ balance }, { items }, contents] = await Promise.all([api.wallet(), api.entries(), api.contents()]);
  const names = new Map(contents.map((content) => [content.id, content]));
  const row = ({ points, reason, at }) => {
    const content = names.get(reason.content);
    return h("tr", {},
      h("td", {}, new Date(at).toLocaleString()),
      h("td", {}, content ? h("a", { href: `#/contents/${content.slug}` }, content.name) : "A content"),
      h("td", { class: "number" }, `+${points}`));
  };
  showBalance(balance);
  return [
    h("h1", {}, `You have ${plural(balance, "polypoint")}`),
    items.length === 0
      ? h("p", {}, "Pass a content to earn the first ones.")
      : h("div", { class: "scroll" }, h("table", {},
          h("thead", {}, h("tr", {}, ["When", "For", "Points"].map((text) => h("th", { scope: "col" }, text)))),
          h("tbody", {}, items.map(row)))),
  ];
}

window.addEventListener("hashchange", () => {
  if (location.hash === "#main") return;
  show().then(() => main.focus({ preventScroll: true }));
});
api.wallet().then(({ balance }) => showBalance(balance)).catch(console.error).then(show);
