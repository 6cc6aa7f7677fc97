// Small helpers for building the page.

/** Makes an element: `h("p", { class: "x", onclick }, "text", child)`. */
export function h(name, properties = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (key === "html") element.innerHTML = value;
    else if (key === "value") element.value = value;
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

/** A score in millionths as a percentage; only full credit is shown as 100 %. */
export function percent(score) {
  let hundredths = Math.floor((score + 50) / 100);
  if (hundredths === 10000 && score !== 1000000) hundredths -= 1;
  return `${hundredths / 100} %`;
}

export function plural(count, word) {
  return `${count.toLocaleString("en")} ${word}${count === 1 ? "" : "s"}`;
}

export function bytes(count) {
  if (count < 1024) return plural(count, "byte");
  const [size, unit] = count < 1048576 ? [count / 1024, "KiB"] : [count / 1048576, "MiB"];
  return `${size < 10 ? size.toFixed(1) : Math.round(size)} ${unit}`;
}

let hiding;

/** Says something to everybody, screen readers included. */
export function announce(text) {
  const announcer = document.getElementById("announcer");
  announcer.textContent = text;
  announcer.classList.add("shown");
  clearTimeout(hiding);
  hiding = setTimeout(() => announcer.classList.remove("shown"), 5000);
}

/** What went wrong, to be shown in place of what was wanted. */
export function problem(error) {
  const items = error.errors ?? [{ message: "The server can't be reached. Is it running?" }];
  return h(
    "div",
    { class: "notice bad", role: "alert" },
    items.map(({ message, field }) => h("p", {}, field ? `${field}: ${message}` : message)),
  );
}

export function showBalance(points) {
  document.getElementById("balance").textContent = points.toLocaleString("en");
}

const LANGUAGES = {
  python: "Python", javascript: "JavaScript", typescript: "TypeScript", rust: "Rust", c: "C",
  "c++": "C++", cpp: "C++", go: "Go", java: "Java", ruby: "Ruby", lua: "Lua", perl: "Perl", php: "PHP",
};

export function languageName(id) {
  return LANGUAGES[id] ?? id;
}
