// Those who call the server in tests: programs that wait for a mail, and people with tokens.

import { spawn } from "node:child_process";
import { watch } from "node:fs";
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";

const PASSWORD = "correct horse battery";

/** Runs a program to its end; what it prints is shown when it fails. */
export async function run(program, args, options = {}) {
  const child = spawn(program, args, { stdio: ["pipe", "pipe", "pipe"], ...options });
  child.stdin.end(options.input);
  const [out, errors, code] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise((resolve, reject) => child.on("error", reject).on("close", resolve)),
  ]);
  if (code !== 0) throw new Error(`${program} ${args[0]} ended with ${code}\n${out}${errors}`);
  return out + errors;
}

/** The secret of the link that a mail asks to open. To be called before the mail is asked for. */
export function secretFor(email, folder) {
  return new Promise((resolve, reject) => {
    // One look after the other. An iterator of events would miss what happens during a look.
    let looks = Promise.resolve();
    const watcher = watch(folder, () => {
      looks = looks.then(() => secretIn(folder, email)).then((secret) => {
        if (!secret) return;
        watcher.close();
        resolve(secret);
      }).catch(reject);
    });
    watcher.on("error", reject);
  });
}

async function secretIn(folder, email) {
  for (const name of await readdir(folder)) {
    const mail = (await readFile(join(folder, name), "utf8")).replaceAll("=\r\n", "");
    const secret = mail.match(/\/links\/address\/([0-9a-f]{64})/)?.[1];
    if (secret && mail.includes(email)) return secret;
  }
}

/** Signs somebody up who can be mailed to, and gives a token to act by. */
export async function token(address, email, folder) {
  const post = async (path, body, headers = {}) => {
    const reply = await fetch(`${address}${path}`, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify(body),
    });
    if (!reply.ok) throw new Error(`POST ${path}: ${reply.status} ${await reply.text()}`);
    return reply;
  };
  const mail = secretFor(email, folder);
  await post("/accounts", { name: email, email, password: PASSWORD });
  await post("/account/confirmation", { secret: await mail });
  const session = await post("/session", { email, password: PASSWORD });
  const cookie = session.headers.getSetCookie().map((one) => one.split(";")[0]).join("; ");
  const made = await post("/account/tokens", { name: "tests", days: 1 }, { cookie });
  return (await made.json()).secret;
}
