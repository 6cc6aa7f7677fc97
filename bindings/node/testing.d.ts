/** What tests of a host need: time that stands where they put it. */

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
