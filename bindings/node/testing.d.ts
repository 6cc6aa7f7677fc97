/**
 * What tests of a host need: time that stands where they put it, and the rules of a store of their own.
 */

import type { CallOptions, Store } from "./index";

/**
 * Time that stands where it is put. Engines that are opened with it make ids and tokens that follow
 * each other: the same calls in the same order give the same results. Everybody can guess those
 * tokens, so it is for tests only.
 */
export class Time {
  constructor(now: Date | string | number);
  /** Where it stands. */
  readonly now: Date;
  /** Puts it somewhere else. */
  set(now: Date | string | number): void;
  /** Lets some time go by. */
  advance(milliseconds: number): void;
}

/** A rule, and whether a store keeps it. */
export interface CheckedRule {
  /** What it says, in words with underscores between them. */
  name: string;
  /** What is wrong; left out where the store keeps the rule. */
  broken?: string;
  /** What the store itself threw first while the rule was tried, if it did. */
  cause?: unknown;
}

/**
 * The names of the rules that every store keeps: first those of its three methods by themselves, then
 * those of what an engine keeps in it.
 */
export function storeRules(): string[];

/**
 * Tries the rules that every store keeps on a store of your own, see `Store`. `fresh` gives an empty
 * store, and is called once for every rule. `rules` are the names of those to try; all of them when it is
 * left out. It takes some seconds where the store is quick.
 */
export function checkStore(
  fresh: () => Store | Promise<Store>,
  options?: CallOptions & { rules?: Iterable<string> },
): Promise<CheckedRule[]>;
