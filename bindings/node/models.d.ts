/**
 * Everything that crosses the border between Node and PolyCode.
 *
 * Generated from the JSON Schemas of the core by `cargo xtask codegen`: do not edit.
 */

/** Where all points come from; what it owes is what all wallets hold. */
export interface MintAccount {
  kind: "mint";
}

/** A user's wallet. */
export interface WalletAccount {
  kind: "wallet";
  /** The user. */
  user: UserId;
}

/** Where the price of what is bought goes. */
export interface ShopAccount {
  kind: "shop";
}

/** Somewhere that points come from or go to. */
export type Account =
  | MintAccount
  | WalletAccount
  | ShopAccount;

/** What a credential is for. */
export interface Achievement {
  /** What has to be done for it, in words. */
  criteria: string;
  /** What it is about. */
  description: string;
  /** A URI for the module. */
  id: string;
  /** The module's title. */
  name: string;
}

/** What was achieved, as an `Achievement`. */
export interface AchievementClass {
  /** What kind of achievement. */
  achievementType: string;
  /** What has to be done for it. */
  criteria: Criteria;
  /** What it is about. */
  description: string;
  /** A URI for the module. */
  id: string;
  /** The module's title. */
  name: string;
  /** What it is. */
  type: Array<string>;
}

/** An `AchievementCredential` without its proof. */
export interface AchievementCredential {
  /** The vocabularies that the words come from. */
  "@context": Array<string>;
  /** When the module was passed. */
  awardedDate: string;
  /** Where to ask whether it was revoked. */
  credentialStatus: CredentialStatus;
  /** Whom and what it is about. */
  credentialSubject: AchievementSubject;
  /** A URI for the certificate. */
  id: string;
  /** Who issues it. */
  issuer: Profile;
  /** Its title. */
  name: string;
  /** What it is. */
  type: Array<string>;
  /** Since when it is good: when the certificate was issued. */
  validFrom: string;
  /** From when on it is not good any more. */
  validUntil?: string | null;
}

/** How well something was achieved, as a `Result`. */
export interface AchievementResult {
  /** `Completed`. */
  status: string;
  /** What it is. */
  type: Array<string>;
  /** The grade, as a percentage. */
  value: string;
}

/** Whom and what a credential is about. */
export interface AchievementSubject {
  /** What was achieved. */
  achievement: AchievementClass;
  /** A URI for the holder. */
  id: string;
  /** How well. */
  result: Array<AchievementResult>;
  /** What it is. */
  type: Array<string>;
}

/**
 * Who asks for something, as the host knows them: every use case checks them against the table
 * of permissions.
 */
export interface Actor {
  /** Who they are, if they signed in. */
  id?: UserId | null;
  /** What they are. */
  roles?: Array<Role>;
}

/**
 * An e-mail address, as the HTML standard defines one for `<input type=email>`: what a browser's
 * form takes, a CSV file and the API take as well, and no other mail syntax can slip in. Only a
 * local part with a dot at an end, or with two in a row, is none here: no mail can be sent to it
 * (RFC 5321).
 *
 * Kept in lower case: no mail host in use tells case apart, and two spellings of one address
 * must not make two candidates.
 */
export type Address = string;

/** The addresses under which an issuer publishes; this crate knows none by itself. */
export interface Addresses {
  /** A URI for the certificate. */
  credential: string;
  /** A URI for the holder. */
  holder: string;
  /** The address of the list of revoked certificates. */
  revocations: string;
}

/** A program, for a code editor. */
export interface CodeAnswer {
  kind: "code";
  /** Its source files. */
  files: Record<string, string>;
  /** The language it is written in. */
  language: LanguageId;
  /**
   * The file that is run; without it the language's usual one (`main.py`, `main.js` …), or
   * else the only file there is.
   */
  entry?: FileName | null;
}

/** Chosen options, for a multiple-choice question. */
export interface ChoiceAnswer {
  kind: "choice";
  /** The chosen options. */
  selected: Array<OptionId>;
}

/** Words, for a short text or a free answer. */
export interface TextAnswer {
  kind: "text";
  /** The words. */
  text: string;
}

/** A number, for a question that asks for one. */
export interface NumberAnswer {
  kind: "number";
  /** The number, with `.` before its decimals. */
  value: string;
}

/** Answers to the questions of a quiz. */
export interface QuizAnswer {
  kind: "quiz";
  /** The answers by question. */
  answers: Record<string, QuestionAnswer>;
}

/** What a user answers. */
export type Answer =
  | CodeAnswer
  | ChoiceAnswer
  | TextAnswer
  | NumberAnswer
  | QuizAnswer;

/** That an answer was submitted. */
export interface AnswerReceived {
  /** How often an answer was saved or submitted, with this time. */
  revision: number;
  /** The submission. */
  submission: SubmissionId;
  /** What came of it, if the campaign tells candidates and it could be judged at once. */
  feedback?: Feedback | null;
}

/** An answer of a candidate. */
export interface AnswerTo {
  /** The answer. */
  answer: Answer;
  /** The attempt. */
  attempt: AttemptId;
  /** The submittable in it. */
  component: ComponentId;
  /** The question, which was opened. */
  question: ContentId;
  /** Where it is sat: what starting or resuming it gave. */
  seat: SeatId;
}

/** One candidate's sitting of a test. The answers are documents stored beside it. */
export interface Attempt {
  /** How long after a deadline an answer may still arrive and count. */
  arrivalGrace: Seconds;
  /** The campaign. */
  campaign: CampaignId;
  /** The candidate … */
  candidate: CandidateId;
  /** What the candidate got on top of the limits that hold for all. */
  extraTime: ExtraTime;
  /** How much time can still be given back for a lost network. */
  graceLeft: Seconds;
  /** Its id. */
  id: AttemptId;
  /** The questions that were opened. */
  opened: Record<string, OpenedQuestion>;
  /** The questions, in the order they are asked. */
  paper: Array<Question>;
  /** Where it is sat: answers from anywhere else are refused. */
  seat: SeatId;
  /** What the questions were drawn from. */
  seed: Seed;
  /** When it began. */
  startedAt: string;
  /** How far it has come. */
  status: AttemptStatus;
  /** The test … */
  test: TestId;
  /** … as it was then. */
  testVersion: Version;
  /** … and who that is. */
  user: UserId;
  /** When it ends; none when nothing limits it. */
  deadline?: string | null;
  /** The grade from which on it is passed. */
  passMark?: Score | null;
}

/** It began. */
export interface StartedAttemptEvent {
  type: "started";
  /** The attempt as it begins. */
  attempt: Attempt;
}

/** A question was opened for the first time. */
export interface QuestionOpenedAttemptEvent {
  type: "question_opened";
  /** When. */
  at: string;
  /** The attempt. */
  attempt: AttemptId;
  /** The question. */
  question: ContentId;
  /** When its own time is up, if it has a limit. */
  due?: string | null;
}

/** An answer was saved, not yet submitted; it is a document written beside the event. */
export interface SavedAttemptEvent {
  type: "saved";
  /** When it arrived. */
  at: string;
  /** The attempt. */
  attempt: AttemptId;
  /** The submittable. */
  component: ComponentId;
  /** The question. */
  question: ContentId;
  /** How often it was saved or submitted, with this time. */
  revision: number;
}

/** An answer was submitted; it counts instead of any before. */
export interface AnsweredAttemptEvent {
  type: "answered";
  /** When it arrived. */
  at: string;
  /** The attempt. */
  attempt: AttemptId;
  /** The submittable. */
  component: ComponentId;
  /** The question. */
  question: ContentId;
  /** How often it was saved or submitted, with this time. */
  revision: number;
  /** The submission. */
  submission: SubmissionId;
}

/** The network was lost. */
export interface PausedAttemptEvent {
  type: "paused";
  /** When. */
  at: string;
  /** The attempt. */
  attempt: AttemptId;
}

/** The candidate came back, here or somewhere else. */
export interface ResumedAttemptEvent {
  type: "resumed";
  /** When. */
  at: string;
  /** The attempt. */
  attempt: AttemptId;
  /** How much time was given back. */
  givenBack: Seconds;
  /** Where it goes on. */
  seat: SeatId;
}

/** Its deadline was put off. */
export interface ExtendedAttemptEvent {
  type: "extended";
  /** When. */
  at: string;
  /** The attempt. */
  attempt: AttemptId;
  /** Who answers for it. */
  by: UserId;
  /** By how much. */
  extra: Seconds;
}

/** It ended. */
export interface FinishedAttemptEvent {
  type: "finished";
  /** When it ended, however late that was noticed. */
  at: string;
  /** The attempt. */
  attempt: AttemptId;
  /** What ended it. */
  by: FinishedBy;
}

/** An answer that counts was judged, or judged again. */
export interface MarkedAttemptEvent {
  type: "marked";
  /** The attempt. */
  attempt: AttemptId;
  /** The submittable. */
  component: ComponentId;
  /** The question. */
  question: ContentId;
  /** What it earned. */
  score: Score;
  /** The submission. */
  submission: SubmissionId;
}

/** It got its grade, or another one. */
export interface GradedAttemptEvent {
  type: "graded";
  /** When. */
  at: string;
  /** The attempt. */
  attempt: AttemptId;
  /** The grade. */
  grade: TestGrade;
  /** The grade before, when answers were judged again. */
  previous?: Score | null;
}

/** It was called off. */
export interface CancelledAttemptEvent {
  type: "cancelled";
  /** When. */
  at: string;
  /** The attempt. */
  attempt: AttemptId;
}

/** What happened to an attempt. */
export type AttemptEvent =
  | StartedAttemptEvent
  | QuestionOpenedAttemptEvent
  | SavedAttemptEvent
  | AnsweredAttemptEvent
  | PausedAttemptEvent
  | ResumedAttemptEvent
  | ExtendedAttemptEvent
  | FinishedAttemptEvent
  | MarkedAttemptEvent
  | GradedAttemptEvent
  | CancelledAttemptEvent;

/** One candidate's sitting of a test. */
export type AttemptId = string;

/** It is being sat. */
export interface InProgressAttemptProgress {
  kind: "in_progress";
}

/** The network was lost: it is resumed before anything else is done. */
export interface PausedAttemptProgress {
  kind: "paused";
}

/** It was received; whether it is graded is another question. */
export interface FinishedAttemptProgress {
  kind: "finished";
  /** What ended it. */
  by: FinishedBy;
}

/** It was called off. */
export interface CancelledAttemptProgress {
  kind: "cancelled";
}

/** How far an attempt has come, as its candidate sees it. */
export type AttemptProgress =
  | InProgressAttemptProgress
  | PausedAttemptProgress
  | FinishedAttemptProgress
  | CancelledAttemptProgress;

/** It is being sat. */
export interface InProgressAttemptStatus {
  kind: "in_progress";
}

/** The network was lost; it is resumed before anything else is done. */
export interface PausedAttemptStatus {
  kind: "paused";
  /** Since when. */
  since: string;
}

/** It is over, and waits for its grade. */
export interface FinishedAttemptStatus {
  kind: "finished";
  /** When it ended. */
  at: string;
  /** What ended it. */
  by: FinishedBy;
}

/** It is over, and has its grade. */
export interface GradedAttemptStatus {
  kind: "graded";
  /** When it ended. */
  at: string;
  /** What ended it. */
  by: FinishedBy;
  /** Its grade. */
  grade: TestGrade;
}

/** It was called off, and does not count. */
export interface CancelledAttemptStatus {
  kind: "cancelled";
  /** When. */
  at: string;
}

/** How far an attempt has come. */
export type AttemptStatus =
  | InProgressAttemptStatus
  | PausedAttemptStatus
  | FinishedAttemptStatus
  | GradedAttemptStatus
  | CancelledAttemptStatus;

/** An attempt as its candidate sees it. */
export interface AttemptView {
  /** The campaign. */
  campaign: CampaignId;
  /** The candidate. */
  candidate: CandidateId;
  /** Its id. */
  id: AttemptId;
  /** How far it has come. */
  progress: AttemptProgress;
  /** The questions, in the order they are asked. */
  questions: Array<QuestionPlace>;
  /** When it began. */
  startedAt: string;
  /** The test. */
  test: TestId;
  /** When it ends; none when nothing limits it. */
  deadline?: string | null;
  /** When it ended. */
  finishedAt?: string | null;
  /** Its grade, once it has one, for whoever may see it. */
  grade?: TestGrade | null;
  /** Where it goes on, for whoever has just started or resumed it. */
  seat?: SeatId | null;
  /** How much time is left, by the clock of the engine. */
  timeLeft?: Seconds | null;
}

/** How often a user may answer. */
export interface AttemptsLeft {
  /** How often they still may; none when as often as they like. */
  left?: number | null;
  /** How often they may answer in all; none when as often as they like. */
  max?: number | null;
}

/** A content with everything that its authors see. */
export interface AuthoredContent {
  /** Whose it is, and who sees it. */
  authorship: Authorship;
  /** What was written since, if anything was. */
  draft?: VersionedSavedDraft | null;
  /** Its newest published version, if there is one. */
  published?: VersionedContent | null;
}

/** The life of a content beside its published versions. */
export interface Authorship {
  /** The content. */
  content: ContentId;
  /** Who sees it. */
  shelf: Shelf;
  /** Its name in addresses; of a content that was never published, the name it will have. */
  slug: Slug;
  /** Who made it and chooses who else may edit it; none when the host published it itself. */
  author?: UserId | null;
  /** Who else may edit it, at most 50. */
  coAuthors?: Array<UserId>;
  /** What lists show of its newest published version, if there is one. */
  summary?: ContentSummary | null;
}

/** A part of a list. */
export interface AuthorshipPage {
  /** The items. */
  items: Array<Authorship>;
  /** Where the next page starts; none when this is the last. */
  next?: string | null;
}

/** How many numbers lie in a range: `from` is in it; `to` is not, but in the last bin. */
export interface Bin {
  /** How many numbers lie in it. */
  count: number;
  /** Where the range begins. */
  from: number;
  /** Where it ends. */
  to: number;
}

/** An item that was bought, with what was sold. */
export interface Bought {
  /** What was sold. */
  goods: Goods;
  /** The purchase. */
  purchase: Purchase;
}

/** What a user wants to buy, and the price that they saw. */
export interface BuyItem {
  /** The item. */
  item: ItemId;
  /** What the user agrees to pay: nobody pays more because an author was quicker. */
  price: Points;
}

/** A size in bytes. */
export type ByteCount = number;

/** It was begun. */
export interface CreatedCampaignEvent {
  type: "created";
  /** When. */
  at: string;
  /** Whose it is. */
  author: UserId;
  /** The campaign. */
  campaign: CampaignId;
  /** Its first plan. */
  plan: CampaignPlan;
}

/** Its plan or its text was changed. */
export interface EditedCampaignEvent {
  type: "edited";
  /** When. */
  at: string;
  /** The campaign. */
  campaign: CampaignId;
  /** Its plan from now on. */
  plan: CampaignPlan;
}

/** Its plan was made firm. */
export interface ScheduledCampaignEvent {
  type: "scheduled";
  /** When. */
  at: string;
  /** The campaign. */
  campaign: CampaignId;
}

/** It opened. */
export interface OpenedCampaignEvent {
  type: "opened";
  /** When it was due. */
  at: string;
  /** The campaign. */
  campaign: CampaignId;
}

/** It closed. */
export interface ClosedCampaignEvent {
  type: "closed";
  /** When it was due, or its author closed it. */
  at: string;
  /** The campaign. */
  campaign: CampaignId;
}

/** It was called off. */
export interface CancelledCampaignEvent {
  type: "cancelled";
  /** When. */
  at: string;
  /** The campaign. */
  campaign: CampaignId;
}

/** It was deleted. */
export interface DeletedCampaignEvent {
  type: "deleted";
  /** When. */
  at: string;
  /** The campaign. */
  campaign: CampaignId;
}

/** What happened to a campaign. */
export type CampaignEvent =
  | CreatedCampaignEvent
  | EditedCampaignEvent
  | ScheduledCampaignEvent
  | OpenedCampaignEvent
  | ClosedCampaignEvent
  | CancelledCampaignEvent
  | DeletedCampaignEvent;

/** An assessment carried out on a set of candidates. */
export type CampaignId = string;

/** A part of a list. */
export interface CampaignPage {
  /** The items. */
  items: Array<CampaignView>;
  /** Where the next page starts; none when this is the last. */
  next?: string | null;
}

/** What a campaign carries out, and when. */
export interface CampaignPlan {
  /** The test … */
  test: TestId;
  /** … as it was then, however it is edited afterwards. */
  testVersion: Version;
  /** When it closes; without it, only when its author closes it. */
  endsAt?: string | null;
  /** What the clock forgives. */
  grace?: Grace;
  /** How long an invitation is good for, an hour to a year; never longer than the campaign. */
  invitationValid?: Seconds;
  /** The grade from which on a candidate has passed; without it nobody passes or fails. */
  passMark?: Score | null;
  /** What candidates are told of their answers while they sit the test. */
  reveal?: Reveal;
  /** When it opens; needed to schedule it. */
  startsAt?: string | null;
}

/** It is being prepared; nobody is invited yet. */
export interface DraftCampaignStatus {
  kind: "draft";
}

/** Its plan is made: candidates are invited, and it will open by itself. */
export interface ScheduledCampaignStatus {
  kind: "scheduled";
}

/** Candidates who accepted can start. */
export interface OpenCampaignStatus {
  kind: "open";
  /** Since when. */
  at: string;
}

/** Nobody can start any more; who is in the middle of it goes on until their time is up. */
export interface ClosedCampaignStatus {
  kind: "closed";
  /** Since when. */
  at: string;
}

/** It was called off; nothing in it counts. */
export interface CancelledCampaignStatus {
  kind: "cancelled";
  /** When. */
  at: string;
}

/** It was deleted, and what is known about its candidates with it. */
export interface DeletedCampaignStatus {
  kind: "deleted";
  /** When. */
  at: string;
}

/** How far a campaign has come. */
export type CampaignStatus =
  | DraftCampaignStatus
  | ScheduledCampaignStatus
  | OpenCampaignStatus
  | ClosedCampaignStatus
  | CancelledCampaignStatus
  | DeletedCampaignStatus;

/** What the author of a campaign writes for people to read. */
export interface CampaignText {
  /** Its title, 1 to 200 bytes. */
  name: string;
  /** What it is about, in `CommonMark`, at most 20,000 bytes. */
  description?: string;
}

/** A campaign as its author sees it. */
export interface CampaignView {
  /** Whose it is. */
  author: UserId;
  /** Its id. */
  id: CampaignId;
  /** What is carried out, and when. */
  plan: CampaignPlan;
  /** How far it has come, by the clock. */
  status: CampaignStatus;
  /** What it says. */
  text: CampaignText;
  /** How often it was written; an edit names the version it was made from. */
  version: Version;
}

