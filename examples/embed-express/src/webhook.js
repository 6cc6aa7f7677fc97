// Tells another system of every grade, by PolyCode's events.

import { sign } from "./people.js";

/** An event hook that posts each grade, at least once; receivers know a repetition by its id. */
export class Webhook {
  #url;
  #secret;

  constructor({ url, secret }) {
    this.#url = url;
    this.#secret = secret;
  }

  /** Tells of an event, if it is a grade. */
  async tell(logged) {
    if (logged.subject === "attempt" && logged.event.type === "graded") {
      const { attempt, grade } = logged.event;
      await this.#post({ id: logged.id, type: "attempt.graded", attempt, grade });
    }
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
}
