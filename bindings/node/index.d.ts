/**
 * Runs untrusted programs in sandboxes, judges them, and keeps what they earn.
 */

import type {
  Answer,
  Case,
  ChoiceAnswer,
  CodeAnswer,
  ContentDraft,
  ContentSummaryPage,
  ContentView,
  EntryPage,
  Feedback,
  Imported,
  Limits,
  Logged,
  Outcome,
  Problem,
  Program,
  Progress,
  Report,
  RunResult,
  SubmissionView,
  SubmissionId,
  SubmissionPage,
  VersionedContent,
  Wallet,
} from "./models";

export type * from "./models";

/** The stable name of a kind of failure. */
export type ErrorCode =
  | "already_done"
  | "already_graded"
  | "busy"
  | "cannot_afford"
  | "captain_must_stay"
  | "closed"
  | "contended"
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

/** Something that was asked for did not come about. Match on `code`, never on the message. */
export class PolycodeError extends Error {
  /** The kind of failure; later versions may add kinds. */
  readonly code: ErrorCode | (string & {});
  /** Each broken rule with its field, when the input is what is wrong. */
  readonly problems: Problem[];
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
export interface RunOptions {
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
  judge(given: Case | string | URL): Promise<Report>;
}

/** A part of a list to read. */
export interface PageOptions {
  /** The `next` of the page before; none for the first. */
  after?: string;
  /** The most items wanted, 1 to 100; 20 when left out. */
  limit?: number;
}

/** An answer to a submittable. */
export interface Submitting {
  /** Who answers: an id of the host's own. */
  user: string;
  /** The content's id or slug. */
  content: string;
  /** The submittable in it. */
  component: string;
  /** The answer. */
  answer: Answer;
}

/** An answer to try against one visible validator. */
export interface RunningValidator {
  /** The content's id or slug. */
  content: string;
  /** The submittable in it. */
  component: string;
  /** The validator. */
  validator: string;
  /** The answer. */
  answer: Answer;
}

/**
 * Every use case of PolyCode over the host's store.
 *
 * Wherever a content is asked for, its id and its slug will do. Nothing blocks the event loop.
 */
export class Engine {
  private constructor();
  /**
   * Opens the store that a URL names: `memory:`, or `sqlite:` and a file. Engines that should
   * share a sandbox are given the same runner.
   */
  static open(url: string, options?: { home?: string; runner?: Runner }): Promise<Engine>;
  /** Lets go of the store; calls that come later fail. */
  close(): void;
  /** Publishes the course in a folder: creates new contents, and new versions of changed ones. */
  importCourse(path: string): Promise<Imported>;
  /** Publishes a new content. */
  createContent(draft: ContentDraft): Promise<VersionedContent>;
  /** Publishes a new version of a content that was read at `version`. */
  updateContent(content: string, version: number, draft: ContentDraft): Promise<VersionedContent>;
  /** A page of contents by slug. */
  contents(page?: PageOptions): Promise<ContentSummaryPage>;
  /** A content as learners see it: no hidden validator, no right option. */
  content(content: string): Promise<ContentView>;
  /** A content with everything its author wrote. Not for learners. */
  authoredContent(content: string): Promise<VersionedContent>;
  /**
   * Takes an answer, judges it, and books what it earns.
   *
   * The answer is stored before it is judged: if judging fails for a reason that is not the
   * learner's, the submission is kept and `grade` does the rest.
   */
  submit(submitting: Submitting): Promise<Outcome>;
  /** Takes an answer and stores it, to be judged by `grade`. */
  receive(submitting: Submitting): Promise<SubmissionId>;
  /** Judges a stored submission and books what it earns, once. */
  grade(submission: string): Promise<Outcome>;
  /** Grades submissions that wait, as after a crash; gives how many were graded. */
  gradePending(options?: { limit?: number }): Promise<number>;
  /** Tries an answer against one visible validator. Nothing is stored, nothing is earned. */
  runValidator(running: RunningValidator): Promise<Feedback>;
  /** A submission and how far it has come. */
  submission(submission: string): Promise<SubmissionView>;
  /** What a user answered. */
  answer(submission: string): Promise<Answer>;
  /** What the learner is told of a submission, once it is judged. */
  feedback(submission: string): Promise<Feedback | null>;
  /** Everything that judging found, hidden validators included. Not for learners. */
  report(submission: string): Promise<Report | null>;
  /** A page of a user's submissions, of one content or of all, newest first. */
  submissions(user: string, options?: PageOptions & { content?: string }): Promise<SubmissionPage>;
  /** How far a user has come in a content. */
  progress(user: string, content: string): Promise<Progress>;
  /** What a user owns. */
  wallet(user: string): Promise<Wallet>;
  /** A page of the ledger's lines that concern a user, newest first. */
  entries(user: string, page?: PageOptions): Promise<EntryPage>;
  /** The events after a place in the log, at most 1,000 of them. */
  events(options?: { after?: number; limit?: number }): Promise<Logged[]>;
}