/** They were added to a campaign. */
export interface AddedCandidateEvent {
  type: "added";
  /** When. */
  at: string;
  /** The campaign. */
  campaign: CampaignId;
  /** The candidate. */
  candidate: CandidateId;
  /** What they get on top of the limits that hold for all. */
  extraTime: ExtraTime;
}

/** Their profile was changed. */
export interface EditedCandidateEvent {
  type: "edited";
  /** When. */
  at: string;
  /** The candidate. */
  candidate: CandidateId;
}

/** Their extra time was changed. */
export interface ExtraTimeGrantedCandidateEvent {
  type: "extra_time_granted";
  /** When. */
  at: string;
  /** Who answers for it. */
  by: UserId;
  /** The candidate. */
  candidate: CandidateId;
  /** What they get from now on. */
  extraTime: ExtraTime;
}

/** They were sent an invitation, in place of any before. */
export interface InvitedCandidateEvent {
  type: "invited";
  /** The candidate. */
  candidate: CandidateId;
  /** What is kept of it. */
  invitation: Invitation;
  /** How many they were sent, with this one. */
  sent: number;
}

/** Their invitation expired unanswered. */
export interface InvitationLapsedCandidateEvent {
  type: "invitation_lapsed";
  /** When it was due. */
  at: string;
  /** The candidate. */
  candidate: CandidateId;
}

/** They accepted. */
export interface ConfirmedCandidateEvent {
  type: "confirmed";
  /** When. */
  at: string;
  /** The candidate. */
  candidate: CandidateId;
  /** Who they are. */
  user: UserId;
}

/** They said no. */
export interface DeclinedCandidateEvent {
  type: "declined";
  /** When. */
  at: string;
  /** The candidate. */
  candidate: CandidateId;
}

/** Their invitation was taken back. */
export interface CancelledCandidateEvent {
  type: "cancelled";
  /** When. */
  at: string;
  /** The candidate. */
  candidate: CandidateId;
}

/** The campaign is open to them. */
export interface TestSentCandidateEvent {
  type: "test_sent";
  /** When. */
  at: string;
  /** The candidate. */
  candidate: CandidateId;
}

/** They have read what the test is about. */
export interface TestOpenedCandidateEvent {
  type: "test_opened";
  /** When. */
  at: string;
  /** The candidate. */
  candidate: CandidateId;
}

/** They began to sit it. */
export interface TestStartedCandidateEvent {
  type: "test_started";
  /** When. */
  at: string;
  /** Their attempt. */
  attempt: AttemptId;
  /** The candidate. */
  candidate: CandidateId;
}

/** Their attempt is over. */
export interface TestFinishedCandidateEvent {
  type: "test_finished";
  /** When. */
  at: string;
  /** The candidate. */
  candidate: CandidateId;
}

/** They were removed. */
export interface RemovedCandidateEvent {
  type: "removed";
  /** When. */
  at: string;
  /** The candidate. */
  candidate: CandidateId;
}

/** What happened to a candidate. */
export type CandidateEvent =
  | AddedCandidateEvent
  | EditedCandidateEvent
  | ExtraTimeGrantedCandidateEvent
  | InvitedCandidateEvent
  | InvitationLapsedCandidateEvent
  | ConfirmedCandidateEvent
  | DeclinedCandidateEvent
  | CancelledCandidateEvent
  | TestSentCandidateEvent
  | TestOpenedCandidateEvent
  | TestStartedCandidateEvent
  | TestFinishedCandidateEvent
  | RemovedCandidateEvent;

/** Somebody invited to a campaign. */
export type CandidateId = string;

/** A part of a list. */
export interface CandidatePage {
  /** The items. */
  items: Array<CandidateView>;
  /** Where the next page starts; none when this is the last. */
  next?: string | null;
}

/** The person behind a candidate. */
export interface CandidateProfile {
  /** Where the invitation goes; unique in a campaign. */
  address: Address;
  /** Their name, at most 200 bytes on one line; empty when it is not known. */
  name?: string;
  /** Keywords of the campaign's author, at most 50, by which results are grouped. */
  tags?: Array<Tag>;
}

/** One candidate beside the others. */
export interface CandidateReport {
  /** The questions that the candidate was given, in the order of the test. */
  questions: Array<QuestionReport>;
  /** The candidate's own row. */
  row: ResultRow;
  /**
   * The percentile rank from 0 to 100: the share of the finished with a lower grade and half
   * of those with the same.
   */
  percentile?: number | null;
  /** The place among those who finished; equal grades share a place ("1224"). */
  rank?: number | null;
}

/** A candidate as the author of their campaign sees them. */
export interface CandidateView {
  /** Their campaign. */
  campaign: CampaignId;
  /** What they get on top of the limits that hold for all. */
  extraTime: ExtraTime;
  /** The candidate. */
  id: CandidateId;
  /** Who they are. */
  profile: CandidateProfile;
  /** How far they have come. */
  status: StatusName;
  /** Their attempt, once it began. */
  attempt?: AttemptId | null;
  /** How many invitations they were sent, while they have not answered. */
  invitations?: number;
  /** Until when the last of them can be used, while it can. */
  invitedUntil?: string | null;
  /** The user they became by accepting. */
  user?: UserId | null;
}

/** A program to judge by validators. */
export interface Case {
  /** The program's source files by name. */
  files: Record<string, string>;
  /** Its name, repeated in the result. */
  id: string;
  /** The language of the program. */
  language: LanguageId;
  /** What is expected, 1 to 1,000 validators. */
  validators: Array<Validator>;
  /** Arguments given to the program by output validators that have none of their own. */
  args?: Array<string>;
  /** The file that is run; without it the language's usual one, or else the only file. */
  entry?: FileName | null;
  /** What should come of judging; checked by the conformance suite and by `polycode judge`. */
  expect?: Expectation | null;
  /** The groups that validators are in. */
  groups?: Array<ValidatorGroup>;
  /** What each run may use. */
  limits?: Limits;
}

/** That a user passed a certification module. */
export interface Certificate {
  /** The code by which anybody who has it can verify the certificate. */
  code: VerificationCode;
  /** Its id. */
  id: CertificateId;
  /** When it was issued. */
  issuedOn: string;
  /** Its number, for people. */
  number: CertificateNumber;
  /** What was passed, and by whom. */
  pass: Pass;
  /** Whether it was taken back. */
  status: CertificateStatus;
  /** From when on it is not good any more; none when it stays good. */
  expiresAt?: string | null;
}

/** It was issued. */
export interface IssuedCertificateEvent {
  type: "issued";
  /** The certificate as it begins its life. */
  certificate: Certificate;
}

/** It was taken back. */
export interface RevokedCertificateEvent {
  type: "revoked";
  /** When. */
  at: string;
  /** The certificate. */
  certificate: CertificateId;
  /** Why. */
  reason: RevocationReason;
}

/** What happened to a certificate. */
export type CertificateEvent =
  | IssuedCertificateEvent
  | RevokedCertificateEvent;

/** A certificate for passing a module. */
export type CertificateId = string;

/**
 * The number of a certificate: the year it was issued in, and how many were issued before it
 * in that year and one more, such as `2026-000042`.
 */
export type CertificateNumber = string;

/** A part of a list. */
export interface CertificatePage {
  /** The items. */
  items: Array<Certificate>;
  /** Where the next page starts; none when this is the last. */
  next?: string | null;
}

/** It was not. */
export interface IssuedCertificateStatus {
  kind: "issued";
}

/** It was, for good. */
export interface RevokedCertificateStatus {
  kind: "revoked";
  /** When. */
  at: string;
  /** Why. */
  reason: RevocationReason;
}

/** Whether a certificate was taken back. */
export type CertificateStatus =
  | IssuedCertificateStatus
  | RevokedCertificateStatus;

/** Something that can be chosen. */
export interface ChoiceOption {
  /** Its name, unique in the question. */
  id: OptionId;
  /** What it says, in `CommonMark`. */
  text: string;
}

/** How many options may be chosen. */
export type Choose =
  /** Exactly one. */
  | "one"
  /** Any number, or none. */
  | "many";

/** The grade of one question. */
export interface QuestionColumn {
  question: ContentId;
}

/** How long the candidate worked on one question. */
export interface QuestionTimeColumn {
  question_time: ContentId;
}

/** Something that rows can be sorted by. */
export type Column =
  /** The candidate's id, which is the order in which candidates were added. */
  | "candidate"
  /** The name, in the order of Unicode's code points. */
  | "name"
  /** The tags, compared one after the other. */
  | "tags"
  /** How far the candidate has come. */
  | "status"
  /** The grade of the test. */
  | "score"
  /** How long the candidate worked. */
  | "time_used"
  /** When the test was started. */
  | "started_at"
  /** When it was submitted or closed. */
  | "finished_at"
  | QuestionColumn
  | QuestionTimeColumn;

/** What came of comparing answers. */
export interface Compared {
  /** How many of them were not known, or are measured otherwise now. */
  news: number;
  /** How many pairs are alike. */
  pairs: number;
  /** How many programs were compared: the last of each user for each component. */
  programs: number;
}

/** Like `tokens`, but a word that is a number matches any number close enough. */
export interface NumbersComparison {
  numbers: {
    /**
     * The largest difference that counts as equal, absolute or relative to the expected
     * number, whichever allows more.
     */
    tolerance: number;
  };
}

/** How an expected text and an actual one are compared. */
export type Comparison =
  /** Byte for byte. */
  | "exact"
  /** White space at the end of lines, and empty lines at the end, don't count. */
  | "trimmed"
  /** Words parted by any white space, in order. */
  | "tokens"
  /** Like `trimmed`, with the lines in any order. */
  | "unordered_lines"
  /**
   * The expected text is a regular expression that must match the whole trimmed output. It
   * runs in time linear in the output.
   */
  | "regex"
  | NumbersComparison;

/** Other components, laid out. */
export interface ContainerComponent {
  kind: "container";
  /** Its name, unique in the content. */
  id: ComponentId;
  /** The components, in order. */
  components: Array<Component>;
  /** In which direction they follow each other. */
  orientation?: Orientation;
}

/** Text to read. */
export interface MarkdownComponent {
  kind: "markdown";
  /** Its name, unique in the content. */
  id: ComponentId;
  /** The text, in `CommonMark`; whoever shows it must sanitise it. */
  text: string;
}

/** A place to write a program; takes an answer. */
export interface CodeEditorComponent {
  kind: "code_editor";
  /** Its name, unique in the content. */
  id: ComponentId;
  /** The languages it may be written in, each with the files a learner starts from. */
  languages: Record<string, Starter>;
  /** What is expected. */
  validators: Array<Validator>;
  /** What each run may use. */
  limits?: Limits;
  /** How it is judged. */
  rules?: JudgingRules;
  /** How much the component counts in its content. */
  weight?: Weight;
}

/** A question with options to choose from; takes an answer. */
export interface McqComponent {
  kind: "mcq";
  /** Its name, unique in the content. */
  id: ComponentId;
  /** What can be chosen, 2 to 50 options. */
  options: Array<ChoiceOption>;
  /** The question, in `CommonMark`. */
  question: string;
  /** What is expected. */
  validators: Array<Validator>;
  /** How many options may be chosen. */
  choose?: Choose;
  /** How it is judged. */
  rules?: JudgingRules;
  /** How much the component counts in its content. */
  weight?: Weight;
}

/** Questions that are answered together; takes an answer. */
export interface QuizComponent {
  kind: "quiz";
  /** Its name, unique in the content. */
  id: ComponentId;
  /** The questions, in order, 1 to 100. */
  questions: Array<QuizQuestion>;
  /** What is expected: of kind `question`, one or more for each question. */
  validators: Array<Validator>;
  /** How it is judged. */
  rules?: JudgingRules;
  /** What is read first, in `CommonMark`. */
  text?: string;
  /** How much the component counts in its content. */
  weight?: Weight;
}

/** A question that is answered by a few words; takes an answer. */
export interface ShortTextComponent {
  kind: "short_text";
  /** Its name, unique in the content. */
  id: ComponentId;
  /** The question, in `CommonMark`. */
  question: string;
  /** What is expected, of kind `text`. */
  validators: Array<Validator>;
  /** How it is judged. */
  rules?: JudgingRules;
  /** How much the component counts in its content. */
  weight?: Weight;
}

/** A question that is answered by a number; takes an answer. */
export interface NumberComponent {
  kind: "number";
  /** Its name, unique in the content. */
  id: ComponentId;
  /** The question, in `CommonMark`. */
  question: string;
  /** What is expected, of kind `number`. */
  validators: Array<Validator>;
  /** How it is judged. */
  rules?: JudgingRules;
  /** What it is counted in, such as `kg`. */
  unit?: string | null;
  /** How much the component counts in its content. */
  weight?: Weight;
}

/** A question that is answered at any length, and that a person marks; takes an answer. */
export interface FreeAnswerComponent {
  kind: "free_answer";
  /** Its name, unique in the content. */
  id: ComponentId;
  /** The question, in `CommonMark`. */
  question: string;
  /** What a person marks it by, of kind `manual`. */
  validators: Array<Validator>;
  /** The most bytes that an answer may have, at most 100,000. */
  maxBytes?: number;
  /** How it is judged. */
  rules?: JudgingRules;
  /** How much the component counts in its content. */
  weight?: Weight;
}

/** A node of a content. */
export type Component =
  | ContainerComponent
  | MarkdownComponent
  | CodeEditorComponent
  | McqComponent
  | QuizComponent
  | ShortTextComponent
  | NumberComponent
  | FreeAnswerComponent;

/** A component of a content, named by its author, unique in the content. */
export type ComponentId = string;

/** Other components, laid out. */
export interface ContainerComponentView {
  kind: "container";
  /** Its name, unique in the content. */
  id: ComponentId;
  /** The components, in order. */
  components: Array<ComponentView>;
  /** In which direction they follow each other. */
  orientation: Orientation;
}

/** Text to read. */
export interface MarkdownComponentView {
  kind: "markdown";
  /** Its name, unique in the content. */
  id: ComponentId;
  /** The text, in `CommonMark`; whoever shows it must sanitise it. */
  text: string;
}

/** A place to write a program. */
export interface CodeEditorComponentView {
  kind: "code_editor";
  /** Its name, unique in the content. */
  id: ComponentId;
  /** Whether there are hidden validators as well. */
  hasHidden: boolean;
  /** The languages it may be written in, each with the files to start from. */
  languages: Record<string, Starter>;
  /** What each run may use. */
  limits: Limits;
  /** The visible validators, with all they expect. */
  validators: Array<Validator>;
  /** How much it counts in its content. */
  weight: Weight;
  /** How many hidden validators there are, where the author tells. */
  hiddenCount?: number | null;
  /** How often it may be answered; without it, as often as one likes. */
  maxAttempts?: number | null;
}

/** A question with options to choose from. */
export interface McqComponentView {
  kind: "mcq";
  /** Its name, unique in the content. */
  id: ComponentId;
  /** How many options may be chosen. */
  choose: Choose;
  /** What can be chosen. */
  options: Array<ChoiceOption>;
  /** The question, in `CommonMark`. */
  question: string;
  /** How much it counts in its content. */
  weight: Weight;
  /** How often it may be answered; without it, as often as one likes. */
  maxAttempts?: number | null;
}

/** Questions that are answered together. */
export interface QuizComponentView {
  kind: "quiz";
  /** Its name, unique in the content. */
  id: ComponentId;
  /** The questions, in order. */
  questions: Array<QuizQuestion>;
  /** What is read first, in `CommonMark`. */
  text: string;
  /** How much it counts in its content. */
  weight: Weight;
}

/** A question that is answered by a few words. */
export interface ShortTextComponentView {
  kind: "short_text";
  /** Its name, unique in the content. */
  id: ComponentId;
  /** The question, in `CommonMark`. */
  question: string;
  /** How much it counts in its content. */
  weight: Weight;
}

/** A question that is answered by a number. */
export interface NumberComponentView {
  kind: "number";
  /** Its name, unique in the content. */
  id: ComponentId;
  /** The question, in `CommonMark`. */
  question: string;
  /** How much it counts in its content. */
  weight: Weight;
  /** What it is counted in. */
  unit?: string | null;
}

/** A question that is answered at any length, and that a person marks. */
export interface FreeAnswerComponentView {
  kind: "free_answer";
  /** Its name, unique in the content. */
  id: ComponentId;
  /** The most bytes that an answer may have. */
  maxBytes: number;
  /** The question, in `CommonMark`. */
  question: string;
  /** How much it counts in its content. */
  weight: Weight;
}

/** A component as learners see it. */
export type ComponentView =
  | ContainerComponentView
  | MarkdownComponentView
  | CodeEditorComponentView
  | McqComponentView
  | QuizComponentView
  | ShortTextComponentView
  | NumberComponentView
  | FreeAnswerComponentView;

/** A part of the host that deals with events, such as `grades`. */
export type ConsumerId = string;

/** A content of the catalogue. */
export interface Content {
  /** Its id, over all its versions. */
  id: ContentId;
  /** Its title, 1 to 200 bytes. */
  name: string;
  /** The tree of components. */
  root: Component;
  /** Its name in addresses and course folders, unique in a store. */
  slug: Slug;
  /** What it is for. */
  type: ContentKind;
  /** What it is about, in a sentence or two, at most 2,000 bytes. */
  description?: string;
  /** The score at which it is passed, in millionths. */
  passMark?: Score;
  /** What full credit pays, at most 1,000,000 polypoints. */
  reward?: Points;
  /** Its keywords. */
  tags?: Array<Tag>;
}

/** What the author of a content writes. */
export interface ContentDraft {
  /** Its title, 1 to 200 bytes. */
  name: string;
  /** The tree of components. */
  root: Component;
  /** Its name in addresses and course folders, unique in a store. */
  slug: Slug;
  /** What it is for. */
  type: ContentKind;
  /** What it is about, in a sentence or two, at most 2,000 bytes. */
  description?: string;
  /** The score at which it is passed, in millionths. */
  passMark?: Score;
  /** What full credit pays, at most 1,000,000 polypoints. */
  reward?: Points;
  /** Its keywords. */
  tags?: Array<Tag>;
}

/** It was made; only its authors see it. */
export interface CreatedContentEvent {
  type: "created";
  /** The content. */
  content: ContentId;
  /** Its name in addresses. */
  slug: Slug;
  /** Whose it is; none for the host's own. */
  author?: UserId | null;
}

