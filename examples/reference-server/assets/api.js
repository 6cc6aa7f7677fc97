// The server's resources.

export class ApiError extends Error {
  constructor(status, errors) {
    super(errors.map((error) => error.message).join("; "));
    this.status = status;
    this.errors = errors;
  }
}

async function call(method, path, body) {
  const reply = await fetch(path, {
    method,
    headers: body ? { "content-type": "application/json" } : {},
    body: body && JSON.stringify(body),
  });
  const json = await reply.json().catch(() => ({}));
  if (!reply.ok) {
    throw new ApiError(reply.status, json.errors ?? [{ message: `The server answered ${reply.status}.` }]);
  }
  return { json, status: reply.status };
}

async function get(path, parameters = {}) {
  const given = Object.entries(parameters).filter(([, value]) => value !== undefined);
  const query = given.length ? `?${new URLSearchParams(given)}` : "";
  return (await call("GET", path + query)).json;
}

/** All items of a list, page after page. */
async function all(path, parameters = {}) {
  const items = [];
  let after;
  do {
    const page = await get(path, { ...parameters, after, limit: 100 });
    items.push(...page.items);
    after = page.next;
  } while (after);
  return items;
}

export const contents = () => all("/contents");
export const content = (name) => get(`/contents/${encodeURIComponent(name)}`);
export const wallet = () => get("/wallet");
export const entries = () => get("/wallet/entries", { limit: 100 });
export const run = async (answer) => (await call("POST", "/runs", answer)).json;

/** Submits, and waits for the outcome however long it takes. */
export async function submit(answer) {
  const { json, status } = await call("POST", "/submissions", answer);
  return status === 202 ? await judged(json) : json;
}

async function judged(details) {
  const { id, content } = details.submission;
  const before = await get(`/progress/${content}`);
  while (details.submission.judging.kind === "pending") {
    await new Promise((resolve) => setTimeout(resolve, 1000));
    details = await get(`/submissions/${id}`);
  }
  if (details.submission.judging.kind === "ungradable") {
    throw new ApiError(500, [{ message: "The server could not judge this. It is not your fault." }]);
  }
  const [progress, { balance }] = await Promise.all([get(`/progress/${content}`), wallet()]);
  return { ...details, progress, balance, awarded: Math.max(0, progress.paid - before.paid) };
}
