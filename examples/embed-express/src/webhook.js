// Tells another system of every grade, by PolyCode's feed of events.

import { readFile, rename, writeFile } from "node:fs/promises";

import { sign } from "./people.js";

const AT_ONCE = 200;

/** Follows the feed and posts each grade, at least once; receivers know a repetition by its id. */
export class Webhook {
  #engine;
  #url;
  #secret;
  #place;

  /** `place` is the file that says how far the feed was told of. */
  constructor({ engine, url, secret, place }) {
    this.#engine = engine;
    this.#url = url;
    this.#secret = secret;
    this.#place = place;
  }

  /** Tells of the next events; gives how many there were. */
  async deliver() {
    let after = await this.#told();
    const events = await this.#engine.events({ after, limit: AT_ONCE });
    for (const logged of events) {
      if (logged.subject === "attempt" && logged.event.type === "graded") {
        const { attempt, grade } = logged.event;
        await this.#post({ id: logged.id, type: "attempt.graded", attempt, grade });
      }
      after = logged.cursor;
      await this.#note(after);
    }
    return events.length;
  }

  async #post(message) {
    const body = JSON.stringify(message);
    const response = await fetch(this.#url, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "x-signature": `sha256=${sign(body, this.#secret)}`,
      },
      body,
      signal: AbortSignal.timeout(10_000),
    });
    if (!response.ok) {
      throw new Error(`the webhook answered with ${response.status}`);
    }
  }

  async #told() {
    try {
      return JSON.parse(await readFile(this.#place, "utf8"));
    } catch (error) {
      if (error.code === "ENOENT") {
        return 0;
      }
      throw error;
    }
  }

  async #note(place) {
    await writeFile(`${this.#place}.new`, JSON.stringify(place));
    await rename(`${this.#place}.new`, this.#place);
  }
}