/** A version of it was published. */
export interface PublishedContentEvent {
  type: "published";
  /** The content. */
  content: ContentId;
  /** The version. */
  version: Version;
}

/** Others may edit it than before. */
export interface SharedContentEvent {
  type: "shared";
  /** Who may edit it beside its author. */
  coAuthors: Array<UserId>;
  /** The content. */
  content: ContentId;
}

/** It was deleted: nobody finds it any more; its versions stay for those who answered them. */
export interface RetiredContentEvent {
  type: "retired";
  /** When. */
  at: string;
  /** The content. */
  content: ContentId;
}

/** What happened to a content. */
export type ContentEvent =
  | CreatedContentEvent
  | PublishedContentEvent
  | SharedContentEvent
  | RetiredContentEvent;

/** A content of the catalogue, over all its versions. */
export type ContentId = string;

/** What a content is for. */
export type ContentKind =
  /** Something to solve. */
  | "exercise"
  /** Something to read. */
  | "lesson"
  /** Something to answer. */
  | "question";

/** How far somebody has come in a content, with what a list shows of it. */
export interface ContentProgress {
  /** How far. */
  progress: Progress;
  /** The content, as long as everybody finds it. */
  content?: ContentSummary | null;
}

/** A part of a list. */
export interface ContentProgressPage {
  /** The items. */
  items: Array<ContentProgress>;
  /** Where the next page starts; none when this is the last. */
  next?: string | null;
}

/** Which contents are looked for; all there are unless something is asked. */
export interface ContentQuery {
  /** Only those with this tag. */
  tag?: Tag | null;
  /**
   * Only those that have each of these words in their slug, title, description or tags, or words
   * that begin with it; upper and lower case are alike, and so are letters with and without
   * accents.
   */
  text?: string | null;
  /** Only those of this kind. */
  type?: ContentKind | null;
}

/** A content in a list. */
export interface ContentSummary {
  /** What it is about. */
  description: string;
  /** Its id. */
  id: ContentId;
  /** Its title. */
  name: string;
  /** What full credit pays. */
  reward: Points;
  /** Its name in addresses. */
  slug: Slug;
  /** Its keywords. */
  tags: Array<Tag>;
  /** What it is for. */
  type: ContentKind;
  /** How often it was published. */
  version: Version;
}

/** A part of a list. */
export interface ContentSummaryPage {
  /** The items. */
  items: Array<ContentSummary>;
  /** Where the next page starts; none when this is the last. */
  next?: string | null;
}

/** A content as learners see it. */
export interface ContentView {
  /** What it is about. */
  description: string;
  /** Its id. */
  id: ContentId;
  /** Its title. */
  name: string;
  /** The score at which it is passed, in millionths. */
  passMark: Score;
  /** What full credit pays. */
  reward: Points;
  /** The tree of components. */
  root: ComponentView;
  /** Its name in addresses. */
  slug: Slug;
  /** Its keywords. */
  tags: Array<Tag>;
  /** What it is for. */
  type: ContentKind;
  /** How often it was published. */
  version: Version;
}

/** How a judging program is told of things, and what its exit codes mean. */
export type Convention =
  /**
   * Output validators of Kattis problem packages: the arguments `input.txt answer.txt feedback/`,
   * what the program wrote on standard input. Exit code 42 accepts and 43 does not. It may write
   * `feedback/judgemessage.txt` for the author, `feedback/teammessage.txt` for the learner, and
   * with 42 a share of the mark from 0 to 1 into `feedback/score.txt`.
   */
  | "kattis"
  /**
   * Checkers made with testlib: the arguments `input.txt output.txt answer.txt`. Exit code 0
   * accepts; 1, 2, 4 and 8 do not; 7 gives the share of the mark from 0 to 1 that follows
   * `points` on standard error. What it writes there is for the author.
   */
  | "testlib";

/** A course and everything in it. */
export interface Course {
  /** Its contents, in order. */
  contents: Array<CourseContent>;
  /** Its title. */
  name: string;
  /** Its modules, in order; without any, all contents are in one module of the course's name. */
  modules?: Array<CourseModule>;
}

/** A content of a course, with answers of known verdict. */
export interface CourseContent {
  /** The content. */
  draft: ContentDraft;
  /** Answers that its author tried it with; written in the order of their verdicts and names. */
  samples?: Array<Sample>;
}

/** A module of a course. */
export interface CourseModule {
  /** Its title, 1 to 200 bytes. */
  name: string;
  /** Its name in addresses, unique among modules. */
  slug: Slug;
  /** What it is for. */
  type: ModuleKind;
  /**
   * How long a certificate for it is good; none when it stays good, or when the module is no
   * certification.
   */
  certificateLasts?: Seconds | null;
  /** The contents of the course in it, in order. */
  contents?: Array<Slug>;
  /** What it is about, in `CommonMark`, at most 20,000 bytes. */
  description?: string;
  /** The modules of the course in it, in order. */
  modules?: Array<Slug>;
  /** The score at which it is passed, in millionths. */
  passMark?: Score;
  /** What passing it pays, beside what its contents pay; at most 1,000,000 polypoints. */
  reward?: Points;
  /** Its keywords. */
  tags?: Array<Tag>;
}

/** What somebody may read of a test before they start: everything but the questions. */
export interface Cover {
  /** Its description. */
  description: string;
  /** Its title. */
  name: string;
  /** The sum of their points. */
  points: number;
  /** How many questions each candidate gets. */
  questions: number;
  /** Its keywords. */
  tags: Array<Tag>;
  /** The test. */
  test: TestId;
  /** How long it may take, before any extra time. */
  timeLimit?: Seconds | null;
}

/** Where to ask whether a credential was revoked, as a `1EdTechRevocationList`. */
export interface CredentialStatus {
  /** The address of the list. */
  id: string;
  /** What it is. */
  type: string;
}

/** What a partly right choice earns. */
export type Credit =
  /** Nothing: only exactly the right options earn the mark. */
  | "all_or_nothing"
  /** One share per right option chosen, less one per wrong option chosen, never below zero. */
  | "partial";

/** What has to be done for an achievement. */
export interface Criteria {
  /** In words. */
  narrative: string;
}

/** Something that a person looks at. */
export interface Criterion {
  /** Its name, unique in the rubric. */
  id: CriterionId;
  /** What it gives at the most, 1 to 10,000. */
  points: number;
  /** What is asked, 1 to 2,000 bytes. */
  text: string;
  /** What can be given; without levels, any number of points. */
  levels?: Array<Level>;
}

/** A criterion of a rubric, named by its author, unique in its validator. */
export type CriterionId = string;

/** A place in the event log; 0 is before the first event. */
export type Cursor = number;

/** A part of a validator that can be sold. */
export type DetailPart =
  /** What it gives to the program. */
  | "input"
  /** What it expects of the program. */
  | "expected";

/** A campaign as a whole, and every candidate in it. */
export interface DetailedReport {
  /** The candidates, the best first; those without a grade last. */
  candidates: Array<CandidateReport>;
  /** The whole. */
  general: GeneralReport;
}

/** Which way a column is sorted. */
export type Direction =
  /** The least first. */
  | "ascending"
  /** The greatest first. */
  | "descending";

/** How some numbers are distributed. */
export interface Distribution {
  /**
   * The first quartile, as all quantiles by Hyndman and Fan's method 7 (1996): between the
   * two nearest values in proportion, which is the usual way of R, `NumPy` and spreadsheets.
   */
  firstQuartile: number;
  /** The greatest. */
  max: number;
  /** Their arithmetic mean. */
  mean: number;
  /** The median. */
  median: number;
  /** The least. */
  min: number;
  /** How many there are. */
  n: number;
  /** The third quartile. */
  thirdQuartile: number;
  /** Their sample standard deviation, with Bessel's correction (n − 1); none for a single one. */
  standardDeviation?: number | null;
}

/** All of them. */
export interface AllDraw {
  kind: "all";
}

/** So many, drawn for each candidate anew, each question as likely as any other. */
export interface RandomDraw {
  kind: "random";
  /** How many, 1 to the number of questions. */
  count: number;
}

/** How many questions of a pool each candidate gets. */
export type Draw =
  | AllDraw
  | RandomDraw;

/** Adds a file that is not there yet. */
export interface AddEdit {
  kind: "add";
  /** Its name. */
  file: FileName;
  /** What is in it. */
  text?: string;
}

/** Writes something else into a file. */
export interface WriteEdit {
  kind: "write";
  /** Its name. */
  file: FileName;
  /** What is in it from now on. */
  text: string;
}

/** Gives a file another name. */
export interface RenameEdit {
  kind: "rename";
  /** Its name. */
  file: FileName;
  /** Its new name, which no other file has. */
  to: FileName;
}

/** Removes a file. */
export interface RemoveEdit {
  kind: "remove";
  /** Its name. */
  file: FileName;
}

/** Throws everything away and begins again with the files of the author. */
export interface ResetEdit {
  kind: "reset";
}

/** What a learner does in a code editor. */
export type Edit =
  | AddEdit
  | WriteEdit
  | RenameEdit
  | RemoveEdit
  | ResetEdit;

/** Text was typed since the fact before. */
export interface TypedEditFact {
  kind: "typed";
  /** When, by the user's own clock moved into the time between agreeing and arriving. */
  at: string;
  /** How many characters. */
  characters: number;
}

/** Text was pasted at once. */
export interface PastedEditFact {
  kind: "pasted";
  /** When, by the user's own clock moved into the time between agreeing and arriving. */
  at: string;
  /** How many characters. */
  characters: number;
}

/** The window was left. */
export interface FocusLostEditFact {
  kind: "focus_lost";
  /** When, by the user's own clock moved into the time between agreeing and arriving. */
  at: string;
}

/** The window was come back to. */
export interface FocusGainedEditFact {
  kind: "focus_gained";
  /** When, by the user's own clock moved into the time between agreeing and arriving. */
  at: string;
}

/** Something that happened in an editor. */
export type EditFact =
  | TypedEditFact
  | PastedEditFact
  | FocusLostEditFact
  | FocusGainedEditFact;

/** What a validator does to the score, which stays within nothing and everything. */
export type Effect =
  /** It is a part of the full mark. */
  | "counts"
  /**
   * What it earns comes on top of the full mark, and can make up for what is missing. An
   * answer may pass without it.
   */
  | "bonus"
  /** What it does not earn is taken off; being passed earns nothing. */
  | "penalty";

/** By itself. */
export interface ExitedEnding {
  kind: "exited";
  /** The exit code; 0 is success. */
  code: number;
}

/** By a trap: memory out of bounds, unreachable code, a stack that is used up. */
export interface TrappedEnding {
  kind: "trapped";
  /** The kind of trap, in words fit for the learner. */
  reason: string;
}

/** By using up its fuel. */
export interface TimeExhaustedEnding {
  kind: "time_exhausted";
}

/** By asking for more memory than the limit. */
export interface MemoryExhaustedEnding {
  kind: "memory_exhausted";
}

/** By writing more than the limit to standard output and standard error. */
export interface OutputExhaustedEnding {
  kind: "output_exhausted";
}

/** By making more files, or larger ones, than the limits. */
export interface FilesExhaustedEnding {
  kind: "files_exhausted";
}

/** By waiting for a program that waited for it: neither could go on. */
export interface IdleEnding {
  kind: "idle";
}

/** By the guard that protects the host: far more processor time than the fuel should take. */
export interface HostGuardEnding {
  kind: "host_guard";
}

/** How a run ended. */
export type Ending =
  | ExitedEnding
  | TrappedEnding
  | TimeExhaustedEnding
  | MemoryExhaustedEnding
  | OutputExhaustedEnding
  | FilesExhaustedEnding
  | IdleEnding
  | HostGuardEnding;

/** A line of the ledger; never changed, never removed. */
export interface Entry {
  /** When. */
  at: string;
  /** The account that gets. */
  credit: Account;
  /** The account that gives. */
  debit: Account;
  /** Its id. */
  id: EntryId;
  /** How much. */
  points: Points;
  /** What for; a store keeps at most one entry for each reason. */
  reason: EntryReason;
}

/** A line of the polypoints ledger. */
export type EntryId = string;

/** A part of a list. */
export interface EntryPage {
  /** The items. */
  items: Array<Entry>;
  /** Where the next page starts; none when this is the last. */
  next?: string | null;
}

/** A content was passed, or passed better than before. */
export interface AwardEntryReason {
  kind: "award";
  /** For which content. */
  content: ContentId;
  /**
   * What the content has paid to the user with this entry: the same level can't be
   * paid twice.
   */
  total: Points;
  /** Who is paid. */
  user: UserId;
}

/** A module was passed, or passed better than before. */
export interface ModuleAwardEntryReason {
  kind: "module_award";
  /** For which module. */
  module: ModuleId;
  /**
   * What the module has paid to the user with this entry: the same level can't be paid
   * twice.
   */
  total: Points;
  /** Who is paid. */
  user: UserId;
}

/** An item was bought. */
export interface PurchaseEntryReason {
  kind: "purchase";
  /** What: the same item can't be bought twice. */
  item: ItemId;
  /** Who bought. */
  user: UserId;
}

/** What an entry is for. */
export type EntryReason =
  | AwardEntryReason
  | ModuleAwardEntryReason
  | PurchaseEntryReason;

/** A fact in the event log; consumers use it to tell a redelivery. */
export type EventId = string;

/** What is kept of an `Observation`. */
export interface Evidence {
  /** How the run ended. */
  ending: Ending;
  /** Work done. */
  fuel: Fuel;
  /** The most linear memory in use. */
  peakMemory: ByteCount;
  /** The beginning of standard error. */
  stderr: Excerpt;
  /** The beginning of standard output. */
  stdout: Excerpt;
  /** Time on the wall in microseconds; differs from run to run. */
  wallUs: number;
  /** The beginning of the JSON text that the called function returned. */
  returned?: Excerpt | null;
}

/** The beginning of something a program wrote, at most 8 KiB, as text. */
export interface Excerpt {
  /** How many bytes the program wrote in all. */
  bytes: ByteCount;
  /** The text; bytes that are not UTF-8 are shown as U+FFFD. */
  text: string;
}

/** What should come of judging a case. */
export interface Expectation {
  /** The verdict on the whole. */
  verdict: Verdict;
  /** The share of the mark. */
  score?: Score | null;
  /** The verdicts of some or all validators. */
  validators?: Record<string, Verdict>;
}

/** Options. */
export interface ChoiceExpected {
  kind: "choice";
  /** The right options; may be empty where "none of them" is the answer. */
  correct: Array<OptionId>;
  /** What a partly right choice earns. */
  credit?: Credit;
}

/** Words. */
export interface TextExpected {
  kind: "text";
  /** The answers that are right, 1 to 100; with `regex`, patterns. */
  accepted: Array<string>;
  /** Whether upper and lower case differ. */
  case?: LetterCase;
  /** How an answer is compared with each of them. */
  comparison?: Comparison;
}

/** A number. */
export interface NumberExpected {
  kind: "number";
  /** The right number. */
  value: number;
  /** The largest difference that still counts as right. */
  tolerance?: number;
}

/** What is right of a question of a quiz. */
export type Expected =
  | ChoiceExpected
  | TextExpected
  | NumberExpected;

/**
 * What a candidate gets on top of the limits that hold for all.
 *
 * A share makes each limit longer, that of the test and that of each question: it is what an
 * accommodation usually grants. A fixed length makes the whole test longer, not its questions.
 */
export interface ExtraTime {
  /** What the whole test is longer by, at most a day. */
  fixed?: Seconds;
  /** The share by which every limit is longer, in percent, at most 300. */
  percent?: number;
}

/** A report as its learner sees it. */
export interface Feedback {
  /** The share of the mark that was earned. */
  score: Score;
  /** The visible validators, in the author's order. */
  validators: Array<ValidatorFeedback>;
  /**
   * Passed when every validator passed; else the verdict of the first visible one that did
   * not, or a wrong answer when only hidden ones failed, whatever happened in them.
   */
  verdict: Verdict;
  /** What the person who marked the answer says about it. */
  comment?: string | null;
  /** The compiler's words, when the program is not valid in its language. */
  diagnostics?: string | null;
  /** How many hidden validators there are, where the author tells. */
  hidden?: HiddenCount | null;
  /** Whether all hidden validators passed, where there are any. */
  hiddenPassed?: boolean | null;
  /** What they say about single criteria. */
  remarks?: Array<Remark>;
}

/**
 * The relative path of a file in a program's own folder.
 *
 * Safe to use on any system: letters, digits, `.`, `_`, `-` and spaces inside, folders parted
 * by `/`, at most 200 bytes; no segment starts with `.`, `-` or a space, ends with `.` or a
 * space, or is the name of a device on Windows.
 */
export type FileName = string;

/** Which rows are wanted; everything that is given must hold. */
export interface Filter {
  /** When it was submitted or closed. */
  finishedAt?: TimeBounds;
  /** A part of the name, in whatever case. */
  name?: string | null;
  /** The grades of single questions. */
  questions?: Record<string, ScoreBounds>;
  /** The grade of the test. */
  score?: ScoreBounds;
  /** When the test was started. */
  startedAt?: TimeBounds;
  /** How far the candidate has come; empty for anywhere. */
  statuses?: Array<StatusName>;
  /** Tags that the candidate has all of. */
  tags?: Array<Tag>;
  /** How long the candidate worked. */
  timeUsed?: SecondsBounds;
}

/** What ended an attempt. */
export type FinishedBy =
  /** The candidate submitted it. */
  | "candidate"
  /** The time was up. */
  | "deadline";

/** Deterministic work, about one WebAssembly instruction each. */
export type Fuel = number;

/** A campaign as a whole. */
export interface GeneralReport {
  /** When the report was made. */
  at: string;
  /** The campaign. */
  campaign: CampaignId;
  /** The groups of candidates by tag. */
  groups: Array<Group>;
  /** … and how each did, in the same order. */
  questionStatistics: Array<QuestionStatistics>;
  /** The questions of the test … */
  questions: Array<TestQuestion>;
  /** The campaign in a few numbers. */
  summary: Summary;
  /** How far the test measures one thing. */
  reliability?: Reliability | null;
}

/** A hint. */
export interface HintGoods {
  kind: "hint";
  /** What it says, in `CommonMark`; whoever shows it must sanitise it. */
  text: string;
}

/** What a validator does. */
export interface ValidatorDetailGoods {
  kind: "validator_detail";
  /** What it expects of the program, when that is sold. */
  expected?: ValidatorExpectation | null;
  /** What it gives to the program, when that is sold. */
  input?: ValidatorInput | null;
}

/** What an item gives to whoever bought it. */
export type Goods =
  | HintGoods
  | ValidatorDetailGoods;

