/**
 * Runs untrusted programs in sandboxes, judges them, and keeps what they earn.
 */

import type {
  Actor,
  Case,
  ChoiceAnswer,
  CodeAnswer,
  Cursor,
  GraderOpinion,
  GraderTask,
  Imported,
  Limits,
  Logged,
  Program,
  Report,
  Role,
  RunResult,
  UserId,
  UserProfile,
} from "./models";
import type { Time } from "./testing";
import type { UseCases } from "./use-cases";

export type * from "./models";
export type { UseCases } from "./use-cases";

/** The stable name of a kind of failure. */
export type ErrorCode =
  | "already_done"
  | "already_graded"
  | "busy"
  | "cannot_afford"
  | "captain_must_stay"
  | "closed"
  | "contended"
  | "directory_failed"
  | "grader_failed"
  | "internal"
  | "invalid"
  | "invitation_not_valid"
  | "limit_reached"
  | "not_allowed"
  | "not_found"
  | "not_installed"
  | "sandbox_failed"
  | "stale"
  | "store_failed"
  | "taken_over"
  | "time_up"
  | "unknown_language"
  | "wrong_state";

/** One thing that is wrong. */
export interface Told {
  /** What is wrong, and the limit where there is one. */
  message: string;
  /** The path of the field that it is about, such as `root.validators[2].weight`. */
  field?: string;
}

/** Something that was asked for did not come about. Match on `code`, never on the message. */
export class PolycodeError extends Error {
  /** The kind of failure; later versions may add kinds. */
  readonly code: ErrorCode | (string & {});
  /**
   * What is wrong, one by one and never empty: each broken rule with its field when the input is
   * what is wrong, else the message.
   */
  readonly errors: Told[];
  /** Whether the same call may succeed later without anybody mending anything. */
  readonly temporary: boolean;
}

/** One source text, or several by file name. */
export type Source = string | Record<string, string>;

/** A program; `entry` is the file that is run, without it the language's usual one. */
export function program(language: string, source: Source, options?: { entry?: string }): Program;

/** A program as an answer for a code editor; see `program`. */
export function code(language: string, source: Source, options?: { entry?: string }): CodeAnswer;

/** Chosen options as an answer to a question. */
export function choice(...selected: string[]): ChoiceAnswer;

/** Somebody who did not sign in. */
export function guest(): Actor;

/** Somebody who signed in, by the host's own id of them, with what they are besides a user. */
export function user(id: string, ...roles: Role[]): Actor;

/** What every call takes. */
export interface CallOptions {
  /** Calls the work off; the call then fails with the signal's reason. */
  signal?: AbortSignal;
}

/** How programs are run; what is left out is as usual. */
export interface RunnerOptions {
  /** The folder that installed languages are in. */
  home?: string;
  /** How many programs run at the same time. */
  workers?: number;
  /** How many may wait beside them. */
  queue?: number;
}

/** What to run a program with. */
export interface RunOptions extends CallOptions {
  /** The language of the program. */
  language: string;
  /** The file that is run; without it the language's usual one. */
  entry?: string;
  /** The text given on standard input, which then ends. */
  stdin?: string;
  /** The arguments given to the program. */
  args?: string[];
  /** Files laid beside the program before it starts. */
  files?: Record<string, string>;
  /** Names of files to report if the program leaves them behind. */
  collect?: string[];
  /** What the run may use. */
  limits?: Limits;
}

/** A sandbox for untrusted programs. Engines may share it. */
export class Runner {
  constructor(options?: RunnerOptions);
  /** Runs a program once. */
  run(source: Source, options: RunOptions): Promise<RunResult>;
  /** Judges a case, or the case in a JSON file. */
  judge(given: Case | string | URL, options?: CallOptions): Promise<Report>;
}

/** A page of a list when it is awaited, and the whole list, page after page, when it is iterated. */
export interface Listing<Page extends { items: unknown[] }>
  extends Promise<Page>,
    AsyncIterable<Page["items"][number]> {}

export interface Engine extends UseCases {}

/**
 * Judges what a program did, for validators of the kind `host` that name it. When it throws, the call
 * fails with the code `grader_failed` and what was thrown as its `cause`: the submission is kept,
 * and nothing is held against the learner.
 */
export type Grader = (task: GraderTask) => GraderOpinion | Promise<GraderOpinion>;

/**
 * Gives what the host knows of users, by their ids; it speaks for those who never had an account here.
 * Whoever is left out has no name in rankings and teams. When it throws, the call fails with the code
 * `directory_failed` and what was thrown as its `cause`.
 */
