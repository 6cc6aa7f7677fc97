"use strict";

/** A page of a list when it is awaited, and the whole list when it is iterated. */
class Listing {
  #read;
  #first;

  constructor(read) {
    this.#read = read;
  }

  /** The first page, which is read once. */
  get #page() {
    return (this.#first ??= this.#read());
  }

  then(fulfilled, rejected) {
    return this.#page.then(fulfilled, rejected);
  }

  catch(rejected) {
    return this.#page.catch(rejected);
  }

  finally(settled) {
    return this.#page.finally(settled);
  }

  get [Symbol.toStringTag]() {
    return "Listing";
  }

  async *[Symbol.asyncIterator]() {
    for (let page = await this.#page; ; page = await this.#read(page.next)) {
      yield* page.items;
      if (page.next === undefined || page.next === null) {
        return;
      }
    }
  }
}

module.exports = { Listing };