/** What the clock of an attempt forgives. Without any, the clock goes on whatever happens. */
export interface Grace {
  /**
   * How long after a deadline an answer may still arrive and count, at most a minute: the time
   * it was on its way. No more can be done in it than to send what is there.
   */
  arrival?: Seconds;
  /** How much time is given back, in all, for times when the network was lost; at most an hour. */
  network?: Seconds;
}

/** The grade of a submission. */
export interface Grade {
  /** When it was judged. */
  at: string;
  /** The version of the content that gave it. */
  contentVersion: Version;
  /**
   * The share of the mark that was earned; in a test a person may have given another than
   * the programs found.
   */
  score: Score;
  /** The opinion of the programs on the whole. */
  verdict: Verdict;
}

/** A grader of the host's, as contents name it. */
export type GraderId = string;

/** What a grader of the host thinks of a program. */
export interface GraderOpinion {
  /** The share of the mark; all of it passes. */
  score: Score;
  /** Words for the author alone; cut to 2,000 bytes. */
  note?: string;
  /** Why, for the learner; cut to 2,000 bytes. */
  reason?: string;
}

/** What a grader of the host is asked: a program that ran and ended with exit code 0. */
export interface GraderTask {
  /** The work that it did. */
  fuel: Fuel;
  /** The grader. */
  grader: GraderId;
  /** The learner's program. */
  program: Program;
  /** Everything that it wrote to standard error, in the same way. */
  stderr: string;
  /** Everything that it wrote to standard output; bytes that are not UTF-8 are shown as U+FFFD. */
  stdout: string;
  /** The validator that asks. */
  validator: ValidatorId;
  /** The files asked for that it left behind, in the same way. */
  files?: Record<string, string>;
  /** What the validator's author wrote for the grader. */
  options?: unknown;
}

/**
 * The candidates with a tag, beside those without it. Somebody with several tags is in several
 * groups.
 */
export interface Group {
  /** How many candidates have it. */
  candidates: number;
  /** The tag. */
  tag: Tag;
  /** The share of those who finished among those who neither declined nor were cancelled. */
  completionRate?: number | null;
  /** The mean grade of the group less that of all others. */
  difference?: number | null;
  /**
   * Cohen's d (1988): that difference in pooled standard deviations. None when a side has
   * fewer than two grades, or none vary.
   */
  effectSize?: number | null;
  /** The grades of those who finished, as shares from 0 to 1. */
  score?: Distribution | null;
}

/** A group of validators, named by its author, unique in its component. */
export type GroupId = string;

/** How the validators of a group count. */
export type GroupScoring =
  /** Each for itself. */
  | "each"
  /**
   * All or none: the first that is not passed stops the group, and then none of them earns
   * anything, those before it neither, so that their order does not matter.
   */
  | "all";

/** How many hidden validators there are. */
export interface HiddenCount {
  /** In all. */
  count: number;
  /** Those that passed. */
  passed: number;
}

/** What learners are told of hidden validators. */
export type HiddenTold =
  /** Whether all of them passed. */
  | "all_passed"
  /** How many there are and how many passed as well. */
  | "count";

/** What came of importing a course. */
export interface Imported {
  /** Its contents, in order. */
  contents: Array<ImportedContent>;
  /** The course's title. */
  name: string;
  /** Its modules, in order. */
  modules?: Array<ImportedModule>;
}

/** A content that was imported. */
export interface ImportedContent {
  /** Its id in the store. */
  id: ContentId;
  /** Its name in addresses. */
  slug: Slug;
  /** Its version; a content that is as it was keeps the version it had. */
  version: Version;
}

/** A module that was imported. */
export interface ImportedModule {
  /** Its id in the store. */
  id: ModuleId;
  /** Its name in addresses. */
  slug: Slug;
}

/** What came of a list of candidates. */
export interface Intake {
  /** How many were added. */
  added: number;
  /** What came of each line, in the order of the list. */
  lines: Array<IntakeLine>;
  /** How many were removed. */
  removed: number;
  /** How many lines had nothing to change. */
  skipped: number;
  /** How many lines could not be understood. */
  wrong: number;
}

/** Somebody was added. */
export interface AddedIntakeLine {
  kind: "added";
  /**
   * Which line it is: of a file as an editor counts, so that the header is line 1; of a list
   * from 1.
   */
  row: number;
  /** Who they are now. */
  candidate: CandidateId;
}

/** Somebody was removed. */
export interface RemovedIntakeLine {
  kind: "removed";
  /**
   * Which line it is: of a file as an editor counts, so that the header is line 1; of a list
   * from 1.
   */
  row: number;
  /** Who they were. */
  candidate: CandidateId;
}

/** There was nothing to change. */
export interface SkippedIntakeLine {
  kind: "skipped";
  /**
   * Which line it is: of a file as an editor counts, so that the header is line 1; of a list
   * from 1.
   */
  row: number;
  /** Why. */
  problem: Problem;
}

/** It could not be understood, and changed nothing. */
export interface WrongIntakeLine {
  kind: "wrong";
  /**
   * Which line it is: of a file as an editor counts, so that the header is line 1; of a list
   * from 1.
   */
  row: number;
  /** Everything that is wrong with it. */
  problems: Array<Problem>;
}

/** What came of one line. */
export type IntakeLine =
  | AddedIntakeLine
  | RemovedIntakeLine
  | SkippedIntakeLine
  | WrongIntakeLine;

/**
 * The one invitation of a candidate that can be used at the moment. Using it, sending another,
 * cancelling and lapsing all remove it.
 */
export interface Invitation {
  /** From when on it can't be used. */
  expiresAt: string;
  /** When it was sent. */
  sentAt: string;
  /** What is kept of its token. */
  token: TokenHash;
}

/** Somebody who is invited to a team. */
export interface Invited {
  /** From when on the invitation can't be accepted any more. */
  lapsesAt: string;
  /** Who. */
  user: UserId;
}

/** Who issues credentials. */
export interface Issuer {
  /** The issuer's own address or identifier, a URI. */
  id: string;
  /** The issuer's name. */
  name: string;
}

/** A hint. */
export interface HintItem {
  kind: "hint";
  /** Who sells it. */
  author: UserId;
  /** The submittable in it. */
  component: ComponentId;
  /** The content that it helps with. */
  content: ContentId;
  /** The version of the content that it was last checked against. */
  contentVersion: Version;
  /** Its id. */
  id: ItemId;
  /** What it costs, at most 1,000,000 polypoints; 0 for a gift. */
  price: Points;
  /** Whether it can be bought. */
  state: ItemState;
  /** What it says, in `CommonMark`, 1 to 10,000 bytes. */
  text: string;
}

/** What a validator of the submittable does, hidden ones too. */
export interface ValidatorDetailItem {
  kind: "validator_detail";
  /** Who sells it. */
  author: UserId;
  /** The submittable in it. */
  component: ComponentId;
  /** The content that it helps with. */
  content: ContentId;
  /** The version of the content that it was last checked against. */
  contentVersion: Version;
  /** Its id. */
  id: ItemId;
  /** What it costs, at most 1,000,000 polypoints; 0 for a gift. */
  price: Points;
  /** Whether it can be bought. */
  state: ItemState;
  /** Which parts of it are sold, at least one. */
  shows: Array<DetailPart>;
  /** The validator. */
  validator: ValidatorId;
}

/** Something that can be bought with polypoints, with the secret that is sold. */
export type Item =
  | HintItem
  | ValidatorDetailItem;

/** A hint. */
export interface HintItemDraft {
  kind: "hint";
  /** The submittable in it. */
  component: ComponentId;
  /** The content that it helps with. */
  content: ContentId;
  /** What it costs, at most 1,000,000 polypoints; 0 for a gift. */
  price: Points;
  /** What it says, in `CommonMark`, 1 to 10,000 bytes. */
  text: string;
}

/** What a validator of the submittable does, hidden ones too. */
export interface ValidatorDetailItemDraft {
  kind: "validator_detail";
  /** The submittable in it. */
  component: ComponentId;
  /** The content that it helps with. */
  content: ContentId;
  /** What it costs, at most 1,000,000 polypoints; 0 for a gift. */
  price: Points;
  /** Which parts of it are sold, at least one. */
  shows: Array<DetailPart>;
  /** The validator. */
  validator: ValidatorId;
}

/** What the author of an item writes. */
export type ItemDraft =
  | HintItemDraft
  | ValidatorDetailItemDraft;

/** It was put on sale. */
export interface OfferedItemEvent {
  type: "offered";
  /** When. */
  at: string;
  /** The content that it helps with. */
  content: ContentId;
  /** The item. */
  item: ItemId;
  /** What it costs. */
  price: Points;
}

/** It was written anew. */
export interface UpdatedItemEvent {
  type: "updated";
  /** When. */
  at: string;
  /** The item. */
  item: ItemId;
  /** What it costs now. */
  price: Points;
}

/** It can't be bought any more. */
export interface RetiredItemEvent {
  type: "retired";
  /** When. */
  at: string;
  /** The item. */
  item: ItemId;
}

/** What happened to an item. Nothing of what it sells stands here. */
export type ItemEvent =
  | OfferedItemEvent
  | UpdatedItemEvent
  | RetiredItemEvent;

/** Something that can be bought with polypoints. */
export type ItemId = string;

/** A part of a list. */
export interface ItemPage {
  /** The items. */
  items: Array<ItemView>;
  /** Where the next page starts; none when this is the last. */
  next?: string | null;
}

/** It can. */
export interface OnSaleItemState {
  kind: "on_sale";
}

/** Not any more; whoever bought it keeps it. */
export interface RetiredItemState {
  kind: "retired";
  /** Since when. */
  at: string;
}

/** Whether an item can be bought. */
export type ItemState =
  | OnSaleItemState
  | RetiredItemState;

/** An item in a list: everything but what is sold. */
export interface ItemView {
  /** The submittable in it. */
  component: ComponentId;
  /** The content that it helps with. */
  content: ContentId;
  /** The item. */
  item: ItemId;
  /** What sort of thing is sold, such as `hint`. */
  kind: string;
  /** What it costs. */
  price: Points;
  /** When the one who looks bought it, if they did. */
  boughtAt?: string | null;
}

/** What judging found of an answer of a test. */
export interface JudgedAnswer {
  /** When. */
  at: string;
  /** What was found. */
  report: Report;
  /**
   * The version of the question that judged it: the one that was asked, or that of the last
   * regrade.
   */
  version: Version;
}

/** The opinion on one validator. */
export interface Judgement {
  /** Whether the validator is hidden from learners. */
  hidden: boolean;
  /** The share of the mark that was earned. */
  score: Score;
  /** The validator. */
  validator: ValidatorId;
  /** The opinion. */
  verdict: Verdict;
  /** How much it counts. */
  weight: Weight;
  /** What it does to the score. */
  effect?: Effect;
  /** What was seen, for validators that ran something. */
  evidence?: Evidence | null;
  /** What a person gave, for validators that a person marks. */
  marks?: Array<Mark>;
  /** What is for the author alone: the words of a judging program, or why it gave none. */
  note?: string | null;
  /** Why, in a few words, where the verdict alone does not say. */
  reason?: string | null;
  /** What came of each test, for validators that are tests. */
  tests?: Array<TestResult>;
}

/** How a submittable is judged, beside its validators. */
export interface JudgingRules {
  /** The groups that validators are in. */
  groups?: Array<ValidatorGroup>;
  /** What learners are told of hidden validators. */
  hidden?: HiddenTold;
  /**
   * How often a learner may answer, 1 to 1,000 times; without it, as often as they like. An
   * answer that we fail to judge does not count.
   */
  maxAttempts?: number | null;
}

/** It waits to be judged. */
export interface PendingJudgingState {
  kind: "pending";
}

/** It waits for a person to mark what programs can't judge. */
export interface AwaitingReviewJudgingState {
  kind: "awaiting_review";
  /** Since when. */
  at: string;
}

/** It was judged. */
export interface GradedJudgingState {
  kind: "graded";
  /** When it was judged. */
  at: string;
  /** Whether every validator passed. */
  passed: boolean;
  /** The share of the mark that was earned. */
  score: Score;
}

/** It could not be judged, for a reason that is not the learner's. */
export interface UngradableJudgingState {
  kind: "ungradable";
  /** When that was found. */
  at: string;
}

/** How far the judging of a submission has come. */
export type JudgingState =
  | PendingJudgingState
  | AwaitingReviewJudgingState
  | GradedJudgingState
  | UngradableJudgingState;

/** A language that programs are written in, such as `python`. */
export type LanguageId = string;

/** Whether upper and lower case differ. */
export type LetterCase =
  /** `Paris` and `paris` are alike. */
  | "ignored"
  /** They differ. */
  | "counts";

/** How well a criterion is met. */
export interface Level {
  /** What it gives. */
  points: number;
  /** What it says, 1 to 2,000 bytes. */
  text: string;
}

/** What one run may use; every limit has a verdict of its own. */
export interface Limits {
  /** Bytes of all files the program leaves or makes, at most 256 MiB. */
  fileBytes?: ByteCount;
  /** How many files and folders the program may have made at one time, at most 10,000. */
  fileCount?: number;
  /** The same limit as exact fuel; where given, it is the one that counts. */
  fuel?: Fuel | null;
  /** Bytes of linear memory, 1 MiB to 2 GiB, the language's own runtime included. */
  memoryBytes?: ByteCount;
  /** Bytes written to standard output and standard error together, at most 64 MiB. */
  outputBytes?: ByteCount;
  /**
   * Milliseconds of a reference core, 1 to 120,000. It is turned into `Fuel` by the
   * language's calibration, so that a verdict never depends on the machine or its load.
   */
  timeMs?: number;
}

/** Lines of a document, counted from 1 over all its files in the order of their names. */
export interface LineRange {
  /** The first line. */
  first: number;
  /** The last line, included. */
  last: number;
}

/** A language and region as a BCP 47 tag, such as `fr` or `pt-BR`. */
export type Locale = string;

/** To a content. */
export interface ContentLogged {
  subject: "content";
  /** When it was recorded. */
  at: string;
  /** Its place; read on from here. */
  cursor: Cursor;
  /** Its id, by which a consumer tells a redelivery. */
  id: EventId;
  /** The version of the event's schema; schemas only grow. */
  schema: number;
  event: ContentEvent;
}

/** To a module. */
export interface ModuleLogged {
  subject: "module";
  /** When it was recorded. */
  at: string;
  /** Its place; read on from here. */
  cursor: Cursor;
  /** Its id, by which a consumer tells a redelivery. */
  id: EventId;
  /** The version of the event's schema; schemas only grow. */
  schema: number;
  event: ModuleEvent;
}

/** To a submission. */
export interface SubmissionLogged {
  subject: "submission";
  /** When it was recorded. */
  at: string;
  /** Its place; read on from here. */
  cursor: Cursor;
  /** Its id, by which a consumer tells a redelivery. */
  id: EventId;
  /** The version of the event's schema; schemas only grow. */
  schema: number;
  event: SubmissionEvent;
}

/** To somebody's progress. */
export interface ProgressLogged {
  subject: "progress";
  /** When it was recorded. */
  at: string;
  /** Its place; read on from here. */
  cursor: Cursor;
  /** Its id, by which a consumer tells a redelivery. */
  id: EventId;
  /** The version of the event's schema; schemas only grow. */
  schema: number;
  event: ProgressEvent;
}

/** To somebody's progress in a module. */
export interface ModuleProgressLogged {
  subject: "module_progress";
  /** When it was recorded. */
  at: string;
  /** Its place; read on from here. */
  cursor: Cursor;
  /** Its id, by which a consumer tells a redelivery. */
  id: EventId;
  /** The version of the event's schema; schemas only grow. */
  schema: number;
  event: ModuleProgressEvent;
}

/** To a wallet. */
export interface WalletLogged {
  subject: "wallet";
  /** When it was recorded. */
  at: string;
  /** Its place; read on from here. */
  cursor: Cursor;
  /** Its id, by which a consumer tells a redelivery. */
  id: EventId;
  /** The version of the event's schema; schemas only grow. */
  schema: number;
  event: WalletEvent;
}

/** To an item of the shop. */
export interface ItemLogged {
  subject: "item";
  /** When it was recorded. */
  at: string;
  /** Its place; read on from here. */
  cursor: Cursor;
  /** Its id, by which a consumer tells a redelivery. */
  id: EventId;
  /** The version of the event's schema; schemas only grow. */
  schema: number;
  event: ItemEvent;
}

/** In the shop. */
export interface PurchaseLogged {
  subject: "purchase";
  /** When it was recorded. */
  at: string;
  /** Its place; read on from here. */
  cursor: Cursor;
  /** Its id, by which a consumer tells a redelivery. */
  id: EventId;
  /** The version of the event's schema; schemas only grow. */
  schema: number;
  event: PurchaseEvent;
}

/** To an account. */
export interface UserLogged {
  subject: "user";
  /** When it was recorded. */
  at: string;
  /** Its place; read on from here. */
  cursor: Cursor;
  /** Its id, by which a consumer tells a redelivery. */
  id: EventId;
  /** The version of the event's schema; schemas only grow. */
  schema: number;
  event: UserEvent;
}

/** To a team. */
export interface TeamLogged {
  subject: "team";
  /** When it was recorded. */
  at: string;
  /** Its place; read on from here. */
  cursor: Cursor;
  /** Its id, by which a consumer tells a redelivery. */
  id: EventId;
  /** The version of the event's schema; schemas only grow. */
  schema: number;
  event: TeamEvent;
}

/** To a test. */
export interface TestLogged {
  subject: "test";
  /** When it was recorded. */
  at: string;
  /** Its place; read on from here. */
  cursor: Cursor;
  /** Its id, by which a consumer tells a redelivery. */
  id: EventId;
  /** The version of the event's schema; schemas only grow. */
  schema: number;
  event: TestEvent;
}

/** To a campaign. */
export interface CampaignLogged {
  subject: "campaign";
  /** When it was recorded. */
  at: string;
  /** Its place; read on from here. */
  cursor: Cursor;
  /** Its id, by which a consumer tells a redelivery. */
  id: EventId;
  /** The version of the event's schema; schemas only grow. */
  schema: number;
  event: CampaignEvent;
}

/** To a candidate. */
export interface CandidateLogged {
  subject: "candidate";
  /** When it was recorded. */
  at: string;
  /** Its place; read on from here. */
  cursor: Cursor;
  /** Its id, by which a consumer tells a redelivery. */
  id: EventId;
  /** The version of the event's schema; schemas only grow. */
  schema: number;
  event: CandidateEvent;
}

