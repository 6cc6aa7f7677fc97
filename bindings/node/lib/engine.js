"use strict";

const { PolycodeError, call, errorOf, text, write } = require("./errors.js");
const native = require("./native.js");
const { Runner } = require("./runner.js");

/** Every use case of PolyCode over the host's store. */
class Engine {
  #native;

  /** Use `Engine.open`. */
  constructor(handle) {
    this.#native = handle;
  }

  static async open(url, { home, runner = new Runner({ home }) } = {}) {
    try {
      return new Engine(await native.Engine.open(text("url", url), runner.native));
    } catch (thrown) {
      throw errorOf(thrown);
    }
  }

  close() {
    this.#native = undefined;
  }

  [Symbol.dispose ?? Symbol.for("Symbol.dispose")]() {
    this.close();
  }

  async importCourse(path) {
    return this.#call((engine) => engine.importCourse(text("path", path)));
  }

  async createContent(draft) {
    return this.#call((engine) => engine.createContent(write("draft", draft)));
  }

  async updateContent(content, version, draft) {
    return this.#call((engine) =>
      engine.updateContent(text("content", content), version, write("draft", draft)),
    );
  }

  async contents({ after, limit = 20 } = {}) {
    return this.#call((engine) => engine.contents(after, limit));
  }

  async content(content) {
    return this.#call((engine) => engine.content(text("content", content)));
  }

  async authoredContent(content) {
    return this.#call((engine) => engine.authoredContent(text("content", content)));
  }

  async submit({ user, content, component, answer }) {
    return this.#call((engine) =>
      engine.submit(
        text("user", user),
        text("content", content),
        text("component", component),
        write("answer", answer),
      ),
    );
  }

  async receive({ user, content, component, answer }) {
    return this.#call((engine) =>
      engine.receive(
        text("user", user),
        text("content", content),
        text("component", component),
        write("answer", answer),
      ),
    );
  }

  async grade(submission) {
    return this.#call((engine) => engine.grade(text("submission", submission)));
  }

  async gradePending({ limit = 100 } = {}) {
    return this.#call((engine) => engine.gradePending(limit));
  }

  async runValidator({ content, component, validator, answer }) {
    return this.#call((engine) =>
      engine.runValidator(
        text("content", content),
        text("component", component),
        text("validator", validator),
        write("answer", answer),
      ),
    );
  }

  async submission(submission) {
    return this.#call((engine) => engine.submission(text("submission", submission)));
  }

  async answer(submission) {
    return this.#call((engine) => engine.answer(text("submission", submission)));
  }

  async feedback(submission) {
    return this.#call((engine) => engine.feedback(text("submission", submission)));
  }

  async report(submission) {
    return this.#call((engine) => engine.report(text("submission", submission)));
  }

  async submissions(user, { content, after, limit = 20 } = {}) {
    return this.#call((engine) => engine.submissions(text("user", user), content, after, limit));
  }

  async progress(user, content) {
    return this.#call((engine) => engine.progress(text("user", user), text("content", content)));
  }

  async wallet(user) {
    return this.#call((engine) => engine.wallet(text("user", user)));
  }

  async entries(user, { after, limit = 20 } = {}) {
    return this.#call((engine) => engine.entries(text("user", user), after, limit));
  }

  async events({ after = 0, limit = 100 } = {}) {
    return this.#call((engine) => engine.events(after, limit));
  }

  #call(work) {
    const engine = this.#native;
    if (engine === undefined) {
      throw new PolycodeError({ code: "closed", message: "the engine was closed" });
    }
    return call(() => work(engine));
  }
}

module.exports = { Engine };
