// Colours for programs: a tokeniser that is right often enough, and never in the way.

const WORDS = {
  python: "False None True and as assert async await break case class continue def del elif else except finally for from global if import in is lambda match nonlocal not or pass raise return try while with yield",
  javascript: "async await break case catch class const continue debugger default delete do else export extends false finally for from function if import in instanceof let new null of return static super switch this throw true try typeof undefined var void while with yield",
};

const STRINGS = String.raw`"(?:\\.|[^"\\\n])*"?|'(?:\\.|[^'\\\n])*'?`;
const NUMBER = String.raw`\b\d[\w.]*`;
const NAME = String.raw`[\p{L}_$][\p{L}\p{N}_$]*`;

const TOKENS = {
  python: pattern(String.raw`#[^\n]*`, String.raw`"""[\s\S]*?(?:"""|$)|'''[\s\S]*?(?:'''|$)|${STRINGS}`),
  javascript: pattern(String.raw`\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)`, "`(?:\\\\[\\s\\S]|[^`\\\\])*`?|" + STRINGS),
};

function pattern(comment, string) {
  return new RegExp(`(?<comment>${comment})|(?<string>${string})|(?<number>${NUMBER})|(?<name>${NAME})`, "gu");
}

const LONGEST = 50000;

/** The nodes that show a program in colour. */
export function highlight(text, language) {
  const tokens = TOKENS[language] ?? TOKENS.javascript;
  const words = new Set((WORDS[language] ?? WORDS.javascript).split(" "));
  if (text.length > LONGEST) return [text];
  const nodes = [];
  let end = 0;
  for (const match of text.matchAll(tokens)) {
    const { comment, string, number, name } = match.groups;
    const kind = comment ? "comment" : string ? "string" : number ? "number" : name && words.has(name) ? "keyword" : null;
    if (!kind) continue;
    nodes.push(text.slice(end, match.index));
    const span = document.createElement("span");
    span.className = `token-${kind}`;
    span.textContent = match[0];
    nodes.push(span);
    end = match.index + match[0].length;
  }
  nodes.push(text.slice(end));
  return nodes;
}