/** To an attempt. */
export interface AttemptLogged {
  subject: "attempt";
  /** When it was recorded. */
  at: string;
  /** Its place; read on from here. */
  cursor: Cursor;
  /** Its id, by which a consumer tells a redelivery. */
  id: EventId;
  /** The version of the event's schema; schemas only grow. */
  schema: number;
  event: AttemptEvent;
}

/** To a pair of submissions that are alike. */
export interface ReviewLogged {
  subject: "review";
  /** When it was recorded. */
  at: string;
  /** Its place; read on from here. */
  cursor: Cursor;
  /** Its id, by which a consumer tells a redelivery. */
  id: EventId;
  /** The version of the event's schema; schemas only grow. */
  schema: number;
  event: ReviewEvent;
}

/** To the timeline of an answer. */
export interface TimelineLogged {
  subject: "timeline";
  /** When it was recorded. */
  at: string;
  /** Its place; read on from here. */
  cursor: Cursor;
  /** Its id, by which a consumer tells a redelivery. */
  id: EventId;
  /** The version of the event's schema; schemas only grow. */
  schema: number;
  event: TimelineEvent;
}

/** To a regrade. */
export interface RegradeLogged {
  subject: "regrade";
  /** When it was recorded. */
  at: string;
  /** Its place; read on from here. */
  cursor: Cursor;
  /** Its id, by which a consumer tells a redelivery. */
  id: EventId;
  /** The version of the event's schema; schemas only grow. */
  schema: number;
  event: RegradeEvent;
}

/** To a certificate. */
export interface CertificateLogged {
  subject: "certificate";
  /** When it was recorded. */
  at: string;
  /** Its place; read on from here. */
  cursor: Cursor;
  /** Its id, by which a consumer tells a redelivery. */
  id: EventId;
  /** The version of the event's schema; schemas only grow. */
  schema: number;
  event: CertificateEvent;
}

/** An event with its place in the log. */
export type Logged =
  | ContentLogged
  | ModuleLogged
  | SubmissionLogged
  | ProgressLogged
  | ModuleProgressLogged
  | WalletLogged
  | ItemLogged
  | PurchaseLogged
  | UserLogged
  | TeamLogged
  | TestLogged
  | CampaignLogged
  | CandidateLogged
  | AttemptLogged
  | ReviewLogged
  | TimelineLogged
  | RegradeLogged
  | CertificateLogged;

/** What a person gave for a criterion. */
export interface Mark {
  /** The criterion. */
  criterion: CriterionId;
  /** The points. */
  points: number;
}

/** What a person gave for a validator that a person marks. */
export interface Marks {
  /** One mark for each criterion of its rubric. */
  marks: Array<Mark>;
  /** The validator. */
  validator: ValidatorId;
}

/** Somebody in a team, as the others in it see them. */
export interface Member {
  /** Since when they are in the team. */
  since: string;
  /** Who. */
  user: UserId;
  /** Their name, if they have an account and show it. */
  name?: string | null;
}

/** A module of the catalogue. */
export interface Module {
  /** The contents in it, in order; each may stand in other modules as well. */
  contents: Array<ContentId>;
  /** What its author wrote. */
  draft: ModuleDraft;
  /** Its id, over all its versions. */
  id: ModuleId;
  /** The modules in it, in order; each may stand in others as well. */
  modules: Array<ModuleId>;
  /** Who sees it. */
  shelf: Shelf;
  /** Who made it and chooses who else may edit it; none when the host published it itself. */
  author?: UserId | null;
  /** Who else may edit it, at most 50. */
  coAuthors?: Array<UserId>;
}

/** What the author of a module writes about it. */
export interface ModuleDraft {
  /** Its title, 1 to 200 bytes. */
  name: string;
  /** Its name in addresses, unique among modules. */
  slug: Slug;
  /** What it is for. */
  type: ModuleKind;
  /**
   * How long a certificate for it is good; none when it stays good, or when the module is no
   * certification.
   */
  certificateLasts?: Seconds | null;
  /** What it is about, in `CommonMark`, at most 20,000 bytes. */
  description?: string;
  /** The score at which it is passed, in millionths. */
  passMark?: Score;
  /** What passing it pays, beside what its contents pay; at most 1,000,000 polypoints. */
  reward?: Points;
  /** Its keywords. */
  tags?: Array<Tag>;
}

/** It was made; only its authors see it. */
export interface CreatedModuleEvent {
  type: "created";
  /** What its author wrote. */
  draft: ModuleDraft;
  /** The module. */
  module: ModuleId;
  /** Whose it is; none for the host's own. */
  author?: UserId | null;
}

/** It is for everybody to see. */
export interface PublishedModuleEvent {
  type: "published";
  /** The module. */
  module: ModuleId;
}

/** Its author wrote something else about it. */
export interface EditedModuleEvent {
  type: "edited";
  /** What its author wrote. */
  draft: ModuleDraft;
  /** The module. */
  module: ModuleId;
}

/** Others may edit it than before. */
export interface SharedModuleEvent {
  type: "shared";
  /** Who may edit it beside its author. */
  coAuthors: Array<UserId>;
  /** The module. */
  module: ModuleId;
}

/** A module was put into it, or moved in it. */
export interface ModulePlacedModuleEvent {
  type: "module_placed";
  /** What was put into it. */
  child: ModuleId;
  /** The module. */
  module: ModuleId;
  /** Where it stands among the modules in it, from 0. */
  position: number;
}

/** A module was taken out of it. */
export interface ModuleRemovedModuleEvent {
  type: "module_removed";
  /** What was taken out. */
  child: ModuleId;
  /** The module. */
  module: ModuleId;
}

/** A content was put into it, or moved in it. */
export interface ContentPlacedModuleEvent {
  type: "content_placed";
  /** What was put into it. */
  content: ContentId;
  /** The module. */
  module: ModuleId;
  /** Where it stands among the contents in it, from 0. */
  position: number;
}

/** A content was taken out of it. */
export interface ContentRemovedModuleEvent {
  type: "content_removed";
  /** What was taken out. */
  content: ContentId;
  /** The module. */
  module: ModuleId;
}

/** It was deleted: nobody finds it any more. */
export interface RetiredModuleEvent {
  type: "retired";
  /** When. */
  at: string;
  /** The module. */
  module: ModuleId;
}

/** What happened to a module. */
export type ModuleEvent =
  | CreatedModuleEvent
  | PublishedModuleEvent
  | EditedModuleEvent
  | SharedModuleEvent
  | ModulePlacedModuleEvent
  | ModuleRemovedModuleEvent
  | ContentPlacedModuleEvent
  | ContentRemovedModuleEvent
  | RetiredModuleEvent;

/** A node of the learning tree, over all its versions. */
export type ModuleId = string;

/**
 * What a module is for. `ModuleGoal` says when each kind is
 * passed, and what it pays then.
 */
export type ModuleKind =
  /** Something to learn with, at leisure. */
  | "practice"
  /** Something to master: every content in it has to be passed. */
  | "challenge"
  /** Something that gives a certificate: every content in it has to be passed. */
  | "certification"
  /** Something that evaluates; it pays nothing. */
  | "test"
  /** A part of other modules; lists don't show it unless they are asked for its kind. */
  | "submodule";

/** How far a user has come in a module. */
export interface ModuleProgress {
  /** How many contents there were to pass. */
  contents: number;
  /** The module. */
  module: ModuleId;
  /** The polypoints it has paid to the user so far, beside what its contents paid. */
  paid: Points;
  /** How many of its contents were passed. */
  passed: number;
  /** The mean score over its contents. */
  score: Score;
  /** The user. */
  user: UserId;
  /** When the module was first passed, if it was. */
  completedAt?: string | null;
}

/** The user has come farther, or the module has other contents than before. */
export interface AdvancedModuleProgressEvent {
  type: "advanced";
  /** How many contents there are to pass. */
  contents: number;
  /** The module. */
  module: ModuleId;
  /** How many of its contents are passed. */
  passed: number;
  /** Its new score. */
  score: Score;
  /** The user. */
  user: UserId;
}

/** The module was passed for the first time. */
export interface CompletedModuleProgressEvent {
  type: "completed";
  /** When. */
  at: string;
  /** The module. */
  module: ModuleId;
  /** The user. */
  user: UserId;
}

/** The module owes the user more than it has paid. */
export interface RewardedModuleProgressEvent {
  type: "rewarded";
  /** The module. */
  module: ModuleId;
  /** The difference to pay now. */
  points: Points;
  /** What the module will have paid in all. */
  total: Points;
  /** The user. */
  user: UserId;
}

/** What happened in a user's way through a module. */
export type ModuleProgressEvent =
  | AdvancedModuleProgressEvent
  | CompletedModuleProgressEvent
  | RewardedModuleProgressEvent;

/** Which modules are looked for; all but sub-modules unless something is asked. */
export interface ModuleQuery {
  /** Only those with this tag. */
  tag?: Tag | null;
  /**
   * Only those that have each of these words in their slug, title, description or tags, or words
   * that begin with it; upper and lower case are alike, and so are letters with and without
   * accents.
   */
  text?: string | null;
  /** Only those of this kind. */
  type?: ModuleKind | null;
}

/** How far somebody has come in a module and in each of its contents. */
export interface ModuleStanding {
  /** How far in each content in it and in the modules below it. */
  contents: Array<Progress>;
  /** How far in the module. */
  progress: ModuleProgress;
}

/** A module in a list. */
export interface ModuleSummary {
  /** Its id. */
  id: ModuleId;
  /** Its title, 1 to 200 bytes. */
  name: string;
  /** Its name in addresses, unique among modules. */
  slug: Slug;
  /** What it is for. */
  type: ModuleKind;
  /**
   * How long a certificate for it is good; none when it stays good, or when the module is no
   * certification.
   */
  certificateLasts?: Seconds | null;
  /** What it is about, in `CommonMark`, at most 20,000 bytes. */
  description?: string;
  /** The score at which it is passed, in millionths. */
  passMark?: Score;
  /** What passing it pays, beside what its contents pay; at most 1,000,000 polypoints. */
  reward?: Points;
  /** Its keywords. */
  tags?: Array<Tag>;
}

/** A part of a list. */
export interface ModuleSummaryPage {
  /** The items. */
  items: Array<ModuleSummary>;
  /** Where the next page starts; none when this is the last. */
  next?: string | null;
}

/** A module with what is in it. */
export interface ModuleView {
  /** The published contents in it, in order. */
  contents: Array<ContentSummary>;
  /** Its id. */
  id: ModuleId;
  /** The published modules in it, in order. */
  modules: Array<ModuleSummary>;
  /** Its title, 1 to 200 bytes. */
  name: string;
  /** Its name in addresses, unique among modules. */
  slug: Slug;
  /** What it is for. */
  type: ModuleKind;
  /**
   * How long a certificate for it is good; none when it stays good, or when the module is no
   * certification.
   */
  certificateLasts?: Seconds | null;
  /** What it is about, in `CommonMark`, at most 20,000 bytes. */
  description?: string;
  /** The score at which it is passed, in millionths. */
  passMark?: Score;
  /** What passing it pays, beside what its contents pay; at most 1,000,000 polypoints. */
  reward?: Points;
  /** Its keywords. */
  tags?: Array<Tag>;
}

/** A candidate to add. What is wrong with one line is said of that line. */
export interface NewCandidate {
  /** Where the invitation goes. */
  address: string;
  /** What they get on top of the limits that hold for all. */
  extraTime?: ExtraTime;
  /** Their name, if it is known. */
  name?: string;
  /** The author's keywords for them. */
  tags?: Array<string>;
}

/** Which mails a user wants. Mails about the account itself are always sent. */
export type Notices =
  /** All of them. */
  | "all"
  /** Only those that have to be sent. */
  | "needed";

/** A test that is open to somebody. */
export interface OpenTest {
  /** The campaign … */
  campaign: CampaignId;
  /** The candidate that they are. */
  candidate: CandidateId;
  /** … and its title. */
  name: string;
  /** How far the candidate has come. */
  status: StatusName;
  /** The attempt to go on with, if it began. */
  attempt?: AttemptId | null;
  /** When the campaign closes. */
  endsAt?: string | null;
}

/** A part of a list. */
export interface OpenTestPage {
  /** The items. */
  items: Array<OpenTest>;
  /** Where the next page starts; none when this is the last. */
  next?: string | null;
}

/** A question that was opened. */
export interface OpenedQuestion {
  /** When it was first opened. */
  at: string;
  /** When an answer to it was last saved or submitted by the candidate. */
  answeredAt?: string | null;
  /** When its own time is up, if it has a limit. */
  due?: string | null;
  /** What was answered so far. */
  parts?: Record<string, Part>;
}

/** An option of a choice, named by its author, unique in its component. */
export type OptionId = string;

/** In which order the questions of a test are asked. */
export type Order =
  /** As the author wrote them. */
  | "authored"
  /** Mixed over all pools, for each candidate anew. */
  | "shuffled";

/** In which direction components follow each other. */
export type Orientation =
  /** From top to bottom. */
  | "vertical"
  /** Side by side. */
  | "horizontal";

/** What came of a submission, as its learner may see it. */
export interface Outcome {
  /** The polypoints that this submission earned now: none when it was judged before. */
  awarded: Points;
  /** The polypoints that the learner has now. */
  balance: Points;
  /** What the learner is told. */
  feedback: Feedback;
  /** How far the learner has come in the content now. */
  progress: Progress;
  /** The submission and its grade. */
  submission: SubmissionView;
}

/** A part of a list to read. */
export interface PageRequest {
  /** Where the page before ended; none for the first. */
  after?: string | null;
  /** The most items wanted, 1 to 100. */
  limit?: number;
}

/** Two submissions, the one with the smaller id first. */
export interface Pair {
  /** The one. */
  one: SubmissionId;
  /** The other. */
  other: SubmissionId;
}

/** What was answered to one submittable of a question. */
export interface Part {
  /** How often an answer was saved or submitted. */
  revision: number;
  /** The newest submission; it is the one that counts. */
  submitted?: Submitted | null;
}

/** What was answered to one submittable. */
export interface PartView {
  /** The submittable. */
  component: ComponentId;
  /** How often an answer was saved or submitted; the next save names it. */
  revision: number;
  /** The newest answer. */
  answer?: Answer | null;
  /** Which of them was submitted last, if any was. */
  submitted?: number | null;
}

/** That somebody passed a module. */
export interface Pass {
  /** When. */
  at: string;
  /** Which module … */
  module: ModuleId;
  /** … as it was then. */
  moduleVersion: Version;
  /** The grade that was needed. */
  passMark: Score;
  /** The grade. */
  score: Score;
  /** Who. */
  user: UserId;
}

/** Polypoints: whole, never negative. */
export type Points = number;

/** Questions of which all, or so many, are asked. */
export interface Pool {
  /** The questions, in order. */
  questions: Array<Question>;
  /** How many of the questions each candidate gets. */
  draw?: Draw;
}

/** A learner's practice in a few numbers. */
export interface PracticeStatistics {
  /** How many of them were passed. */
  completed: number;
  /** The polypoints that were ever earned. */
  earned: Points;
  /** The polypoints that were ever spent. */
  spent: Points;
  /** How many contents were ever answered and judged. */
  tried: number;
}

/** One broken rule, and the field that breaks it. */
export interface Problem {
  /** The path of the field, such as `component.validators[2].weight`. */
  field: string;
  /** What is wrong, and the limit where there is one. */
  message: string;
}

/** An issuer, as a `Profile`. */
export interface Profile {
  /** The issuer's own address or identifier, a URI. */
  id: string;
  /** The issuer's name. */
  name: string;
  /** What it is. */
  type: Array<string>;
}

/** Who may see a user's public profile and place in the ranking. */
export type ProfileVisibility =
  /** Everybody. */
  | "everybody"
  /** The members of the user's own team. */
  | "team"
  /** The user alone. */
  | "nobody";

/** A program to run. */
export interface Program {
  /** Its source files. */
  files: Record<string, string>;
  /** The language it is written in. */
  language: LanguageId;
  /**
   * The file that is run; without it the language's usual one (`main.py`, `main.js` …), or
   * else the only file there is.
   */
  entry?: FileName | null;
}

/** How far a user has come in a content. */
export interface Progress {
  /** The best score so far of each submittable that was answered. */
  best: Record<string, Score>;
  /** The content. */
  content: ContentId;
  /** The polypoints it has paid to the user so far. */
  paid: Points;
  /** The content's score: the weighted mean over all its submittables. */
  score: Score;
  /** The user. */
  user: UserId;
  /** When the content was first passed, if it was. */
  completedAt?: string | null;
}

/** A submittable was answered better than ever before. */
export interface AdvancedProgressEvent {
  type: "advanced";
  /** Its new best score. */
  best: Score;
  /** The submittable. */
  component: ComponentId;
  /** The content. */
  content: ContentId;
  /** The content's new score. */
  score: Score;
  /** The user. */
  user: UserId;
}

/** A content that asks for no answers was read. */
export interface ReadProgressEvent {
  type: "read";
  /** The content. */
  content: ContentId;
  /** The user. */
  user: UserId;
}

/** The content was passed for the first time. */
export interface CompletedProgressEvent {
  type: "completed";
  /** When. */
  at: string;
  /** The content. */
  content: ContentId;
  /** The user. */
  user: UserId;
}

/** The content owes the user more than it has paid. */
export interface RewardedProgressEvent {
  type: "rewarded";
  /** The content. */
  content: ContentId;
  /** The difference to pay now. */
  points: Points;
  /** What the content will have paid in all. */
  total: Points;
  /** The user. */
  user: UserId;
}

/** What happened in a user's way through a content. */
export type ProgressEvent =
  | AdvancedProgressEvent
  | ReadProgressEvent
  | CompletedProgressEvent
  | RewardedProgressEvent;

/** A team as everybody sees it. */
export interface PublicTeam {
  /** How many members it has. */
  members: number;
  /** The polypoints of its members together. */
  points: Points;
  /** What it says about itself. */
  profile: TeamProfile;
  /** Its place in the ranking of teams. */
  rank: number;
  /** The team. */
  team: TeamId;
}

/** A part of a list. */
export interface PublicTeamPage {
  /** The items. */
  items: Array<PublicTeam>;
  /** Where the next page starts; none when this is the last. */
  next?: string | null;
}

/** What others may see of a user. */
export interface PublicUser {
  /** The polypoints. */
  points: Points;
  /** The place in the ranking of users. */
  rank: number;
  /** The account. */
  user: UserId;
  /** Something about the user. */
  about?: string;
  /** The name; none when the account was deleted, or is the host's alone. */
  name?: string | null;
}

/** A part of a list. */
export interface PublicUserPage {
  /** The items. */
  items: Array<PublicUser>;
  /** Where the next page starts; none when this is the last. */
  next?: string | null;
}