export type Directory = (
  users: UserId[],
) => Record<UserId, UserProfile> | Promise<Record<UserId, UserProfile>>;

/**
 * Deals with an event, after it was committed and at least once; it can tell a repetition by the
 * event's `id`. An event for which it throws comes again.
 */
export type EventHook = (logged: Logged) => unknown;

/**
 * Keeps texts under keys, in the order of the keys: what an engine needs of a host that has a store of
 * its own.
 *
 * Keys are printable ASCII and compare as JavaScript's texts do; a database compares them byte by byte
 * (`COLLATE "C"` in PostgreSQL). Values are texts, to be given back as they were. What a read gives is
 * what every write left that had ended before. The methods are called many at the same time. When one
 * throws, the call fails with the code `store_failed` and what was thrown as its `cause`, and is
 * `temporary`, unless what was thrown has a `temporary` that is `false`.
 */
export interface Store {
  /** The values of some keys; what is not there is left out. */
  get(keys: string[]): Record<string, string> | Promise<Record<string, string>>;
  /**
   * The keys from `first`, which is one of them, to `end`, which is not, with their values: the first
   * `limit`, or the last ones from the last back if `reverse`.
   */
  scan(
    first: string,
    end: string,
    limit: number,
    reverse: boolean,
  ): [string, string][] | Promise<[string, string][]>;
  /**
   * Makes all changes, or none and gives `false` if some key does not hold what is expected. `null` is for a
   * key that must not be there, or that goes. Nothing that another write does comes between looking and
   * changing, and none of the changes is lost once this has ended.
   */
  write(
    expected: Record<string, string | null>,
    changes: Record<string, string | null>,
  ): boolean | Promise<boolean>;
}

/** How an engine is opened; what is left out is as usual. */
export interface EngineOptions {
  /** The folder that installed languages are in. */
  home?: string;
  /** Engines that should share a sandbox are given the same runner. */
  runner?: Runner;
  /** Graders by the names that validators call them. */
  graders?: Record<string, Grader>;
  /** The host's own directory of users. */
  directory?: Directory;
  /** Time for tests, see `polycode/testing`. */
  time?: Time;
}

/** A hook that is called with events until it is stopped, or its engine is closed. */
export interface Subscription {
  /** Calls the hook no more, and waits until it is done with what it was called with. */
  stop(): Promise<void>;
}

/**
 * Every use case of PolyCode over the host's store.
 *
 * Calls are made on behalf of the host itself, or of whom `actingAs` names. Wherever a content is
 * asked for, its id and its slug will do. Nothing blocks the event loop.
 */
export class Engine {
  private constructor();
  /**
   * Opens a store: the one that a URL names, which is `memory:`, `sqlite:` and a file, or
   * `postgresql://user:password@host/database`; or one of the host's own.
   */
  static open(store: string | Store, options?: EngineOptions): Promise<Engine>;
  /**
   * The same engine on behalf of somebody else, who may do what their roles may; see `user` and
   * `guest`.
   */
  actingAs(actor: Actor): Engine;
  /** Publishes the course in a folder: creates new contents, and new versions of changed ones. */
  importCourse(path: string, options?: CallOptions): Promise<Imported>;
  /**
   * Every event after a place in the log: those that are there, then each as it comes. When all
   * was told, the log is looked at again in `every` milliseconds, 1,000 when left out. It ends
   * with the loop that reads it, or by the signal. Whoever keeps the `cursor` of what was dealt
   * with can go on from there.
   */
  follow(options?: CallOptions & { after?: Cursor; every?: number }): AsyncGenerator<Logged, never>;
  /**
   * Calls a hook with the next events, up to `limit`, one after the other; gives how many.
   *
   * The engine keeps how far each `consumer` has come, beside the log, so that the next call goes on
   * there, in this process or another. What the hook throws carries through, and its event comes
   * again: each event comes after its commit, and at least once.
   */
  consume(
    consumer: string,
    hook: EventHook,
    options?: CallOptions & { limit?: number },
  ): Promise<number>;
  /**
   * Calls a hook with every event that the consumer has not dealt with, from the first of the log
   * on, and with each as it comes; see `consume`. How far the consumer has come is kept after
   * `limit` events, 1,000 when left out, or when all was told; then the log is looked at again in
   * `every` milliseconds, 1,000 when left out. When the hook throws, `onError` is told, or else the
   * console, and the event comes again: at first in `every` milliseconds, later in up to a minute.
   */
  onEvent(
    consumer: string,
    hook: EventHook,
    options?: { limit?: number; every?: number; onError?: (error: unknown) => unknown },
  ): Subscription;
  /** Lets go of the store; calls that come later fail. */
  close(): void;
}