/**
 * That a user bought an item. It stays the user's at the price that was paid, however the item
 * is edited afterwards.
 */
export interface Purchase {
  /** When. */
  at: string;
  /** What. */
  item: ItemId;
  /** For how much. */
  price: Points;
  /** Who bought. */
  user: UserId;
  /** The line of the ledger that paid for it; none for a gift. */
  entry?: EntryId | null;
}

/** A user bought an item. */
export interface PurchasedPurchaseEvent {
  type: "purchased";
  /** The purchase. */
  purchase: Purchase;
}

/** What happened in the shop. */
export type PurchaseEvent = PurchasedPurchaseEvent;

/** A part of a list. */
export interface PurchasePage {
  /** The items. */
  items: Array<Purchase>;
  /** Where the next page starts; none when this is the last. */
  next?: string | null;
}

/** A content that is asked. */
export interface Question {
  /** The content; asked once in a test. */
  content: ContentId;
  /** The version of it that is asked. */
  version: Version;
  /**
   * How much it counts beside the others; 1 unless the author says otherwise, so that the
   * grade is the plain average until points are set.
   */
  points?: Weight;
  /** How long it may take from when it is first opened, 5 seconds to 7 days. */
  timeLimit?: Seconds | null;
}

/** Chosen options. */
export interface ChoiceQuestionAnswer {
  kind: "choice";
  /** The options. */
  selected: Array<OptionId>;
}

/** A few words. */
export interface TextQuestionAnswer {
  kind: "text";
  /** The words. */
  text: string;
}

/** A number. */
export interface NumberQuestionAnswer {
  kind: "number";
  /** The number as it was written. */
  value: string;
}

/** An answer to one question of a quiz. */
export type QuestionAnswer =
  | ChoiceQuestionAnswer
  | TextQuestionAnswer
  | NumberQuestionAnswer;

/** A question of a quiz, named by its author, unique in its component. */
export type QuestionId = string;

/** A question of an attempt: its place and its clock, and what was answered. */
export interface QuestionPlace {
  /** The content that is asked. */
  content: ContentId;
  /** What was answered. */
  parts: Array<PartView>;
  /** How much it counts beside the others. */
  points: Weight;
  /** When its own time is up. */
  due?: string | null;
  /** When it was opened, if it was. */
  openedAt?: string | null;
  /** How long it may take from when it is opened, with the candidate's extra time. */
  timeLimit?: Seconds | null;
}

/** One question of one candidate beside the others'. */
export interface QuestionReport {
  /** The question. */
  content: ContentId;
  /** The candidate's share less the mean share of everybody who was given it. */
  besideMean?: number | null;
  /** The grade; none when it was not answered. */
  score?: Score | null;
}

/** How a candidate did in a question they were given. */
export interface QuestionResult {
  /**
   * The grade; none when it was not answered, which counts as nothing once the test is
   * finished.
   */
  score?: Score | null;
  /** How long the candidate worked on it. */
  timeUsed?: Seconds | null;
}

/**
 * How one question did, over those who finished and were given it. An unanswered question
 * counts as nothing.
 */
export interface QuestionStatistics {
  /** The question. */
  content: ContentId;
  /** How many were given it. */
  n: number;
  /** How many of them did not answer it. */
  unanswered: number;
  /**
   * The corrected item-total correlation (Henrysson 1963): the same with the share of all
   * *other* questions, so that the question is not compared with itself.
   */
  correctedItemTotal?: number | null;
  /**
   * The difficulty index p: the mean share of the question's points, from 0 (nobody got any)
   * to 1 (everybody got all), so that a greater number is an easier question.
   */
  difficulty?: number | null;
  /**
   * The item-total correlation: Pearson's correlation of the question's share with the share
   * of the whole test, which for a right-or-wrong question is the point-biserial. None when
   * either does not vary.
   */
  itemTotal?: number | null;
  /** How long candidates worked on it, in seconds. */
  timeUsed?: Distribution | null;
}

/** A question that was opened. */
export interface QuestionView {
  /** What is asked, at the version that is judged. */
  content: ContentView;
  /** Its place and its clock, and what was answered. */
  place: QuestionPlace;
}

/** By choosing options. */
export interface ChoiceQuizQuestion {
  kind: "choice";
  /** Its name, unique in the quiz. */
  id: QuestionId;
  /** The question, in `CommonMark`. */
  question: string;
  /** What can be chosen, 2 to 50 options. */
  options: Array<ChoiceOption>;
  /** How many options may be chosen. */
  choose?: Choose;
}

/** By a few words. */
export interface TextQuizQuestion {
  kind: "text";
  /** Its name, unique in the quiz. */
  id: QuestionId;
  /** The question, in `CommonMark`. */
  question: string;
}

/** By a number. */
export interface NumberQuizQuestion {
  kind: "number";
  /** Its name, unique in the quiz. */
  id: QuestionId;
  /** The question, in `CommonMark`. */
  question: string;
  /** What it is counted in, such as `kg`. */
  unit?: string | null;
}

/** A question of a quiz. */
export type QuizQuestion =
  | ChoiceQuizQuestion
  | TextQuizQuestion
  | NumberQuizQuestion;

/** An account to make. */
export interface Registration {
  /** What the user says about themselves. */
  profile: UserProfile;
  /** The id that the host gives. */
  user: UserId;
  /** How they want the product to be. */
  settings?: Settings;
}

/** The judging again of what was answered to older versions of a content. */
export interface Regrade {
  /** The content. */
  content: ContentId;
  /** What came of the submissions so far. */
  counts: RegradeCounts;
  /** The oldest version whose submissions are judged again. */
  from: Version;
  /** Its id. */
  id: RegradeId;
  /** How far it has come. */
  status: RegradeStatus;
  /** The version that they are judged by. */
  to: Version;
  /** Who asked for it, if it was a person. */
  by?: UserId | null;
  /** The campaign whose candidates answered it as a question of their test; none for practice. */
  campaign?: CampaignId | null;
}

/** What came of the submissions that a regrade passed. */
export interface RegradeCounts {
  /** We failed to judge them: they keep their grade. */
  failed: number;
  /** They have no grade yet, or the new version can't judge them. */
  leftOut: number;
  /** Their score is lower now. */
  lowered: number;
  /** Their score is higher now. */
  raised: number;
  /** Their score is what it was. */
  same: number;
}

/** It began. */
export interface StartedRegradeEvent {
  type: "started";
  /** The regrade as it begins. */
  regrade: Regrade;
}

/** It passed a submission. */
export interface PassedRegradeEvent {
  type: "passed";
  /** What came of it. */
  outcome: RegradeOutcome;
  /** The regrade. */
  regrade: RegradeId;
  /** The submission. */
  submission: SubmissionId;
}

/** No submission is left. */
export interface FinishedRegradeEvent {
  type: "finished";
  /** When. */
  at: string;
  /** The regrade. */
  regrade: RegradeId;
}

/** What happened to a regrade. */
export type RegradeEvent =
  | StartedRegradeEvent
  | PassedRegradeEvent
  | FinishedRegradeEvent;

/** The judging anew of what was answered to a content. */
export type RegradeId = string;

/** What came of a submission in a regrade. */
export type RegradeOutcome =
  /** Its score is higher now. */
  | "raised"
  /** Its score is lower now. */
  | "lowered"
  /** Its score is what it was. */
  | "same"
  /** It has no grade yet, or the new version can't judge it. */
  | "left_out"
  /** We failed to judge it: it keeps its grade. */
  | "failed";

/** A part of a list. */
export interface RegradePage {
  /** The items. */
  items: Array<Regrade>;
  /** Where the next page starts; none when this is the last. */
  next?: string | null;
}

/** It goes on. */
export interface RunningRegradeStatus {
  kind: "running";
  /** The last submission it passed. */
  after?: SubmissionId | null;
}

/** It is done. */
export interface FinishedRegradeStatus {
  kind: "finished";
  /** When. */
  at: string;
}

/** How far a regrade has come. */
export type RegradeStatus =
  | RunningRegradeStatus
  | FinishedRegradeStatus;

/** Both grades of a submission that was judged again. */
export interface RegradedSubmission {
  /** The grade it got. */
  after: Grade;
  /** The grade it had. */
  before: Grade;
  /** The regrade. */
  regrade: RegradeId;
  /** The submission. */
  submission: SubmissionId;
  /** The attempt that it belongs to; none in practice. */
  attempt?: AttemptId | null;
}

/** A part of a list. */
export interface RegradedSubmissionPage {
  /** The items. */
  items: Array<RegradedSubmission>;
  /** Where the next page starts; none when this is the last. */
  next?: string | null;
}

/** How far the test measures one thing. */
export interface Reliability {
  /**
   * Cronbach's alpha (1951): `k / (k − 1) · (1 − Σ variance of question / variance of total)`
   * with sample variances of points. At most 1; it can be below 0.
   */
  alpha: number;
  /** Over how many candidates it was computed. */
  n: number;
  /** Over how many questions: those that all of these candidates were given. */
  questions: number;
}

/** What a person says about a criterion. */
export interface Remark {
  /** The criterion of its rubric. */
  criterion: CriterionId;
  /** The remark, at most 10,000 bytes. */
  text: string;
  /** The validator. */
  validator: ValidatorId;
}

/** The judgements on all validators of a submittable, and what they come to. */
export interface Report {
  /** One judgement per validator, in the author's order. */
  judgements: Array<Judgement>;
  /** The weighted mean of the validators' scores, with bonuses and penalties. */
  score: Score;
  /**
   * Passed when every validator passed, bonuses aside; else the verdict of the first that did
   * not, unless we failed or a person has to look first.
   */
  verdict: Verdict;
  /** The compiler's words, when the program is not valid in its language. */
  diagnostics?: string | null;
  /** What learners are told of hidden validators. */
  told?: HiddenTold;
}

/** A candidate of a campaign and how they did. It is made for reading, and holds the name. */
export interface ResultRow {
  /** The candidate. */
  candidate: CandidateId;
  /** How far the candidate has come. */
  status: StatusName;
  /** When the test was submitted or closed. */
  finishedAt?: string | null;
  /** The name to show; empty when it was erased. */
  name?: string;
  /** The questions that the candidate was given, and how each was answered. */
  questions?: Record<string, QuestionResult>;
  /** The grade of the whole test; none before it is graded. */
  score?: Score | null;
  /** When the test was started. */
  startedAt?: string | null;
  /** The keywords that the creator gave the candidate. */
  tags?: Array<Tag>;
  /** How long the candidate worked. */
  timeUsed?: Seconds | null;
}

/** A part of a list. */
export interface ResultRowPage {
  /** The items. */
  items: Array<ResultRow>;
  /** Where the next page starts; none when this is the last. */
  next?: string | null;
}

/** What candidates are told of their answers while they sit the test. */
export type Reveal =
  /** Nothing but that they arrived. */
  | "nothing"
  /**
   * What a learner is told in practice: everything of visible validators, nothing of hidden
   * ones but whether they all passed.
   */
  | "feedback";

/**
 * Two submissions that were found alike, and what a person made of it. A grade never follows
 * from it by itself.
 */
export interface Review {
  /** How much of the shorter is in the longer. */
  containment: Score;
  /** What they answer. */
  content: ContentId;
  /** The submissions. */
  pair: Pair;
  /** How alike they are as wholes. */
  resemblance: Score;
  /** What a person made of it. */
  status: ReviewStatus;
  /** The campaign in which it was asked; none for practice. */
  campaign?: CampaignId | null;
}

/** The submissions were found alike, or measured anew. */
export interface MeasuredReviewEvent {
  type: "measured";
  /** When. */
  at: string;
  /** How much of the shorter is in the longer. */
  containment: Score;
  /** What they answer. */
  content: ContentId;
  /** The submissions. */
  pair: Pair;
  /** How alike they are as wholes. */
  resemblance: Score;
  /** The campaign in which it was asked; none for practice. */
  campaign?: CampaignId | null;
}

/** A person said that they are alike for a good reason. */
export interface DismissedReviewEvent {
  type: "dismissed";
  /** When. */
  at: string;
  /** Who. */
  by: UserId;
  /** The submissions. */
  pair: Pair;
}

/** A person said that they were copied. */
export interface ConfirmedReviewEvent {
  type: "confirmed";
  /** When. */
  at: string;
  /** Who. */
  by: UserId;
  /** The submissions. */
  pair: Pair;
}

/** A person took the opinion back. */
export interface ReopenedReviewEvent {
  type: "reopened";
  /** When. */
  at: string;
  /** Who. */
  by: UserId;
  /** The submissions. */
  pair: Pair;
}

/** What happened to a review. */
export type ReviewEvent =
  | MeasuredReviewEvent
  | DismissedReviewEvent
  | ConfirmedReviewEvent
  | ReopenedReviewEvent;

/** A part of a list. */
export interface ReviewPage {
  /** The items. */
  items: Array<Review>;
  /** Where the next page starts; none when this is the last. */
  next?: string | null;
}

/** Nobody looked yet. */
export interface UnreviewedReviewStatus {
  kind: "unreviewed";
}

/** They are alike for a good reason. */
export interface DismissedReviewStatus {
  kind: "dismissed";
  /** When. */
  at: string;
  /** Who says so. */
  by: UserId;
}

/** One was copied, or both from one source. */
export interface ConfirmedReviewStatus {
  kind: "confirmed";
  /** When. */
  at: string;
  /** Who says so. */
  by: UserId;
}

/** What a person made of two submissions. */
export type ReviewStatus =
  | UnreviewedReviewStatus
  | DismissedReviewStatus
  | ConfirmedReviewStatus;

/** What a person makes of a submission. */
export interface ReviewSubmission {
  /** The marks for each validator that waits for them. */
  marks: Array<Marks>;
  /** The submission. */
  submission: SubmissionId;
  /** What the learner is told about the whole. */
  comment?: string;
  /** What the learner is told about single criteria. */
  remarks?: Array<Remark>;
}

/** A submission that waits for a person; gone when it has its grade. */
export interface ReviewTask {
  /** The submittable in it. */
  component: ComponentId;
  /** What was answered. */
  content: ContentId;
  /** The submission. */
  submission: SubmissionId;
}

/** A part of a list. */
export interface ReviewTaskPage {
  /** The items. */
  items: Array<ReviewTask>;
  /** Where the next page starts; none when this is the last. */
  next?: string | null;
}

/** Why a certificate was taken back. */
export type RevocationReason =
  /** It should not have been issued. */
  | "issued_in_error"
  /** The grade was changed below what was needed. */
  | "regraded"
  /** The work was found not to be the holder's own. */
  | "misconduct"
  /** The holder asked for it, or deleted the account. */
  | "holder_asked";

/** What somebody is to the product, or to one thing in it. */
export type Role =
  /** Anybody, signed in or not. */
  | "guest"
  /** Somebody with an account. */
  | "user"
  /** Who writes contents and modules. */
  | "content_creator"
  /** Who makes tests and campaigns. */
  | "assessment_creator"
  /** The captain of the team in question. */
  | "captain"
  /** A candidate of the campaign in question. */
  | "candidate"
  /** Who runs the platform. */
  | "admin"
  /** Another part of the system, such as a worker that judges. */
  | "service";

/** Who belongs to a team. */
export interface Roster {
  /** Who leads it: always one of its members. */
  captain: UserId;
  /** Who is invited, and when the invitation lapses. */
  invited: Record<string, string>;
  /** Everybody in it, the captain too, and since when. */
  members: Record<string, string>;
}

/**
 * In what order rows are wanted. Rows that have nothing in the column come last in either
 * direction, and equal ones follow each other by the candidate's id.
 */
export interface RowOrder {
  /** The column. */
  by: Column;
  /** Which way. */
  direction?: Direction;
}

/** What a learner's program did. */
export interface RunFeedback {
  /** How the run ended. */
  ending: Ending;
  /** Work done. */
  fuel: Fuel;
  /** The most linear memory in use. */
  peakMemory: ByteCount;
  /** The beginning of standard error. */
  stderr: Excerpt;
  /** The beginning of standard output. */
  stdout: Excerpt;
  /** The beginning of the JSON text that the called function returned. */
  returned?: Excerpt | null;
}

/** A program to run once. */
export interface RunProgram {
  /** The program. */
  program: Program;
  /** The arguments given to the program. */
  args?: Array<string>;
  /** Names of files to report if the program leaves them behind. */
  collect?: Array<FileName>;
  /** Files laid beside the program before it starts. */
  files?: Record<string, string>;
  /** What the run may use. */
  limits?: Limits;
  /** The text given on standard input, which then ends. */
  stdin?: string;
}

/** What a program did when it was run once. */
export interface RunResult {
  /** Work done: the same in every run of the same program with the same input. */
  fuel: Fuel;
  /** The most linear memory in use. */
  peakMemory: ByteCount;
  /** Everything written to standard error, in the same way. */
  stderr: string;
  /** Everything written to standard output; bytes that are not UTF-8 are shown as U+FFFD. */
  stdout: string;
  /** Passed when it ended by itself with exit code 0. */
  verdict: Verdict;
  /** Time on the wall in microseconds; differs from run to run. */
  wallUs: number;
  /** The compiler's words, when the program is not valid in its language; it never ran then. */
  diagnostics?: string | null;
  /** How the run ended, if it ran. */
  ending?: Ending | null;
  /** The files asked for that the program left behind, in the same way. */
  files?: Record<string, string>;
  /** Why, in a few words, where the verdict alone does not say. */
  reason?: string | null;
}

/** An answer to try against one visible validator. */
export interface RunValidator {
  /** The answer. */
  answer: Answer;
  /** The submittable in it. */
  component: ComponentId;
  /** The content. */
  content: ContentId;
  /** The validator. */
  validator: ValidatorId;
}

/** An answer and the verdict it should get. */
export interface Sample {
  /** The answer. */
  answer: Answer;
  /** The submittable that it answers. */
  component: ComponentId;
  /** Its folder or file below `submissions/<verdict>/`. */
  name: string;
  /** The verdict it should get. */
  verdict: Verdict;
}

/** An answer to save without submitting it. */
export interface SaveAnswer {
  /** The revision that it was made from, 0 before the first. */
  revision: number;
  /** The answer. */
  to: AnswerTo;
}

/** What the author of a content wrote and did not publish yet. */
export interface SavedDraft {
  /** The content. */
  content: ContentId;
  /** What was written so far; it may break rules that a published content keeps. */
  draft: ContentDraft;
  /** When it was saved. */
  savedAt: string;
  /** The published version that it was begun on, if there was one. */
  basedOn?: Version | null;
}

/**
 * A share of the full mark in millionths: 0 is nothing, 1,000,000 is everything.
 *
 * Fixed-point, so that grades add up alike on every machine; it is rounded for people only
 * where it is shown.
 */
export type Score = number;

/**
 * The least and the most that is wanted, both included. A row that has nothing there is left
 * out as soon as one of them is given.
 */
export interface ScoreBounds {
  /** The most. */
  max?: Score | null;
  /** The least. */
  min?: Score | null;
}

/** One place (a page, a device) at which an attempt is sat; only the newest may answer. */
export type SeatId = string;

/** A length of time in whole seconds. */
export type Seconds = number;

/**
 * The least and the most that is wanted, both included. A row that has nothing there is left
 * out as soon as one of them is given.
 */
export interface SecondsBounds {
  /** The most. */
  max?: Seconds | null;
  /** The least. */
  min?: Seconds | null;
}

/**
 * What a draw is made from: 64 random bits that the engine is given. Written as 16 hexadecimal
 * digits, since not every reader of JSON has whole numbers of 64 bits.
 */
export type Seed = string;

/** An invitation to be mailed. It is given out this once: only a hash of its token is kept. */
export interface SentInvitation {
  /** … and where the mail goes. */
  address: Address;
  /** … to what … */
  campaign: CampaignId;
  /** Who is invited … */
  candidate: CandidateId;
  /** Until when. */
  expiresAt: string;
  /** … by which name, empty when it is not known … */
  name: string;
  /** How many invitations they were sent, with this one. */
  sent: number;
  /** What the link in the mail holds: whoever has it can accept or decline. */
  token: string;
}

/** How a user wants the product to be. */
export interface Settings {
  /** The language of pages and mails. */
  locale?: Locale;
  /** Which mails are wanted, beside those that have to be sent. */
  notices?: Notices;
  /** Who may see the profile and the place in the ranking. */
  visibility?: ProfileVisibility;
}

/** Its authors only. */
export interface DraftShelf {
  kind: "draft";
}

/** Everybody. */
export interface PublishedShelf {
  kind: "published";
}

/** Nobody finds it any more; what was done with it stays. */
export interface RetiredShelf {
  kind: "retired";
  /** Since when. */
  at: string;
}

/** Who sees an authored thing. */
export type Shelf =
  | DraftShelf
  | PublishedShelf
  | RetiredShelf;

/** How alike two submissions are. */
export interface Similarity {
  /**
   * The share of fingerprints in common among those of the one that has fewer, by which pairs
   * are ordered: a copy inside a longer program stands out too (Broder's containment, 1997).
   */
  containment: Score;
  /** The submissions. */
  pair: Pair;
  /** The share of fingerprints in common among all that either has (Jaccard's index). */
  resemblance: Score;
  /** Where they are alike. */
  spans: Array<Span>;
}

/** How submissions are compared. */
export interface SimilaritySearch {
  /** The least containment of a pair that is worth a look. */
  least?: Score;
  /** The least tokens of its own that a submission must have: about less, nothing can be said. */
  leastTokens?: number;
  /** The most pairs wanted, the most alike first; 1 to 100,000. */
  mostPairs?: number;
  /** How finely. */
  winnowing?: Winnowing;
}

/** The name of a content in addresses and course folders, unique in a store. */
export type Slug = string;

/** A run of tokens that two documents have in common. */
export interface Span {
  /** Where it stands in the one. */
  one: LineRange;
  /** Where it stands in the other. */
  other: LineRange;
  /** How many tokens it has. */
  tokens: number;
}

/** What a learner starts from in one language. */
export interface Starter {
  /** The file that is run; without it the language's usual one. */
  entry?: FileName | null;
  /** The files the editor opens with. */
  files?: Record<string, string>;
  /** Files that are part of every program and that a learner can't change. */
  fixed?: Record<string, string>;
}

/** The name of a candidate's status, in the words of the first PolyCode; in this order when sorted. */
export type StatusName =
  /** They have not answered yet. */
  | "CONFIRMATION_PENDING"
  /** They accepted. */
  | "CONFIRMED"
  /** They said no. */
  | "DECLINED"
  /** The invitation was taken back, or they were removed. */
  | "CANCELLED"
  /** They can start. */
  | "TEST_SENT"
  /** They have read what the test is about. */
  | "TEST_OPENED"
  /** They are sitting it. */
  | "TEST_IN_PROGRESS"
  /** Their attempt is over. */
  | "TEST_FINISHED";

/** The life of a submission. The answer and the report are documents stored beside it. */
export interface Submission {
  /** The submittable in the content. */
  component: ComponentId;
  /** What was answered … */
  content: ContentId;
  /** … as it was then: the submission is judged by this version, however the content is edited. */
  contentVersion: Version;
  /** Its id. */
  id: SubmissionId;
  /** When it arrived. */
  receivedAt: string;
  /** How far it has come. */
  status: SubmissionStatus;
  /** Who answered. */
  user: UserId;
}

/** It arrived. */
export interface ReceivedSubmissionEvent {
  type: "received";
  /** The submission as it begins its life. */
  submission: Submission;
}

/** It was judged. */
export interface GradedSubmissionEvent {
  type: "graded";
  /** When it was judged. */
  at: string;
  /** All the work of judging it. */
  fuel: Fuel;
  /** The share of the mark that was earned. */
  score: Score;
  /** The submission. */
  submission: SubmissionId;
  /** The opinion on the whole. */
  verdict: Verdict;
}

/** It was judged as far as programs can; a person has to mark the rest. */
export interface SentToReviewSubmissionEvent {
  type: "sent_to_review";
  /** When. */
  at: string;
  /** The submission. */
  submission: SubmissionId;
}

/** A person marked it; its grade follows. */
export interface ReviewedSubmissionEvent {
  type: "reviewed";
  /** When. */
  at: string;
  /** Who marked it. */
  by: UserId;
  /** The submission. */
  submission: SubmissionId;
}

/**
 * It was judged again, by a newer version of its content; the grade before is kept in the
 * regrade.
 */
export interface RegradedSubmissionEvent {
  type: "regraded";
  /** When it was judged. */
  at: string;
  /** The version of the content that it is judged by now. */
  contentVersion: Version;
  /** All the work of judging it. */
  fuel: Fuel;
  /** The regrade. */
  regrade: RegradeId;
  /** The share of the mark that was earned. */
  score: Score;
  /** The submission. */
  submission: SubmissionId;
  /** The opinion on the whole. */
  verdict: Verdict;
}

/** We could not judge it. */
export interface FoundUngradableSubmissionEvent {
  type: "found_ungradable";
  /** When that was found. */
  at: string;
  /** The submission. */
  submission: SubmissionId;
}

/** What happened to a submission. */
export type SubmissionEvent =
  | ReceivedSubmissionEvent
  | GradedSubmissionEvent
  | SentToReviewSubmissionEvent
  | ReviewedSubmissionEvent
  | RegradedSubmissionEvent
  | FoundUngradableSubmissionEvent;

/** One user's answer to one submittable. */
export type SubmissionId = string;

/** A part of a list. */
export interface SubmissionPage {
  /** The items. */
  items: Array<SubmissionView>;
  /** Where the next page starts; none when this is the last. */
  next?: string | null;
}

/** It waits to be judged. */
export interface PendingSubmissionStatus {
  kind: "pending";
}

/** It was judged as far as programs can, and waits for a person to mark the rest. */
export interface AwaitingReviewSubmissionStatus {
  kind: "awaiting_review";
  /** Since when. */
  at: string;
}

/** It was judged. */
export interface GradedSubmissionStatus {
  kind: "graded";
  /** When it was judged. */
  at: string;
  /** All the work of judging it. */
  fuel: Fuel;
  /** The share of the mark that was earned. */
  score: Score;
  /** The opinion on the whole. */
  verdict: Verdict;
}

/** We could not judge it, for a reason of ours; it costs no attempt and can be graded later. */
export interface UngradableSubmissionStatus {
  kind: "ungradable";
  /** When that was found. */
  at: string;
}

/** How far a submission has come. */
export type SubmissionStatus =
  | PendingSubmissionStatus
  | AwaitingReviewSubmissionStatus
  | GradedSubmissionStatus
  | UngradableSubmissionStatus;

/**
 * A submission as its learner sees it. `Feedback`(crate::judging::Feedback) has the verdict
 * that learners may know.
 */
export interface SubmissionView {
  /** The submittable in the content. */
  component: ComponentId;
  /** What was answered … */
  content: ContentId;
  /** … as it was then. */
  contentVersion: Version;
  /** Its id. */
  id: SubmissionId;
  /** How far judging has come. */
  judging: JudgingState;
  /** When it arrived. */
  receivedAt: string;
  /** Who answered. */
  user: UserId;
}

/** An answer to a submittable. */
export interface Submit {
  /** The answer. */
  answer: Answer;
  /** The submittable in it. */
  component: ComponentId;
  /** The content. */
  content: ContentId;
  /** Who answers. */
  user: UserId;
  /**
   * The submission's id where the caller chooses it: a UUID v7 that was never given before. An
   * answer that is sent again with its id is taken once, whatever became of the first reply.
   */
  id?: SubmissionId | null;
}

/** An answer that was submitted. */
export interface Submitted {
  /** Which revision of the answer it is. */
  revision: number;
  /** The submission. */
  submission: SubmissionId;
  /** What it earned, once it is judged. */
  score?: Score | null;
}

/**
 * A campaign in a few numbers. Scores are shares from 0 to 1, times are in seconds; both are
 * of those who finished only.
 */
export interface Summary {
  /** How many candidates there are. */
  candidates: number;
  /** How many finished. */
  finished: number;
  /** The grades in ten bins from 0 to 1. */
  scoreHistogram: Array<Bin>;
  /** How many are at each step. */
  statuses: Record<string, number>;
  /** How long candidates worked, in ten bins from 0 to the longest; none when nobody did. */
  timeHistogram: Array<Bin>;
  /**
   * The share of those who finished among those who neither declined nor were cancelled; none
   * when there is nobody.
   */
  completionRate?: number | null;
  /** The grades. */
  score?: Distribution | null;
  /** How long candidates worked. */
  timeUsed?: Distribution | null;
}

/** A keyword on a content. */
export type Tag = string;

/**
 * A team. Its name and description stand in a
 * `TeamProfile`(crate::people::TeamProfile) beside it.
 */
export interface Team {
  /** Its id. */
  id: TeamId;
  /** The most members it may have, its captain included. */
  maxMembers: number;
  /** Whether it still exists, and who is in it. */
  state: TeamState;
}

/** What a team says about itself. */
export interface TeamCard {
  /** What it says. */
  profile: TeamProfile;
  /** The team. */
  team: TeamId;
}

/** It began. */
export interface CreatedTeamEvent {
  type: "created";
  /** When. */
  at: string;
  /** The team as it begins its life. */
  team: Team;
}

/** Its profile was written anew. */
export interface UpdatedTeamEvent {
  type: "updated";
  /** When. */
  at: string;
  /** The team. */
  team: TeamId;
}

/** It ended. */
export interface DissolvedTeamEvent {
  type: "dissolved";
  /** When. */
  at: string;
  /** Who was in it, so that they can be told. */
  members: Array<UserId>;
  /** The team. */
  team: TeamId;
}

/** A user was invited. */
export interface InvitedTeamEvent {
  type: "invited";
  /** When. */
  at: string;
  /** From when on it can't be accepted any more. */
  lapsesAt: string;
  /** The team. */
  team: TeamId;
  /** Who was invited. */
  user: UserId;
}

/** The captain took an invitation back. */
export interface InvitationWithdrawnTeamEvent {
  type: "invitation_withdrawn";
  /** The team. */
  team: TeamId;
  /** Who was invited. */
  user: UserId;
}

/** An invitation was not answered in time. */
export interface InvitationLapsedTeamEvent {
  type: "invitation_lapsed";
  /** The team. */
  team: TeamId;
  /** Who was invited. */
  user: UserId;
}

/** An invited user did not want to join. */
export interface RejectedTeamEvent {
  type: "rejected";
  /** The team. */
  team: TeamId;
  /** Who was invited. */
  user: UserId;
}

/** An invited user joined. */
export interface JoinedTeamEvent {
  type: "joined";
  /** When. */
  at: string;
  /** The team. */
  team: TeamId;
  /** Who joined. */
  user: UserId;
}

/** The captain sent a member away. */
export interface KickedTeamEvent {
  type: "kicked";
  /** The team. */
  team: TeamId;
  /** Who was sent away. */
  user: UserId;
}

/** A member left. */
export interface LeftTeamEvent {
  type: "left";
  /** The team. */
  team: TeamId;
  /** Who left. */
  user: UserId;
}

/** Another member leads it now. */
export interface CaptaincyHandedOverTeamEvent {
  type: "captaincy_handed_over";
  /** Who led it before. */
  from: UserId;
  /** The team. */
  team: TeamId;
  /** Who leads it now. */
  to: UserId;
}

/** What happened to a team. */
export type TeamEvent =
  | CreatedTeamEvent
  | UpdatedTeamEvent
  | DissolvedTeamEvent
  | InvitedTeamEvent
  | InvitationWithdrawnTeamEvent
  | InvitationLapsedTeamEvent
  | RejectedTeamEvent
  | JoinedTeamEvent
  | KickedTeamEvent
  | LeftTeamEvent
  | CaptaincyHandedOverTeamEvent;

/** A group of users who add their polypoints up. */
export type TeamId = string;

/** An invitation to a team, as the invited user sees it. */
export interface TeamInvitation {
  /** From when on the invitation can't be accepted any more. */
  lapsesAt: string;
  /** What it says about itself. */
  profile: TeamProfile;
  /** The team. */
  team: TeamId;
}

/** A part of a list. */
export interface TeamInvitationPage {
  /** The items. */
  items: Array<TeamInvitation>;
  /** Where the next page starts; none when this is the last. */
  next?: string | null;
}

/** What a captain tells about a team. */
export interface TeamProfile {
  /** Its name, 1 to 100 characters. */
  name: string;
  /** What it is about, at most 2,000 characters. */
  description?: string;
}

/** It does. */
export interface ActiveTeamState {
  kind: "active";
}

/** It was dissolved, and nothing can be done with it any more. */
export interface DissolvedTeamState {
  kind: "dissolved";
  /** When. */
  at: string;
}

/** Whether a team still exists. */
export type TeamState =
  | ActiveTeamState
  | DissolvedTeamState;

/** A team as those in it see it. */
export interface TeamView {
  /** The most members it may have. */
  maxMembers: number;
  /** Everybody in it, in the order of their ids. */
  members: Array<Member>;
  /** The polypoints of its members together. */
  points: Points;
  /** What it says about itself. */
  profile: TeamProfile;
  /** The team. */
  team: TeamId;
  /** Who leads it; none when it was dissolved. */
  captain?: UserId | null;
  /** When it was dissolved, if it was. */
  dissolvedAt?: string | null;
  /** Who is invited, which only the captain sees. */
  invited?: Array<Invited>;
}

/** A module that evaluates. */
export interface Test {
  /** Whose it is. */
  author: UserId;
  /** What its author wrote. */
  draft: TestDraft;
  /** Its id, over all its versions. */
  id: TestId;
  /** When it was deleted, if it was; its versions stay for those who sat it. */
  deletedAt?: string | null;
}

/**
 * An answer that a candidate submitted. It is judged by the version of the question that the
 * test pins, and earns no polypoints.
 */
export interface TestAnswer {
  /** The answer. */
  answer: Answer;
  /** The attempt … */
  attempt: AttemptId;
  /** … and its campaign. */
  campaign: CampaignId;
  /** The submittable in it. */
  component: ComponentId;
  /** The question … */
  question: ContentId;
  /** When it arrived, or was collected at the end. */
  receivedAt: string;
  /** The submission. */
  submission: SubmissionId;
  /** Who answered. */
  user: UserId;
  /** … as it was asked. */
  version: Version;
  /** What judging found, once it is judged. */
  judged?: JudgedAnswer | null;
}

/** What the author of a test writes. */
export interface TestDraft {
  /** Its title, 1 to 200 bytes. */
  name: string;
  /** Where the questions come from, 1 to 50 pools with at most 500 questions in all. */
  pools: Array<Pool>;
  /** What somebody reads before they start, in `CommonMark`, at most 20,000 bytes. */
  description?: string;
  /** In which order the questions are asked. */
  order?: Order;
  /** Its keywords. */
  tags?: Array<Tag>;
  /** How long the whole test may take, 10 seconds to 7 days; without it there is no such limit. */
  timeLimit?: Seconds | null;
}

/** A version of it was published. */
export interface PublishedTestEvent {
  type: "published";
  /** The test. */
  test: TestId;
  /** The version. */
  version: Version;
}

/** It was deleted. */
export interface DeletedTestEvent {
  type: "deleted";
  /** When. */
  at: string;
  /** The test. */
  test: TestId;
}

/** What happened to a test. */
export type TestEvent =
  | PublishedTestEvent
  | DeletedTestEvent;

/** The grade of an attempt. */
export interface TestGrade {
  /** The grade of each question that was asked. */
  questions: Record<string, Score>;
  /** The average of the questions' grades, weighted by their points. */
  score: Score;
  /** Whether that is enough, where the campaign has a pass mark. */
  outcome?: TestOutcome | null;
}

/** A test, over all its versions. */
export type TestId = string;

/** What somebody may read before they start. */
export interface TestIntroduction {
  /** The campaign … */
  campaign: CampaignId;
  /** The candidate that they are. */
  candidate: CandidateId;
  /** What the test is about. */
  cover: Cover;
  /** What the candidate gets on top of the limits that hold for all. */
  extraTime: ExtraTime;
  /** How far the candidate has come. */
  status: StatusName;
  /** … and what it says. */
  text: CampaignText;
  /** When it closes. */
  endsAt?: string | null;
  /** When the campaign opens. */
  startsAt?: string | null;
  /** How long the candidate may take for it, with their extra time. */
  timeLimit?: Seconds | null;
}

/** Whether a grade is enough. */
export type TestOutcome =
  /** It is not. */
  | "failed"
  /** It is. */
  | "passed";

/** A question of the test that the campaign is about. */
export interface TestQuestion {
  /** The content. */
  content: ContentId;
  /** Its title. */
  name: string;
  /** How many points of the test it is worth. */
  points: number;
}

/** What came of one test. */
export interface TestResult {
  /** The test's name. */
  name: string;
  /** Passed, a wrong answer, or how the program ended. */
  verdict: Verdict;
  /** Why, in a few words. */
  reason?: string | null;
}

/** What a tick did. */
export interface Ticked {
  /** Attempts that ended because their time was up. */
  attempts: number;
  /** Campaigns that opened or closed. */
  campaigns: number;
  /** Candidates who were sent the test, called off or removed with their campaign. */
  candidates: number;
  /** What was due and could not be done now; it is tried again. */
  failed: number;
  /** Attempts that got their grade. */
  grades: number;
  /** Invitations that lapsed. */
  invitations: number;
  /** Whether a list was full or a regrade goes on, so that more may be due already. */
  more: boolean;
  /** Regrades that went on. */
  regrades: number;
  /** Invitations to teams that lapsed. */
  teamInvitations: number;
}

/**
 * The least and the most that is wanted, both included. A row that has nothing there is left
 * out as soon as one of them is given.
 */
export interface TimeBounds {
  /** The most. */
  max?: string | null;
  /** The least. */
  min?: string | null;
}

/** The user agreed to be recorded. */
export interface AgreedTimelineEvent {
  type: "agreed";
  /** When. */
  at: string;
  /** The content. */
  content: ContentId;
  /** The user. */
  user: UserId;
}

/** Facts were recorded. */
export interface RecordedTimelineEvent {
  type: "recorded";
  /** The content. */
  content: ContentId;
  /** The facts. */
  facts: Array<EditFact>;
  /** The user. */
  user: UserId;
}

/** The user does not agree any more: what was recorded is erased. */
export interface WithdrawnTimelineEvent {
  type: "withdrawn";
  /** When. */
  at: string;
  /** The content. */
  content: ContentId;
  /** The user. */
  user: UserId;
}

/** What happened to a timeline. */
export type TimelineEvent =
  | AgreedTimelineEvent
  | RecordedTimelineEvent
  | WithdrawnTimelineEvent;

/** A timeline in a few numbers. */
export interface TimelineSummary {
  /** How long it was left, where it was come back to; whole seconds in all. */
  away: Seconds;
  /** How often the window was left. */
  focusLosses: number;
  /** Characters of the largest paste. */
  largestPaste: number;
  /** Characters that were pasted. */
  pastedCharacters: number;
  /** How often text was pasted. */
  pastes: number;
  /** Characters that were typed. */
  typedCharacters: number;
}

/** The SHA-256 of an invitation's token, written as 64 hexadecimal digits. */
export type TokenHash = string;

/** An account as its user sees it. */
export interface UserAccount {
  /** What the user says about themselves. */
  profile: UserProfile;
  /** How they want the product to be. */
  settings: Settings;
  /** Since when there is the account. */
  since: string;
  /** The user. */
  user: UserId;
}

/** It began. */
export interface RegisteredUserEvent {
  type: "registered";
  /** When. */
  at: string;
  /** The account. */
  user: UserId;
}

/** Its profile was written anew. */
export interface ProfileUpdatedUserEvent {
  type: "profile_updated";
  /** When. */
  at: string;
  /** The account. */
  user: UserId;
}

/** Its address for mails is another one: whoever sends mails confirms it first. */
export interface AddressChangedUserEvent {
  type: "address_changed";
  /** When. */
  at: string;
  /** The account. */
  user: UserId;
}

/** Its settings were written anew. */
export interface SettingsUpdatedUserEvent {
  type: "settings_updated";
  /** When. */
  at: string;
  /** The account. */
  user: UserId;
}

/** It was deleted: whoever keeps personal data of it erases that now. */
export interface DeletedUserEvent {
  type: "deleted";
  /** When. */
  at: string;
  /** The account. */
  user: UserId;
}

/** What happened to an account. */
export type UserEvent =
  | RegisteredUserEvent
  | ProfileUpdatedUserEvent
  | AddressChangedUserEvent
  | SettingsUpdatedUserEvent
  | DeletedUserEvent;

/** Someone known to the host: an opaque text of the host's own, never looked into. */
export type UserId = string;

/** What a user tells about themselves. */
export interface UserProfile {
  /** The name that others see, 1 to 100 characters. */
  name: string;
  /** Something about the user, at most 2,000 characters. */
  about?: string;
  /** The address for mails, at most 254 bytes; only the user and the host see it. */
  email?: string | null;
}

/** Run the program and compare what it writes. */
export interface OutputValidator {
  kind: "output";
  /** Its name, unique in its component. */
  id: ValidatorId;
  /** What it does to the score. */
  effect?: Effect;
  /** The group that it is in, one of its submittable's. */
  group?: GroupId | null;
  /** Whether learners may see what it expects and what they gave. */
  hidden?: boolean;
  /** How much it counts beside the other validators. */
  weight?: Weight;
  /** The arguments given to the program. */
  args?: Array<string>;
  /** How expected and actual texts are compared. */
  comparison?: Comparison;
  /** The expected standard output; without it, ending with exit code 0 passes. */
  expected?: string | null;
  /** Expected texts of files that the program leaves behind. */
  expectedFiles?: Record<string, string>;
  /** Files laid beside the program before it starts. */
  files?: Record<string, string>;
  /** The text given on standard input, which then ends. */
  stdin?: string;
}

/** Call a function of the program and compare what it returns. */
export interface FunctionValidator {
  kind: "function";
  /** Its name, unique in its component. */
  id: ValidatorId;
  /** The value that it should return. */
  expected: unknown;
  /** The name of the function in the entry file. */
  name: string;
  /** What it does to the score. */
  effect?: Effect;
  /** The group that it is in, one of its submittable's. */
  group?: GroupId | null;
  /** Whether learners may see what it expects and what they gave. */
  hidden?: boolean;
  /** How much it counts beside the other validators. */
  weight?: Weight;
  /** Its arguments, in order. */
  args?: Array<unknown>;
  /** The largest difference between two numbers that still counts as equal. */
  tolerance?: number | null;
}

/** Compare the chosen options with the right ones. */
export interface ChoiceValidator {
  kind: "choice";
  /** Its name, unique in its component. */
  id: ValidatorId;
  /** The right options; may be empty where "none of them" is the answer. */
  correct: Array<OptionId>;
  /** What it does to the score. */
  effect?: Effect;
  /** The group that it is in, one of its submittable's. */
  group?: GroupId | null;
  /** Whether learners may see what it expects and what they gave. */
  hidden?: boolean;
  /** How much it counts beside the other validators. */
  weight?: Weight;
  /** What a partly right choice earns. */
  credit?: Credit;
}

/** Have a person mark the answer by a rubric. */
export interface ManualValidator {
  kind: "manual";
  /** Its name, unique in its component. */
  id: ValidatorId;
  /** What is looked at, 1 to 50 criteria. */
  criteria: Array<Criterion>;
  /** What it does to the score. */
  effect?: Effect;
  /** The group that it is in, one of its submittable's. */
  group?: GroupId | null;
  /** Whether learners may see what it expects and what they gave. */
  hidden?: boolean;
  /** How much it counts beside the other validators. */
  weight?: Weight;
}

/** Compare words with accepted ones. */
export interface TextValidator {
  kind: "text";
  /** Its name, unique in its component. */
  id: ValidatorId;
  /** The answers that are right, 1 to 100; with `regex`, patterns. */
  accepted: Array<string>;
  /** What it does to the score. */
  effect?: Effect;
  /** The group that it is in, one of its submittable's. */
  group?: GroupId | null;
  /** Whether learners may see what it expects and what they gave. */
  hidden?: boolean;
  /** How much it counts beside the other validators. */
  weight?: Weight;
  /** Whether upper and lower case differ. */
  case?: LetterCase;
  /** How an answer is compared with each of them. */
  comparison?: Comparison;
}

/** Compare a number with the right one. */
export interface NumberValidator {
  kind: "number";
  /** Its name, unique in its component. */
  id: ValidatorId;
  /** The right number. */
  value: number;
  /** What it does to the score. */
  effect?: Effect;
  /** The group that it is in, one of its submittable's. */
  group?: GroupId | null;
  /** Whether learners may see what it expects and what they gave. */
  hidden?: boolean;
  /** How much it counts beside the other validators. */
  weight?: Weight;
  /** The largest difference that still counts as right. */
  tolerance?: number;
}

/** Compare the answer to one question of a quiz with the right one. */
export interface QuestionValidator {
  kind: "question";
  /** Its name, unique in its component. */
  id: ValidatorId;
  /** What is right. */
  expected: Expected;
  /** The question. */
  question: QuestionId;
  /** What it does to the score. */
  effect?: Effect;
  /** The group that it is in, one of its submittable's. */
  group?: GroupId | null;
  /** Whether learners may see what it expects and what they gave. */
  hidden?: boolean;
  /** How much it counts beside the other validators. */
  weight?: Weight;
}

/** Have a program of the author judge what the program writes. */
export interface CheckerValidator {
  kind: "checker";
  /** Its name, unique in its component. */
  id: ValidatorId;
  /** The program that judges. */
  checker: Program;
  /** What it does to the score. */
  effect?: Effect;
  /** The group that it is in, one of its submittable's. */
  group?: GroupId | null;
  /** Whether learners may see what it expects and what they gave. */
  hidden?: boolean;
  /** How much it counts beside the other validators. */
  weight?: Weight;
  /** What the judging program is told of the right answer. */
  answer?: string | null;
  /** The arguments given to the learner's program. */
  args?: Array<string>;
  /** How it is told of things, and what its exit codes mean. */
  convention?: Convention;
  /**
   * The input. A checker's learner is given it on standard input; an interactor's learner
   * only learns of it what the interactor says.
   */
  input?: string;
  /** What the judging program may use. */
  limits?: Limits;
}

/**
 * Have a program of the author talk with the program: each one's standard output is the
 * other's standard input.
 */
export interface InteractiveValidator {
  kind: "interactive";
  /** Its name, unique in its component. */
  id: ValidatorId;
  /** The program that judges. */
  checker: Program;
  /** What it does to the score. */
  effect?: Effect;
  /** The group that it is in, one of its submittable's. */
  group?: GroupId | null;
  /** Whether learners may see what it expects and what they gave. */
  hidden?: boolean;
  /** How much it counts beside the other validators. */
  weight?: Weight;
  /** What the judging program is told of the right answer. */
  answer?: string | null;
  /** The arguments given to the learner's program. */
  args?: Array<string>;
  /** How it is told of things, and what its exit codes mean. */
  convention?: Convention;
  /**
   * The input. A checker's learner is given it on standard input; an interactor's learner
   * only learns of it what the interactor says.
   */
  input?: string;
  /** What the judging program may use. */
  limits?: Limits;
}

/** Run the program and have code of the host judge what it does. */
export interface HostValidator {
  kind: "host";
  /** Its name, unique in its component. */
  id: ValidatorId;
  /** The grader, by the name that the host gave it. */
  grader: GraderId;
  /** What it does to the score. */
  effect?: Effect;
  /** The group that it is in, one of its submittable's. */
  group?: GroupId | null;
  /** Whether learners may see what it expects and what they gave. */
  hidden?: boolean;
  /** How much it counts beside the other validators. */
  weight?: Weight;
  /** The arguments given to the program. */
  args?: Array<string>;
  /** Names of files that the grader looks at if the program leaves them behind. */
  collect?: Array<FileName>;
  /** Whatever the grader should know; learners never see it. */
  options?: unknown;
  /** The text given on standard input, which then ends. */
  stdin?: string;
}

/** Run the author's tests against the program. */
export interface TestsValidator {
  kind: "tests";
  /** Its name, unique in its component. */
  id: ValidatorId;
  /** The file whose tests are run. */
  entry: FileName;
  /** The files of the tests, which the program never sees. */
  files: Record<string, string>;
  /** What it does to the score. */
  effect?: Effect;
  /** The group that it is in, one of its submittable's. */
  group?: GroupId | null;
  /** Whether learners may see what it expects and what they gave. */
  hidden?: boolean;
  /** How much it counts beside the other validators. */
  weight?: Weight;
  /** The language of the tests; without it, that of the program. */
  language?: LanguageId | null;
  /** What each test may use by itself; the program has its own limits. */
  limits?: Limits;
}

/** One expected response of a submittable. */
export type Validator =
  | OutputValidator
  | FunctionValidator
  | ChoiceValidator
  | ManualValidator
  | TextValidator
  | NumberValidator
  | QuestionValidator
  | CheckerValidator
  | InteractiveValidator
  | HostValidator
  | TestsValidator;

/** That it writes something. */
export interface OutputValidatorExpectation {
  kind: "output";
  /** The texts of files that it leaves behind. */
  files: Record<string, string>;
  /** The standard output; none when any will do. */
  stdout?: string | null;
}

/** That its function returns something. */
export interface ValueValidatorExpectation {
  kind: "value";
  /** The value. */
  value: unknown;
}

/** What a validator expects of a program. */
export type ValidatorExpectation =
  | OutputValidatorExpectation
  | ValueValidatorExpectation;

/** The judgement on one visible validator as its learner sees it. */
export interface ValidatorFeedback {
  /** The share of the mark that was earned. */
  score: Score;
  /** The validator. */
  validator: ValidatorId;
  /** The opinion. */
  verdict: Verdict;
  /** What a person gave, for validators that a person marks. */
  marks?: Array<Mark>;
  /** Why, in a few words, where the verdict alone does not say. */
  reason?: string | null;
  /** What the program did, for validators that ran it. */
  run?: RunFeedback | null;
  /** What came of each test, for validators that are tests. */
  tests?: Array<TestResult>;
}

/** A group of validators. */
export interface ValidatorGroup {
  /** Its name, unique in its submittable. */
  id: GroupId;
  /** The groups that must be passed before this one is run. */
  dependsOn?: Array<GroupId>;
  /** How its validators count. */
  scoring?: GroupScoring;
}

/** A validator, named by its author, unique in its component. */
export type ValidatorId = string;

/** It runs the program. */
export interface RunValidatorInput {
  kind: "run";
  /** The arguments. */
  args: Array<string>;
  /** The files beside the program. */
  files: Record<string, string>;
  /** Standard input. */
  stdin: string;
}

/** It calls a function of the program. */
export interface CallValidatorInput {
  kind: "call";
  /** Its arguments, in order. */
  args: Array<unknown>;
  /** The function. */
  function: string;
}

/** What a validator gives to a program. */
export type ValidatorInput =
  | RunValidatorInput
  | CallValidatorInput;

/** What somebody who verifies a certificate is told. */
export type Validity =
  /** It is good. */
  | "good"
  /** It was good until it expired. */
  | "expired"
  /** It was taken back. */
  | "revoked";

/** The opinion on one validator, or on a whole submission. */
export type Verdict =
  /** The answer is what was expected. */
  | "passed"
  /** The program ended well, but with another answer. */
  | "wrong_answer"
  /** The program is not valid in its language; it never ran. */
  | "compile_error"
  /** The program crashed, or ended with an exit code other than 0. */
  | "runtime_error"
  /** The program used up its time. */
  | "time_limit"
  /** The program asked for more memory than it may have. */
  | "memory_limit"
  /** The program wrote more output or files than it may. */
  | "output_limit"
  /** It was not asked: its group depends on one that was not passed. */
  | "skipped"
  /** A person has to look at it. */
  | "awaiting_review"
  /** We failed, not the learner; never final, and it costs no attempt. */
  | "system_error";

/** What anybody who has a certificate's code is told. */
export interface Verification {
  /** When it was issued. */
  issuedOn: string;
  /** The number of the certificate. */
  number: CertificateNumber;
  /** What was passed, and by whom. */
  pass: Pass;
  /** Whether it is good now. */
  validity: Validity;
  /** From when on it is not good any more; none when it stays good. */
  expiresAt?: string | null;
}

/**
 * The code by which anybody who has it can verify a certificate: 128 random bits as 26 letters
 * and digits of Crockford's base 32. It can't be guessed, and says nothing about its holder.
 */
export type VerificationCode = string;

/** How often a document was written; 1 is its first version. */
export type Version = number;

/** A document and how often it was written. */
export interface VersionedContent {
  /** The document. */
  value: Content;
  /** How often it was written. */
  version: Version;
}

/** A document and how often it was written. */
export interface VersionedItem {
  /** The document. */
  value: Item;
  /** How often it was written. */
  version: Version;
}

/** A document and how often it was written. */
export interface VersionedModule {
  /** The document. */
  value: Module;
  /** How often it was written. */
  version: Version;
}

/** A part of a list. */
export interface VersionedModulePage {
  /** The items. */
  items: Array<VersionedModule>;
  /** Where the next page starts; none when this is the last. */
  next?: string | null;
}

/** A document and how often it was written. */
export interface VersionedSavedDraft {
  /** The document. */
  value: SavedDraft;
  /** How often it was written. */
  version: Version;
}

/** A document and how often it was written. */
export interface VersionedTest {
  /** The document. */
  value: Test;
  /** How often it was written. */
  version: Version;
}

/** A part of a list. */
export interface VersionedTestPage {
  /** The items. */
  items: Array<VersionedTest>;
  /** Where the next page starts; none when this is the last. */
  next?: string | null;
}

/** A user's polypoints. */
export interface Wallet {
  /** What it holds. */
  balance: Points;
  /** Whose it is. */
  user: UserId;
}

/** It got points. */
export interface CreditedWalletEvent {
  type: "credited";
  /** What it holds now. */
  balance: Points;
  /** The line of the ledger. */
  entry: EntryId;
  /** How much. */
  points: Points;
  /** Whose wallet. */
  user: UserId;
}

/** Points were spent from it. */
export interface DebitedWalletEvent {
  type: "debited";
  /** What it holds now. */
  balance: Points;
  /** The line of the ledger. */
  entry: EntryId;
  /** How much. */
  points: Points;
  /** Whose wallet. */
  user: UserId;
}

/** What happened to a wallet. */
export type WalletEvent =
  | CreditedWalletEvent
  | DebitedWalletEvent;

/** How much a validator or a component counts beside its siblings, 0 to 10,000. */
export type Weight = number;

/**
 * How finely documents are compared. Runs of alike tokens shorter than `gram` are never seen;
 * those of `gram + window - 1` or more always are.
 */
export interface Winnowing {
  /** How many tokens are hashed together, 2 to 100. */
  gram: number;
  /** Of how many hashes in a row one is kept at least, 1 to 100. */
  window: number;
}

/** A learner's files in one code editor, in one language. */
export interface Workspace {
  /** The code editor in it. */
  component: ComponentId;
  /** The content. */
  content: ContentId;
  /** The version of the content that the files were begun on. */
  contentVersion: Version;
  /** The learner's files; the author's fixed ones are not among them. */
  files: Record<string, string>;
  /** The language. */
  language: LanguageId;
  /** When something was last changed. */
  savedAt: string;
  /** The learner. */
  user: UserId;
}

/** Which editor, in which language, and whose. */
export interface WorkspacePlace {
  /** The code editor in it. */
  component: ComponentId;
  /** The content. */
  content: ContentId;
  /** The language. */
  language: LanguageId;
  /** The learner. */
  user: UserId;
}
