/**
 * Every use case of PolyCode, as methods of `Engine`.
 *
 * Generated from the source of core's `Engine` by `cargo xtask codegen`: do not edit.
 */

import type { CallOptions, Listing } from "./index";
import type {
  Achievement,
  AchievementCredential,
  Address,
  Addresses,
  Answer,
  AnswerReceived,
  AttemptId,
  AttemptView,
  AttemptsLeft,
  AuthoredContent,
  Authorship,
  AuthorshipPage,
  Bought,
  CampaignId,
  CampaignPage,
  CampaignPlan,
  CampaignText,
  CampaignView,
  CandidateId,
  CandidatePage,
  CandidateProfile,
  CandidateView,
  Certificate,
  CertificateId,
  CertificatePage,
  Compared,
  ComponentId,
  ConsumerId,
  ContentDraft,
  ContentId,
  ContentKind,
  ContentProgressPage,
  ContentSummaryPage,
  ContentView,
  Course,
  Cursor,
  DetailedReport,
  Edit,
  EditFact,
  EntryPage,
  ExtraTime,
  Feedback,
  Filter,
  GeneralReport,
  Intake,
  Issuer,
  ItemDraft,
  ItemId,
  ItemPage,
  Logged,
  Marks,
  ModuleDraft,
  ModuleId,
  ModuleKind,
  ModuleStanding,
  ModuleSummaryPage,
  ModuleView,
  NewCandidate,
  OpenTestPage,
  Outcome,
  Pair,
  Pass,
  Points,
  PracticeStatistics,
  Progress,
  PublicTeam,
  PublicTeamPage,
  PublicUser,
  PublicUserPage,
  PurchasePage,
  QuestionView,
  Regrade,
  RegradeId,
  RegradePage,
  RegradedSubmissionPage,
  Remark,
  Report,
  ResultRowPage,
  Review,
  ReviewPage,
  ReviewTaskPage,
  RevocationReason,
  RowOrder,
  SaveAnswer,
  Score,
  SeatId,
  Seconds,
  SentInvitation,
  Settings,
  Similarity,
  SimilaritySearch,
  SubmissionId,
  SubmissionPage,
  SubmissionView,
  Summary,
  Tag,
  TeamCard,
  TeamId,
  TeamInvitationPage,
  TeamProfile,
  TeamView,
  Test,
  TestAnswer,
  TestDraft,
  TestGrade,
  TestId,
  TestIntroduction,
  Ticked,
  TimelineSummary,
  UserAccount,
  UserId,
  UserProfile,
  ValidatorId,
  Verification,
  Version,
  VersionedContent,
  VersionedItem,
  VersionedModule,
  VersionedModulePage,
  VersionedSavedDraft,
  VersionedTest,
  VersionedTestPage,
  Wallet,
  Workspace,
  WorkspacePlace,
} from "./models";

/** Every use case of PolyCode, one method each. */
export interface UseCases {
  /**
   * Accepts an invitation: the candidate is the actor from now on. `verified` is the
   * actor's address where the host has verified one; an invitation sent to another address is
   * no good to them then.
   *
   * @throws PolycodeError with the code of a refusal when the actor is not signed in or is a candidate of the campaign
   * already, and with code `invitation_not_valid` for any token that can't be used, whatever
   * the reason; `store_failed` when the store failed.
   */
  acceptInvitation(
    token: string,
    options?: CallOptions & {
      verified?: Address | null;
    },
  ): Promise<TestIntroduction>;
  /**
   * Joins a team that invited the actor.
   *
   * @throws PolycodeError with the code of a refusal when there is no invitation that can be accepted now, the actor
   * is in a team, or the team is full; `store_failed` when the store failed.
   */
  acceptTeamInvitation(
    team: TeamId,
    options?: CallOptions,
  ): Promise<void>;
  /**
   * An account with all that its user wrote.
   *
   * @throws PolycodeError with the code of a refusal when it is not the actor's own, or there is none;
   * `store_failed` when the store failed.
   */
  account(
    user: UserId,
    options?: CallOptions,
  ): Promise<UserAccount>;
  /**
   * Adds candidates; those who are there already are left alone.
   *
   * They are added in batches of 500, each of which lands whole or not at all. Should the
   * store fail in between, the same list can be given again: who was added is skipped.
   *
   * @throws PolycodeError with the code of a refusal when the actor may not, the campaign is over, or there are more
   * than 100,000; `store_failed` when the store failed.
   */
  addCandidates(
    campaign: CampaignId,
    candidates: Array<NewCandidate>,
    options?: CallOptions,
  ): Promise<Intake>;
  /**
   * The actor agrees that it is recorded how they type their answers to a content.
   * Nothing happens when they did before.
   *
   * @throws PolycodeError with the code of a refusal when the actor did not sign in or the content is not there;
   * `store_failed` when the store failed.
   */
  agreeToTimeline(
    content: ContentId,
    options?: CallOptions,
  ): Promise<void>;
  /**
   * What a user answered.
   *
   * @throws PolycodeError as `submission`.
   */
  answer(
    submission: SubmissionId,
    options?: CallOptions,
  ): Promise<Answer>;
  /**
   * Submits an answer to a question of a test. It can be submitted again while there is
   * time; the last one counts. What it earned the candidate learns only if the campaign says
   * so.
   *
   * The caller may choose the id of the submission, a UUID v7 that was never given before: the
   * same answer that is sent again with it is taken once, whatever became of the first reply,
   * also when the time is up since.
   *
   * @throws PolycodeError with the code of a refusal when the actor is not the candidate, the answer does not fit, the
   * id belongs to another answer, or as `Attempt::decide_answer` says;
   * `store_failed` when the store failed.
   */
  answerQuestion(
    options: CallOptions & {
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
      submission?: SubmissionId | null;
    },
  ): Promise<AnswerReceived>;
  /**
   * An attempt, for its candidate or the campaign's author.
   *
   * @throws PolycodeError with the code of a refusal when it is not there for the actor; `store_failed` when
   * the store failed.
   */
  attempt(
    attempt: AttemptId,
    options?: CallOptions,
  ): Promise<AttemptView>;
  /**
   * How often a user may still answer a submittable.
   *
   * @throws PolycodeError with the code of a refusal when it is not about the actor, or the content or component is
   * not there; `store_failed` when the store failed.
   */
  attemptsLeft(
    user: UserId,
    content: ContentId,
    component: ComponentId,
    options?: CallOptions,
  ): Promise<AttemptsLeft>;
  /**
   * A content with everything that its authors see: hidden validators, right options,
   * the draft.
   *
   * @throws PolycodeError with the code of a refusal when it is not there or not the actor's; `store_failed`
   * when the store failed.
   */
  authoredContent(
    content: ContentId,
    options?: CallOptions,
  ): Promise<AuthoredContent>;
  /**
   * A module with everything that its authors see.
   *
   * @throws PolycodeError with the code of a refusal when it is not there or not the actor's; `store_failed`
   * when the store failed.
   */
  authoredModule(
    module: ModuleId,
    options?: CallOptions,
  ): Promise<VersionedModule>;
  /**
   * An item that the actor bought, with what it sells, also when it was retired since.
   *
   * @throws PolycodeError with the code of a refusal when the actor did not buy it; `store_failed` when the
   * store failed.
   */
  boughtItem(
    item: ItemId,
    options?: CallOptions,
  ): Promise<Bought>;
  /**
   * Buys an item, once, for what the wallet holds at least.
   *
   * @throws PolycodeError with the code of a refusal when there is no such item, it was bought before, its price is
   * another by now, or the wallet holds less; `store_failed` when the store failed.
   */
  buyItem(
    options: CallOptions & {
      /** The item. */
      item: ItemId;
      /** What the user agrees to pay: nobody pays more because an author was quicker. */
      price: Points;
    },
  ): Promise<Bought>;
  /**
   * A campaign as its author sees it.
   *
   * @throws PolycodeError with the code of a refusal when it is not there for the actor; `store_failed` when
   * the store failed.
   */
  campaign(
    campaign: CampaignId,
    options?: CallOptions,
  ): Promise<CampaignView>;
  /**
   * The regrades of a campaign, the newest first.
   *
   * @throws PolycodeError with the code of a refusal when the campaign is not the actor's or the page is none;
   * `store_failed` when the store failed.
   */
  campaignRegrades(
    campaign: CampaignId,
    options?: CallOptions & {
      /** Where the page before ended; none for the first. */
      after?: string | null;
      /** The most items wanted, 1 to 100. */
      limit?: number;
    },
  ): Listing<RegradePage>;
  /**
   * The campaigns of the actor, the newest first.
   *
   * @throws PolycodeError with the code of a refusal when the actor may not or the page is none; `store_failed`
   * when the store failed.
   */
  campaigns(
    options?: CallOptions & {
      /** Where the page before ended; none for the first. */
      after?: string | null;
      /** The most items wanted, 1 to 100. */
      limit?: number;
    },
  ): Listing<CampaignPage>;
  /**
   * Calls a campaign off; its candidates and their attempts follow in the next ticks.
   *
   * @throws PolycodeError as `scheduleCampaign`, and as `Campaign::decide_cancel` says.
   */
  cancelCampaign(
    campaign: CampaignId,
    options?: CallOptions,
  ): Promise<CampaignView>;
  /**
   * Takes a candidate's invitation back, or their place, as long as they have not
   * started.
   *
   * @throws PolycodeError with the code of a refusal when the actor may not, the candidate is not there, has started or
   * is out already; `store_failed` when the store failed.
   */
  cancelCandidate(
    candidate: CandidateId,
    options?: CallOptions,
  ): Promise<CandidateView>;
  /**
   * A candidate.
   *
   * @throws PolycodeError with the code of a refusal when they are not there for the actor; `store_failed`
   * when the store failed.
   */
  candidate(
    candidate: CandidateId,
    options?: CallOptions,
  ): Promise<CandidateView>;
  /**
   * The candidates of a campaign, or those of them who have a tag, in the order in
   * which they were added.
   *
   * @throws PolycodeError with the code of a refusal when the actor may not or the page is none; `store_failed`
   * when the store failed.
   */
  candidates(
    campaign: CampaignId,
    options?: CallOptions & {
      tag?: Tag | null;
      /** Where the page before ended; none for the first. */
      after?: string | null;
      /** The most items wanted, 1 to 100. */
      limit?: number;
    },
  ): Listing<CandidatePage>;
  /**
   * A user's certificates, newest first; they are the holder's own, with their codes.
   *
   * @throws PolycodeError with the code of a refusal when the actor may not see them; `store_failed` when the
   * store failed.
   */
  certificates(
    holder: UserId,
    options?: CallOptions & {
      /** Where the page before ended; none for the first. */
      after?: string | null;
      /** The most items wanted, 1 to 100. */
      limit?: number;
    },
  ): Listing<CertificatePage>;
  /**
   * Issues a certificate to somebody who passed elsewhere, or whose certificate is not
   * good any more. Who passes a certification module gets one without this. `lasts` is none
   * when the certificate stays good.
   *
   * @throws PolycodeError with the code of a refusal when the actor may not, the grade is below the pass mark, or the
   * user holds a certificate for the module that is still good; `store_failed` when
   * the store failed.
   */
  certify(
    pass: Pass,
    options?: CallOptions & {
      lasts?: Seconds | null;
    },
  ): Promise<Certificate>;
  /**
   * Closes a campaign before its end. Who is in the middle of the test goes on.
   *
   * @throws PolycodeError as `scheduleCampaign`, and as `Campaign::decide_close` says.
   */
  closeCampaign(
    campaign: CampaignId,
    options?: CallOptions,
  ): Promise<CampaignView>;
  /**
   * Compares the last programs of all users for each component of a content, but for
   * what they were given to start from, and stores a review for each pair that is alike.
   * Programs of one user or of one team are not compared. May be called again at any time.
   *
   * @throws PolycodeError with the code of a refusal when the actor may not, the content is not there or the search
   * breaks a rule; `store_failed` when the store failed.
   */
  compareAnswers(
    content: ContentId,
    options?: CallOptions & {
      search?: SimilaritySearch;
    },
  ): Promise<Compared>;
  /**
   * Compares what the candidates of a campaign answered to each question, as
   * `compareAnswers` compares the answers to a content.
   *
   * @throws PolycodeError with the code of a refusal when the campaign is not the actor's or the search breaks a rule;
   * `store_failed` when the store failed.
   */
  compareCampaign(
    campaign: CampaignId,
    options?: CallOptions & {
      search?: SimilaritySearch;
    },
  ): Promise<Compared>;
  /**
   * Notes that one of two answers was copied, or both from one source.
   *
   * @throws PolycodeError as `dismissPair`.
   */
  confirmPair(
    pair: Pair,
    options?: CallOptions,
  ): Promise<Review>;
  /**
   * The place in the log up to which a consumer has dealt with the events.
   *
   * @throws PolycodeError as `events`.
   */
  consumed(
    consumer: ConsumerId,
    options?: CallOptions,
  ): Promise<Cursor>;
  /**
   * A content as learners see it: no hidden validator, nothing that says what is right.
   *
   * @throws PolycodeError with the code of a refusal when it is not there, not published, or retired;
   * `store_failed` when the store failed.
   */
  content(
    content: ContentId,
    options?: CallOptions,
  ): Promise<ContentView>;
  /**
   * The published contents that are looked for, in the order of their slugs.
   *
   * @throws PolycodeError with the code of a refusal when the actor may not, or the page is none;
   * `store_failed` when the store failed.
   */
  contents(
    options?: CallOptions & {
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
      /** Where the page before ended; none for the first. */
      after?: string | null;
      /** The most items wanted, 1 to 100. */
      limit?: number;
    },
  ): Listing<ContentSummaryPage>;
  /**
   * The published contents of a query that the actor never passed.
   *
   * @throws PolycodeError with the code of a refusal when the actor may not, or the page is none;
   * `store_failed` when the store failed.
   */
  contentsNeverDone(
    options?: CallOptions & {
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
      /** Where the page before ended; none for the first. */
      after?: string | null;
      /** The most items wanted, 1 to 100. */
      limit?: number;
    },
  ): Listing<ContentSummaryPage>;
  /**
   * Goes on with a regrade by at most `limit` submissions. May be called again at
   * any time, also by several at once: each submission is passed once.
   *
   * @throws PolycodeError with the code of a refusal when there is no such regrade; the code of a sandbox that failed when
   * programs can't be run now: it goes on from there later; `store_failed` when the
   * store failed.
   */
  continueRegrade(
    regrade: RegradeId,
    options?: CallOptions & {
      limit?: number;
    },
  ): Promise<Regrade>;
  /**
   * Begins a campaign with a test of the actor's.
   *
   * @throws PolycodeError with the code of a refusal when the actor may not, the text or the plan breaks a rule, or the
   * test is not there; `store_failed` when the store failed.
   */
  createCampaign(
    text: CampaignText,
    plan: CampaignPlan,
    options?: CallOptions,
  ): Promise<CampaignView>;
  /**
   * Publishes a new content at once: of the actor's own, or without authors when it is
   * the host itself that makes it.
   *
   * @throws PolycodeError with the code of a refusal when the actor may not, it breaks a rule, or its slug is taken;
   * `store_failed` when the store failed: what was begun stays a draft of the actor's.
   */
  createContent(
    draft: ContentDraft,
    options?: CallOptions,
  ): Promise<VersionedContent>;
  /**
   * Puts an item of a content on sale.
   *
   * @throws PolycodeError with the code of a refusal when the actor may not, there is no such content, or the draft
   * breaks a rule; `store_failed` when the store failed.
   */
  createItem(
    draft: ItemDraft,
    options?: CallOptions,
  ): Promise<VersionedItem>;
  /**
   * Makes a module that only its author sees, until it is published.
   *
   * @throws PolycodeError with the code of a refusal when the actor may not, it breaks a rule, or its slug is taken;
   * `store_failed` when the store failed.
   */
  createModule(
    draft: ModuleDraft,
    options?: CallOptions,
  ): Promise<VersionedModule>;
  /**
   * Makes a team; the actor is its captain.
   *
   * @throws PolycodeError with the code of a refusal when the actor may not, is in a team already, or the profile
   * breaks a rule; `store_failed` when the store failed.
   */
  createTeam(
    profile: TeamProfile,
    options?: CallOptions,
  ): Promise<TeamCard>;
  /**
   * Publishes a new test with its limits and points.
   *
   * @throws PolycodeError with the code of a refusal when the actor may not, the draft breaks a rule, or a question is
   * not there at the version it names; `store_failed` when the store failed.
   */
  createTest(
    draft: TestDraft,
    options?: CallOptions,
  ): Promise<VersionedTest>;
  /**
   * Declines an invitation; no account is needed for that.
   *
   * @throws PolycodeError with the code of a refusal with code `invitation_not_valid` for any token that can't be
   * used; `store_failed` when the store failed.
   */
  declineInvitation(
    token: string,
    options?: CallOptions,
  ): Promise<void>;
  /**
   * Deletes an account. What the person wrote about themselves and how they typed is
   * erased, and who they were to the authors of campaigns; their team goes on without them, or
   * ends when it was theirs alone. The ledger, results and purchases keep the host's opaque
   * id, so that they still add up.
   *
   * Also forgets a user who never had an account here.
   *
   * @throws PolycodeError with the code of a refusal when it is not the actor's own, or was deleted before;
   * `store_failed` when the store failed.
   */
  deleteAccount(
    user: UserId,
    options?: CallOptions,
  ): Promise<void>;
  /**
   * Deletes a campaign that nobody is invited to, or that is over; what is known about
   * its candidates goes in the next ticks.
   *
   * @throws PolycodeError as `scheduleCampaign`, and as `Campaign::decide_delete` says.
   */
  deleteCampaign(
    campaign: CampaignId,
    options?: CallOptions,
  ): Promise<void>;
  /**
   * Deletes a test that no campaign needs any more. Its versions are kept for the
   * results of those who sat it.
   *
   * @throws PolycodeError with the code of a refusal when the actor may not, it is not there, or a campaign that is not
   * over needs it; `store_failed` when the store failed.
   */
  deleteTest(
    test: TestId,
    options?: CallOptions,
  ): Promise<void>;
  /**
   * The report on a campaign with every candidate in it.
   *
   * @throws PolycodeError as `results`.
   */
  detailedReport(
    campaign: CampaignId,
    options?: CallOptions,
  ): Promise<DetailedReport>;
  /**
   * Notes that two answers are alike for a good reason.
   *
   * @throws PolycodeError with the code of a refusal when there is no such pair, the actor may not, or there is an
   * opinion on it; `store_failed` when the store failed.
   */
  dismissPair(
    pair: Pair,
    options?: CallOptions,
  ): Promise<Review>;
  /**
   * Ends a team. Its name is kept, so that its members can be told which it was.
   *
   * @throws PolycodeError with the code of a refusal when the actor neither leads it nor runs the platform;
   * `store_failed` when the store failed.
   */
  dissolveTeam(
    team: TeamId,
    options?: CallOptions,
  ): Promise<void>;
  /**
   * Begins a content that only its author sees, until it is published.
   *
   * A draft may still break rules of published contents, but its slug has to be free.
   *
   * @throws PolycodeError with the code of a refusal when the actor may not, the slug is taken, or the draft is too
   * large; `store_failed` when the store failed.
   */
  draftContent(
    draft: ContentDraft,
    options?: CallOptions,
  ): Promise<VersionedSavedDraft>;
  /**
   * Changes what a campaign says and what is planned, read at `read`.
   *
   * @throws PolycodeError as `createCampaign`; also code `stale` when the campaign was written since
   * `read`, and what `Campaign::decide_edit` refuses for.
   */
  editCampaign(
    campaign: CampaignId,
    version: Version,
    text: CampaignText,
    plan: CampaignPlan,
    options?: CallOptions,
  ): Promise<CampaignView>;
  /**
   * Changes who a candidate is: name, address, tags. With the address, an invitation
   * that was sent to the old one can't be used any more.
   *
   * @throws PolycodeError with the code of a refusal when the actor may not, the candidate is not there, the profile
   * breaks a rule, or the address is another candidate's; `store_failed` when the
   * store failed.
   */
  editCandidate(
    candidate: CandidateId,
    profile: CandidateProfile,
    options?: CallOptions,
  ): Promise<CandidateView>;
  /**
   * Writes something else about a module; `read` is the version that was read.
   *
   * @throws PolycodeError with the code of a refusal when it is not the actor's, it breaks a rule, its slug is taken,
   * it is retired, or somebody changed it after `read`; `store_failed` when the store
   * failed.
   */
  editModule(
    module: ModuleId,
    version: Version,
    draft: ModuleDraft,
    options?: CallOptions,
  ): Promise<VersionedModule>;
  /**
   * Publishes another version of a test, read at `read`. Campaigns and attempts go on
   * with the version they pin.
   *
   * @throws PolycodeError as `createTest`; also code `stale` when somebody published a version since
   * `read`, and a refusal when the test is not there or deleted.
   */
  editTest(
    test: TestId,
    version: Version,
    draft: TestDraft,
    options?: CallOptions,
  ): Promise<VersionedTest>;
  /**
   * Adds, writes, renames or removes one of the actor's own files in a code
   * editor, or begins again.
   *
   * @throws PolycodeError with the code of a refusal when they are not the actor's, there is no such editor, language
   * or file, the file is one of the author's, or there would be too many or too large files;
   * `store_failed` when the store failed.
   */
  editWorkspace(
    place: WorkspacePlace,
    edit: Edit,
    options?: CallOptions,
  ): Promise<Workspace>;
  /**
   * The lines of the ledger that concern a user, newest first.
   *
   * @throws PolycodeError with the code of a refusal when they are not the actor's own or the page is none;
   * `store_failed` when the store failed.
   */
  entries(
    user: UserId,
    options?: CallOptions & {
      /** Where the page before ended; none for the first. */
      after?: string | null;
      /** The most items wanted, 1 to 100. */
      limit?: number;
    },
  ): Listing<EntryPage>;
  /**
   * The events after a place in the log, at most 1,000 of them.
   *
   * @throws PolycodeError with the code of a refusal when the actor may not; `store_failed` when the store
   * failed.
   */
  events(
    options?: CallOptions & {
      after?: Cursor;
      limit?: number;
    },
  ): Promise<Array<Logged>>;
  /**
   * A module of the actor's as a course: everything that is in it and below it, each content
   * with its samples, but what is retired, and contents that are not published. The module itself
   * may be retired. Importing the course makes the same again.
   *
   * A sample whose submittable is no more, since the content was edited, is left out.
   *
   * @throws PolycodeError with the code of a refusal when the module is not there, or it or something in it is not the
   * actor's to read; `store_failed` when the store failed.
   */
  exportCourse(
    module: ModuleId,
    options?: CallOptions,
  ): Promise<Course>;
  /**
   * Puts off the deadline of an attempt that is not over.
   *
   * @throws PolycodeError with the code of a refusal when the actor is not the campaign's author, or as
   * `Attempt::decide_extend` says; `store_failed` when the store failed.
   */
  extendAttempt(
    attempt: AttemptId,
    extra: Seconds,
    options?: CallOptions,
  ): Promise<AttemptView>;
  /**
   * What the learner is told of a submission, once it is judged.
   *
   * @throws PolycodeError as `submission`.
   */
  feedback(
    submission: SubmissionId,
    options?: CallOptions,
  ): Promise<Feedback | null>;
  /**
   * Notes that the actor has read a content that asks for no answers: it is passed by
   * that, and pays once.
   *
   * @throws PolycodeError with the code of a refusal when it is not there or asks for answers; `store_failed`
   * when the store failed.
   */
  finishReading(
    content: ContentId,
    options?: CallOptions,
  ): Promise<Progress>;
  /**
   * The report on a campaign as a whole: summary, questions, reliability, groups by tag.
   *
   * @throws PolycodeError as `results`.
   */
  generalReport(
    campaign: CampaignId,
    options?: CallOptions,
  ): Promise<GeneralReport>;
  /**
   * Judges a stored submission and commits its grade, the progress it makes, the polypoints
   * it earns and their events, together or not at all.
   *
   * May be called again for the same submission, also at the same time: it is graded once.
   *
   * @throws PolycodeError with the code of a refusal when there is no such submission, it is graded already, or it
   * waits for a person;
   * the code of a sandbox that failed when it can't be judged now: the submission stays pending if
   * that may pass, and becomes ungradable, until it is graded again, if not;
   * `store_failed` when the store failed.
   */
  grade(
    submission: SubmissionId,
    options?: CallOptions,
  ): Promise<Outcome>;
  /**
   * Judges what is not judged yet of an attempt that is over, by the questions as they were
   * asked, and grades it; none while it waits, for a judge or for somebody's mark.
   *
   * May be called again for the same attempt, also at the same time: each mark and the grade
   * are booked once. No polypoints are earned.
   *
   * @throws PolycodeError with the code of a refusal when there is no such attempt; the code of a sandbox that failed when an
   * answer can't be judged now: the attempt goes on waiting, and it costs the candidate
   * nothing; `store_failed` when the store failed.
   */
  gradeAttempt(
    attempt: AttemptId,
    options?: CallOptions,
  ): Promise<TestGrade | null>;
  /**
   * Grades submissions that were received but not judged, as after a crash; returns how many
   * were graded. Each is tried once; those that can't be judged now stay as they are.
   *
   * @throws PolycodeError with `store_failed` when the store failed.
   */
  gradePending(
    options?: CallOptions & {
      limit?: number;
    },
  ): Promise<number>;
  /**
   * Grants a candidate extra time before they start; once they have, see
   * `extendAttempt`.
   *
   * @throws PolycodeError with the code of a refusal when the actor may not, the candidate is not there, or as
   * `Candidate::decide_grant` says; `store_failed` when the store failed.
   */
  grantExtraTime(
    candidate: CandidateId,
    extraTime: ExtraTime,
    options?: CallOptions,
  ): Promise<CandidateView>;
  /**
   * Makes another member the captain.
   *
   * @throws PolycodeError with the code of a refusal when the actor is not the captain, or the other is not in the
   * team; `store_failed` when the store failed.
   */
  handTeamOver(
    team: TeamId,
    to: UserId,
    options?: CallOptions,
  ): Promise<void>;
  /**
   * Adds the candidates of a CSV file; see `roster::read` for what it may look like.
   * Every row is added, skipped or reported with what is wrong.
   *
   * Commits as `addCandidates` does.
   *
   * @throws PolycodeError with the code of a refusal when the actor may not, the campaign is over, or the file is none
   * that can be read row by row; `store_failed` when the store failed.
   */
  importCandidates(
    campaign: CampaignId,
    csv: string,
    options?: CallOptions,
  ): Promise<Intake>;
  /**
   * What somebody is invited to, for whoever holds the token.
   *
   * @throws PolycodeError with the code of a refusal with code `invitation_not_valid` for any token that can't be
   * used; `store_failed` when the store failed.
   */
  invitation(
    token: string,
    options?: CallOptions,
  ): Promise<TestIntroduction>;
  /**
   * Makes an invitation to be mailed, the first or another one; the one before
   * can't be used any more.
   *
   * @throws PolycodeError with the code of a refusal when the actor may not, the candidate is not there, or as
   * `Candidate::decide_invite` says; `store_failed` when the store failed.
   */
  inviteCandidate(
    candidate: CandidateId,
    options?: CallOptions,
  ): Promise<SentInvitation>;
  /**
   * Makes invitations for candidates of a campaign who were sent none yet, at most 100;
   * none is left when there are fewer.
   *
   * @throws PolycodeError as `inviteCandidate`. Those made before one that failed were not sent: send them
   * again.
   */
  inviteCandidates(
    campaign: CampaignId,
    options?: CallOptions,
  ): Promise<Array<SentInvitation>>;
  /**
   * Invites a user. Users belong to the host, so it is the host that knows whether there
   * is such a user; one whose account was deleted is not invited.
   *
   * @throws PolycodeError with the code of a refusal when the actor is not the captain, the user is in the team or
   * invited already, or too many are invited; `store_failed` when the store failed.
   */
  inviteToTeam(
    team: TeamId,
    user: UserId,
    options?: CallOptions,
  ): Promise<void>;
  /**
   * An item with what it sells, for its author.
   *
   * @throws PolycodeError with the code of a refusal when it is not the actor's own; `store_failed` when the
   * store failed.
   */
  item(
    item: ItemId,
    options?: CallOptions,
  ): Promise<VersionedItem>;
  /**
   * The items of a content that can be bought, without what they sell.
   *
   * @throws PolycodeError with the code of a refusal when the actor may not or the page is not one;
   * `store_failed` when the store failed.
   */
  items(
    content: ContentId,
    options?: CallOptions & {
      /** Where the page before ended; none for the first. */
      after?: string | null;
      /** The most items wanted, 1 to 100. */
      limit?: number;
    },
  ): Listing<ItemPage>;
  /**
   * Sends a member away.
   *
   * @throws PolycodeError with the code of a refusal when the actor is not the captain, the user is not in the team
   * or is its captain; `store_failed` when the store failed.
   */
  kickFromTeam(
    team: TeamId,
    user: UserId,
    options?: CallOptions,
  ): Promise<void>;
  /**
   * Lets every invitation to a team lapse whose time is over, and says how many did. They
   * can't be accepted before that either; this clears them away and tells of it.
   *
   * @throws PolycodeError with `store_failed` when the store failed.
   */
  lapseTeamInvitations(
    options?: CallOptions,
  ): Promise<number>;
  /**
   * Leaves a team.
   *
   * @throws PolycodeError with the code of a refusal when the actor is not in it, or leads it: a captain hands the
   * captaincy over or dissolves the team first; `store_failed` when the store failed.
   */
  leaveTeam(
    team: TeamId,
    options?: CallOptions,
  ): Promise<void>;
  /**
   * Gives an answer of a test a mark by hand, in place of any before; an attempt that is
   * over gets its grade anew.
   *
   * @throws PolycodeError with the code of a refusal when the actor is not the campaign's author, the answer is not
   * there or does not count any more; `store_failed` when the store failed.
   */
  markAnswer(
    submission: SubmissionId,
    score: Score,
    options?: CallOptions,
  ): Promise<TestGrade | null>;
  /**
   * A module with the published modules and contents in it, in order. Its authors see
   * it before it is published, too.
   *
   * @throws PolycodeError with the code of a refusal when it is not there for the actor; `store_failed` when
   * the store failed.
   */
  module(
    module: ModuleId,
    options?: CallOptions,
  ): Promise<ModuleView>;
  /**
   * The published modules that are looked for, in the order of their slugs.
   *
   * @throws PolycodeError with the code of a refusal when the actor may not, or the page is none;
   * `store_failed` when the store failed.
   */
  modules(
    options?: CallOptions & {
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
      /** Where the page before ended; none for the first. */
      after?: string | null;
      /** The most items wanted, 1 to 100. */
      limit?: number;
    },
  ): Listing<ModuleSummaryPage>;
  /**
   * The published modules of a query that the actor never passed.
   *
   * @throws PolycodeError as `contentsNeverDone`.
   */
  modulesNeverDone(
    options?: CallOptions & {
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
      /** Where the page before ended; none for the first. */
      after?: string | null;
      /** The most items wanted, 1 to 100. */
      limit?: number;
    },
  ): Listing<ModuleSummaryPage>;
  /**
   * Notes that a consumer has dealt with the events up to a place. It stays there where
   * it is further already.
   *
   * @throws PolycodeError with the code of a refusal when the actor may not, or the log has no such place yet;
   * `store_failed` when the store failed.
   */
  noteConsumed(
    consumer: ConsumerId,
    place: Cursor,
    options?: CallOptions,
  ): Promise<void>;
  /**
   * A certificate as an Open Badge 3.0, for the host to sign; none when it was revoked.
   *
   * @throws PolycodeError as `verifyCertificate`.
   */
  openBadge(
    code: string,
    issuer: Issuer,
    achievement: Achievement,
    addresses: Addresses,
    options?: CallOptions,
  ): Promise<AchievementCredential | null>;
  /**
   * Opens a question: its own clock begins to run the first time.
   *
   * @throws PolycodeError with the code of a refusal when the actor is not the candidate, or as
   * `Attempt::decide_open` says; `store_failed` when the store failed.
   */
  openQuestion(
    attempt: AttemptId,
    seat: SeatId,
    question: ContentId,
    options?: CallOptions,
  ): Promise<QuestionView>;
  /**
   * The tests that are open to the actor, and those they are in the middle of, the
   * newest first. A page may hold fewer than it was asked for, and still have a next one.
   *
   * @throws PolycodeError with the code of a refusal when the actor is not signed in or the page is none;
   * `store_failed` when the store failed.
   */
  openTests(
    options?: CallOptions & {
      /** Where the page before ended; none for the first. */
      after?: string | null;
      /** The most items wanted, 1 to 100. */
      limit?: number;
    },
  ): Listing<OpenTestPage>;
  /**
   * The actor's own contents, published or not, in the order of their slugs.
   *
   * @throws PolycodeError with the code of a refusal when the actor may not, or the page is none;
   * `store_failed` when the store failed.
   */
  ownContents(
    options?: CallOptions & {
      /** Where the page before ended; none for the first. */
      after?: string | null;
      /** The most items wanted, 1 to 100. */
      limit?: number;
    },
  ): Listing<AuthorshipPage>;
  /**
   * The actor's own modules, published or not, in the order of their slugs.
   *
   * @throws PolycodeError with the code of a refusal when the actor may not, or the page is none;
   * `store_failed` when the store failed.
   */
  ownModules(
    options?: CallOptions & {
      /** Where the page before ended; none for the first. */
      after?: string | null;
      /** The most items wanted, 1 to 100. */
      limit?: number;
    },
  ): Listing<VersionedModulePage>;
  /**
   * The actor's progress in every content that they did something of.
   *
   * @throws PolycodeError with the code of a refusal when the actor may not, or the page is none;
   * `store_failed` when the store failed.
   */
  ownProgress(
    options?: CallOptions & {
      /** Where the page before ended; none for the first. */
      after?: string | null;
      /** The most items wanted, 1 to 100. */
      limit?: number;
    },
  ): Listing<ContentProgressPage>;
  /**
   * How far the actor has come in a module, as it is now.
   *
   * @throws PolycodeError with the code of a refusal when the module is not there for the actor;
   * `store_failed` when the store failed.
   */
  ownStanding(
    module: ModuleId,
    options?: CallOptions,
  ): Promise<ModuleStanding>;
  /**
   * The team that the actor is in, if any.
   *
   * @throws PolycodeError with the code of a refusal when the actor did not sign in; `directory_failed` when the
   * host's directory failed; `store_failed` when the store failed.
   */
  ownTeam(
    options?: CallOptions,
  ): Promise<TeamView | null>;
  /**
   * A user's submissions that passed every validator, hidden ones too, of one content or
   * of all, newest first.
   *
   * A page looks at 1,000 submissions at most, so it may hold less than was asked for though
   * there is a next one.
   *
   * @throws PolycodeError with the code of a refusal when they are not the actor's own or the page is not one;
   * `store_failed` when the store failed.
   */
  passedSubmissions(
    user: UserId,
    options?: CallOptions & {
      content?: ContentId | null;
      /** Where the page before ended; none for the first. */
      after?: string | null;
      /** The most items wanted, 1 to 100. */
      limit?: number;
    },
  ): Listing<SubmissionPage>;
  /**
   * Takes note that the network to the candidate is lost; what that costs is given back
   * as far as the campaign's grace goes.
   *
   * @throws PolycodeError with the code of a refusal when the actor is not the candidate, or as
   * `Attempt::decide_pause` says; `store_failed` when the store failed.
   */
  pauseAttempt(
    attempt: AttemptId,
    options?: CallOptions,
  ): Promise<void>;
  /**
   * Puts a content into a module, or moves it there; without a position, to the end. It
   * has to be published, or the actor's own.
   *
   * @throws PolycodeError with the code of a refusal when the module is not the actor's or is retired, the content is
   * not to be found, the position is none, or there are too many; `store_failed` when
   * the store failed.
   */
  placeContent(
    module: ModuleId,
    content: ContentId,
    options?: CallOptions & {
      position?: number | null;
    },
  ): Promise<VersionedModule>;
  /**
   * Puts a module into a module of the actor's, or moves it there; without a position,
   * to the end. It has to be published, or the actor's own. A module may stand in several, but
   * never in itself, however far around.
   *
   * @throws PolycodeError with the code of a refusal when the module is not the actor's, the other is not to be found,
   * one of them is retired, it would close a circle or make the tree too deep, the position is
   * none, or there are too many; `store_failed` when the store failed.
   */
  placeModule(
    module: ModuleId,
    child: ModuleId,
    options?: CallOptions & {
      position?: number | null;
    },
  ): Promise<VersionedModule>;
  /**
   * A user's practice in a few numbers.
   *
   * @throws PolycodeError with the code of a refusal when it is not the actor's own; `store_failed` when the
   * store failed.
   */
  practiceStatistics(
    user: UserId,
    options?: CallOptions,
  ): Promise<PracticeStatistics>;
  /**
   * How far a user has come in a content.
   *
   * @throws PolycodeError with the code of a refusal when it is not the actor's own; `store_failed` when the
   * store failed.
   */
  progress(
    user: UserId,
    content: ContentId,
    options?: CallOptions,
  ): Promise<Progress>;
  /**
   * A team as everybody sees it.
   *
   * @throws PolycodeError with the code of a refusal when there is no such team, or none any more;
   * `store_failed` when the store failed.
   */
  publicTeam(
    team: TeamId,
    options?: CallOptions,
  ): Promise<PublicTeam>;
  /**
   * What a user shows to the actor: the name, the place and the polypoints. Who does not
   * want to be seen looks like nobody. A user who never had an account here has the name that
   * the host's directory gives, if it has one.
   *
   * @throws PolycodeError with the code of a refusal when there is no such user for the actor;
   * `directory_failed` when the host's directory failed; `store_failed` when
   * the store failed.
   */
  publicUser(
    user: UserId,
    options?: CallOptions,
  ): Promise<PublicUser>;
  /**
   * Publishes the draft of a content as its next version. Submissions made before
   * are still judged by the version they were made to.
   *
   * @throws PolycodeError with the code of a refusal when the content is not the actor's, is retired, there is no
   * draft, it breaks a rule, its slug is taken, or somebody published a version after the one
   * that it was begun on; `store_failed` when the store failed.
   */
  publishDraft(
    content: ContentId,
    options?: CallOptions,
  ): Promise<VersionedContent>;
  /**
   * Shows a module to everybody.
   *
   * @throws PolycodeError with the code of a refusal when it is not the actor's, or is published or retired already;
   * `store_failed` when the store failed.
   */
  publishModule(
    module: ModuleId,
    options?: CallOptions,
  ): Promise<VersionedModule>;
  /**
   * What the actor bought, newest first.
   *
   * @throws PolycodeError with the code of a refusal when the actor did not sign in or the page is not one;
   * `store_failed` when the store failed.
   */
  purchases(
    options?: CallOptions & {
      /** Where the page before ended; none for the first. */
      after?: string | null;
      /** The most items wanted, 1 to 100. */
      limit?: number;
    },
  ): Listing<PurchasePage>;
  /**
   * Takes an answer and stores it, to be judged by `grade`. One that is sent
   * again with its id is there already: nothing is done, however often it may be answered.
   *
   * @throws PolycodeError with the code of a refusal when the actor may not answer for the user, the content or
   * component is not there, the answer does not fit it, the user answered it as often as
   * its author allows, or the id belongs to another answer; `store_failed` when the
   * store failed.
   */
  receive(
    options: CallOptions & {
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
    },
  ): Promise<SubmissionId>;
  /**
   * Records how the actor typed, if they agreed.
   *
   * @throws PolycodeError with the code of a refusal when they did not agree, or there are too many facts;
   * `store_failed` when the store failed.
   */
  recordEdits(
    content: ContentId,
    facts: Array<EditFact>,
    options?: CallOptions,
  ): Promise<void>;
  /**
   * Makes an account. How its user signs in is the host's matter, and so is that the id
   * is theirs.
   *
   * @throws PolycodeError with the code of a refusal when there is one, or was one, or the profile breaks a rule;
   * `store_failed` when the store failed.
   */
  register(
    options: CallOptions & {
      /** What the user says about themselves. */
      profile: UserProfile;
      /** The id that the host gives. */
      user: UserId;
      /** How they want the product to be. */
      settings?: Settings;
    },
  ): Promise<UserAccount>;
  /**
   * Begins to judge again, by the newest version of a content, what was practised of its
   * versions from `from` on. `tick` and `continueRegrade` do the work.
   *
   * @throws PolycodeError with the code of a refusal when the actor may not grade it, there is no version between, or
   * a regrade of the content goes on; `store_failed` when the store failed.
   */
  regrade(
    content: ContentId,
    from: Version,
    options?: CallOptions,
  ): Promise<Regrade>;
  /**
   * Begins to judge again, by a newer version of a question than the test asks, what the
   * candidates of a campaign answered to it, as after its author fixed a validator.
   * `tick` and `continueRegrade` do the work. Attempts that have a grade
   * get it anew, and both are told; marks given by hand are replaced. What is handed in later
   * is still judged by the version that the test asks.
   *
   * @throws PolycodeError with the code of a refusal when the campaign is not the actor's, its test does not ask the
   * question, there is no such version of it or it is not newer, or a regrade of the question
   * in the campaign goes on; `store_failed` when the store failed.
   */
  regradeCampaign(
    campaign: CampaignId,
    question: ContentId,
    to: Version,
    options?: CallOptions,
  ): Promise<Regrade>;
  /**
   * Both grades of everything that a regrade judged again.
   *
   * @throws PolycodeError with the code of a refusal when there is no such regrade, or the actor may not grade its
   * content, or it is of a campaign that is not theirs; `store_failed` when the store
   * failed.
   */
  regraded(
    regrade: RegradeId,
    options?: CallOptions & {
      /** Where the page before ended; none for the first. */
      after?: string | null;
      /** The most items wanted, 1 to 100. */
      limit?: number;
    },
  ): Listing<RegradedSubmissionPage>;
  /**
   * The regrades of what was practised of a content, newest first.
   *
   * @throws PolycodeError with the code of a refusal when the actor may not grade it; `store_failed` when the
   * store failed.
   */
  regrades(
    content: ContentId,
    options?: CallOptions & {
      /** Where the page before ended; none for the first. */
      after?: string | null;
      /** The most items wanted, 1 to 100. */
      limit?: number;
    },
  ): Listing<RegradePage>;
  /**
   * Does not join a team that invited the actor.
   *
   * @throws PolycodeError with the code of a refusal when there is no invitation that can be answered now;
   * `store_failed` when the store failed.
   */
  rejectTeamInvitation(
    team: TeamId,
    options?: CallOptions,
  ): Promise<void>;
  /**
   * Removes candidates, and with each what is known about them. An attempt that
   * is not over is called off. Each removal lands by itself.
   *
   * @throws PolycodeError with the code of a refusal when the actor may not or there are too many;
   * `store_failed` when the store failed.
   */
  removeCandidates(
    campaign: CampaignId,
    candidates: Array<CandidateId>,
    options?: CallOptions,
  ): Promise<Intake>;
  /**
   * Removes the candidates whose addresses stand in a CSV file; its other columns are
   * not looked at. Each removal lands by itself.
   *
   * @throws PolycodeError as `importCandidates`.
   */
  removeCandidatesByCsv(
    campaign: CampaignId,
    csv: string,
    options?: CallOptions,
  ): Promise<Intake>;
  /**
   * Takes a content out of a module.
   *
   * @throws PolycodeError with the code of a refusal when the module is not the actor's or is retired, or the content
   * is not in it; `store_failed` when the store failed.
   */
  removeContent(
    module: ModuleId,
    content: ContentId,
    options?: CallOptions,
  ): Promise<VersionedModule>;
  /**
   * Takes a sub-module out of a module.
   *
   * @throws PolycodeError with the code of a refusal when the module is not the actor's or is retired, or the other is
   * not in it; `store_failed` when the store failed.
   */
  removeModule(
    module: ModuleId,
    child: ModuleId,
    options?: CallOptions,
  ): Promise<VersionedModule>;
  /**
   * Takes the opinion on two answers back.
   *
   * @throws PolycodeError as `dismissPair`, when there is none.
   */
  reopenPair(
    pair: Pair,
    options?: CallOptions,
  ): Promise<Review>;
  /**
   * Everything that judging a submission found, hidden validators included: for those
   * who may grade it, never for its learner.
   *
   * @throws PolycodeError as `submission`.
   */
  report(
    submission: SubmissionId,
    options?: CallOptions,
  ): Promise<Report | null>;
  /**
   * The raw results of a campaign, filtered and in an order, page by page.
   *
   * @throws PolycodeError with the code of a refusal when the campaign is not there for the actor, or the page is not
   * one of this order; `store_failed` when the store failed.
   */
  results(
    campaign: CampaignId,
    order: RowOrder,
    options?: CallOptions & {
      filter?: Filter;
      /** Where the page before ended; none for the first. */
      after?: string | null;
      /** The most items wanted, 1 to 100. */
      limit?: number;
    },
  ): Listing<ResultRowPage>;
  /**
   * Every candidate as the rows of a CSV file, with the header first.
   *
   * @throws PolycodeError as `results`.
   */
  resultsCsv(
    campaign: CampaignId,
    order: RowOrder,
    options?: CallOptions & {
      filter?: Filter;
    },
  ): Promise<string>;
  /**
   * The results of a campaign, or of a part of it, in a few numbers: what charts are
   * drawn from.
   *
   * @throws PolycodeError as `results`.
   */
  resultsSummary(
    campaign: CampaignId,
    options?: CallOptions & {
      filter?: Filter;
    },
  ): Promise<Summary>;
  /**
   * Comes back to an attempt, with its answers and its clock as they were. From now on it
   * goes on here only: the answer names the seat.
   *
   * @throws PolycodeError with the code of a refusal when the actor is not the candidate, or as
   * `Attempt::decide_resume` says; `store_failed` when the store failed.
   */
  resumeAttempt(
    attempt: AttemptId,
    options?: CallOptions,
  ): Promise<AttemptView>;
  /**
   * Deletes a content. Nobody finds or answers it any more; its versions, submissions
   * and grades stay, and so does its slug.
   *
   * @throws PolycodeError with the code of a refusal when the content is not the actor's or is retired already;
   * `store_failed` when the store failed.
   */
  retireContent(
    content: ContentId,
    options?: CallOptions,
  ): Promise<void>;
  /**
   * Takes an item off sale. Who bought it keeps it.
   *
   * @throws PolycodeError with the code of a refusal when it is not the actor's own or was retired before;
   * `store_failed` when the store failed.
   */
  retireItem(
    item: ItemId,
    options?: CallOptions,
  ): Promise<void>;
  /**
   * Deletes a module. Nobody finds it any more; its contents, and the progress that was
   * made in it, stay.
   *
   * @throws PolycodeError with the code of a refusal when it is not the actor's or is retired already;
   * `store_failed` when the store failed.
   */
  retireModule(
    module: ModuleId,
    options?: CallOptions,
  ): Promise<void>;
  /**
   * Marks what programs could not judge of a submission, and grades it: the grade, what
   * it earns and what the learner is told land together.
   *
   * @throws PolycodeError with the code of a refusal when the actor may not mark it, it does not wait for a person,
   * or the marks break a rule of their rubric; `store_failed` when the store failed.
   */
  review(
    options: CallOptions & {
      /** The marks for each validator that waits for them. */
      marks: Array<Marks>;
      /** The submission. */
      submission: SubmissionId;
      /** What the learner is told about the whole. */
      comment?: string;
      /** What the learner is told about single criteria. */
      remarks?: Array<Remark>;
    },
  ): Promise<SubmissionView>;
  /**
   * Marks by their rubrics what programs could not judge of an answer of a test; an
   * attempt that is over gets its grade once nothing else is waited for.
   *
   * @throws PolycodeError as `markAnswer`; the code of a refusal also when the answer does not wait for
   * a person, or the marks break a rule of their rubric.
   */
  reviewAnswer(
    submission: SubmissionId,
    marks: Array<Marks>,
    options?: CallOptions,
  ): Promise<TestGrade | null>;
  /**
   * Takes a certificate back for good, as the module's author does.
   *
   * @throws PolycodeError with the code of a refusal when there is none, the actor may not, or it was taken back
   * before; `store_failed` when the store failed.
   */
  revokeCertificate(
    certificate: CertificateId,
    reason: RevocationReason,
    options?: CallOptions,
  ): Promise<Certificate>;
  /**
   * Tries an answer against one visible validator. Nothing is stored and nothing is earned.
   *
   * @throws PolycodeError with the code of a refusal when the actor may not answer, there is no such visible validator
   * (a hidden one looks the same as none) or the answer does not fit;
   * the code of a sandbox that failed or `store_failed` when the world failed.
   */
  runValidator(
    options: CallOptions & {
      /** The answer. */
      answer: Answer;
      /** The submittable in it. */
      component: ComponentId;
      /** The content. */
      content: ContentId;
      /** The validator. */
      validator: ValidatorId;
    },
  ): Promise<Feedback>;
  /**
   * Saves an answer, which is submitted by itself when the attempt ends. Returns its
   * revision.
   *
   * @throws PolycodeError with the code of a refusal when the actor is not the candidate, the answer does not fit, or
   * as `Attempt::decide_save` says; `store_failed` when the store failed.
   */
  saveAnswer(
    save: SaveAnswer,
    options?: CallOptions,
  ): Promise<number>;
  /**
   * Saves what an author writes, without publishing it: nobody else sees it, and what
   * was published stays as it is. `read` is the version of the draft that was read; none when
   * there was no draft beside the published version.
   *
   * @throws PolycodeError with the code of a refusal when the content is not the actor's, is retired, the draft is too
   * large, or somebody saved one after `read`; `store_failed` when the store failed.
   */
  saveDraft(
    content: ContentId,
    draft: ContentDraft,
    options?: CallOptions & {
      version?: Version | null;
    },
  ): Promise<VersionedSavedDraft>;
  /**
   * Makes the plan firm: candidates can be invited, and the campaign opens and closes by
   * itself.
   *
   * @throws PolycodeError with the code of a refusal when the actor may not, or as `Campaign::decide_schedule` says;
   * `store_failed` when the store failed.
   */
  scheduleCampaign(
    campaign: CampaignId,
    options?: CallOptions,
  ): Promise<CampaignView>;
  /**
   * Chooses who else may edit a content; only its author does.
   *
   * @throws PolycodeError with the code of a refusal when the actor is not its author, it is retired, or there are too
   * many co-authors; `store_failed` when the store failed.
   */
  shareContent(
    content: ContentId,
    coAuthors: Array<UserId>,
    options?: CallOptions,
  ): Promise<Authorship>;
  /**
   * Chooses who else may edit a module; only its author does.
   *
   * @throws PolycodeError with the code of a refusal when the actor is not its author, it is retired, or there are too
   * many co-authors; `store_failed` when the store failed.
   */
  shareModule(
    module: ModuleId,
    coAuthors: Array<UserId>,
    options?: CallOptions,
  ): Promise<VersionedModule>;
  /**
   * The pairs of answers to a content that are alike, the most alike first.
   *
   * @throws PolycodeError as `compareAnswers`.
   */
  similarPairs(
    content: ContentId,
    options?: CallOptions & {
      /** Where the page before ended; none for the first. */
      after?: string | null;
      /** The most items wanted, 1 to 100. */
      limit?: number;
    },
  ): Listing<ReviewPage>;
  /**
   * The pairs of answers in a campaign that are alike, the most alike first.
   *
   * @throws PolycodeError as `compareCampaign`.
   */
  similarPairsOfCampaign(
    campaign: CampaignId,
    options?: CallOptions & {
      /** Where the page before ended; none for the first. */
      after?: string | null;
      /** The most items wanted, 1 to 100. */
      limit?: number;
    },
  ): Listing<ReviewPage>;
  /**
   * Where two answers are alike, measured anew; none when they are not any more.
   *
   * @throws PolycodeError as `dismissPair`.
   */
  similarity(
    pair: Pair,
    options?: CallOptions,
  ): Promise<Similarity | null>;
  /**
   * Starts the test of a campaign: the clock runs from now on. One that was started
   * before and is not over is resumed instead.
   *
   * @throws PolycodeError with the code of a refusal when the actor is not the candidate, or as
   * `Attempt::decide_start` and `Attempt::decide_resume` say; `store_failed` when
   * the store failed.
   */
  startTest(
    candidate: CandidateId,
    options?: CallOptions,
  ): Promise<AttemptView>;
  /**
   * A submission and how far it has come, for its user and for the content's authors.
   *
   * @throws PolycodeError with the code of a refusal when it is not there for the actor; `store_failed` when
   * the store failed.
   */
  submission(
    submission: SubmissionId,
    options?: CallOptions,
  ): Promise<SubmissionView>;
  /**
   * A user's submissions, of one content or of all, newest first.
   *
   * @throws PolycodeError with the code of a refusal when they are not the actor's own or the page is none;
   * `store_failed` when the store failed.
   */
  submissions(
    user: UserId,
    options?: CallOptions & {
      content?: ContentId | null;
      /** Where the page before ended; none for the first. */
      after?: string | null;
      /** The most items wanted, 1 to 100. */
      limit?: number;
    },
  ): Listing<SubmissionPage>;
  /**
   * The submissions to a content that wait for a person, those that wait longest first.
   *
   * @throws PolycodeError with the code of a refusal when the actor may not mark them, or the content is not there;
   * `store_failed` when the store failed.
   */
  submissionsToReview(
    content: ContentId,
    options?: CallOptions & {
      /** Where the page before ended; none for the first. */
      after?: string | null;
      /** The most items wanted, 1 to 100. */
      limit?: number;
    },
  ): Listing<ReviewTaskPage>;
  /**
   * Takes an answer, judges it, and books what it earns.
   *
   * The answer is stored before it is judged: if judging fails for a reason of ours, or the
   * process dies, the submission is kept and `grade` does the rest. One that is sent
   * again with its id earns nothing again.
   *
   * @throws PolycodeError as `receive`; the code of a sandbox that failed when it can't be judged now.
   */
  submit(
    options: CallOptions & {
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
    },
  ): Promise<Outcome>;
  /**
   * Hands the whole attempt in, with the answers that were only saved. It is graded by
   * the next `tick`.
   *
   * @throws PolycodeError with the code of a refusal when the actor is not the candidate, or as
   * `Attempt::decide_submit` says; `store_failed` when the store failed.
   */
  submitAttempt(
    attempt: AttemptId,
    seat: SeatId,
    options?: CallOptions,
  ): Promise<AttemptView>;
  /**
   * A team as those in it see it; also one that was dissolved, for those who run the platform
   * and for the parts of it that write mails.
   *
   * @throws PolycodeError with the code of a refusal when the actor is not in it; `directory_failed` when the
   * host's directory failed; `store_failed` when the store failed.
   */
  team(
    team: TeamId,
    options?: CallOptions,
  ): Promise<TeamView>;
  /**
   * The invitations that the actor can answer now, the one that lapses first before
   * others.
   *
   * @throws PolycodeError with the code of a refusal when the actor did not sign in or the page is not one;
   * `store_failed` when the store failed.
   */
  teamInvitations(
    options?: CallOptions & {
      /** Where the page before ended; none for the first. */
      after?: string | null;
      /** The most items wanted, 1 to 100. */
      limit?: number;
    },
  ): Listing<TeamInvitationPage>;
  /**
   * All teams, those with the most polypoints first; equal ones share a place. A team has
   * no points of its own: its place is that of what its members' wallets hold together.
   *
   * @throws PolycodeError with the code of a refusal when the page is not one; `store_failed` when the store
   * failed.
   */
  teamRanking(
    options?: CallOptions & {
      /** Where the page before ended; none for the first. */
      after?: string | null;
      /** The most items wanted, 1 to 100. */
      limit?: number;
    },
  ): Listing<PublicTeamPage>;
  /**
   * A test with everything its author wrote, at its newest version. Not for candidates.
   *
   * @throws PolycodeError with the code of a refusal when it is not there for the actor; `store_failed` when
   * the store failed.
   */
  test(
    test: TestId,
    options?: CallOptions,
  ): Promise<VersionedTest>;
  /**
   * The answers of an attempt with everything that judging found, for whoever marks
   * them. Not for candidates.
   *
   * @throws PolycodeError with the code of a refusal when the attempt is not there for the actor;
   * `store_failed` when the store failed.
   */
  testAnswers(
    attempt: AttemptId,
    options?: CallOptions,
  ): Promise<Array<TestAnswer>>;
  /**
   * A test as it was at a version. Not for candidates.
   *
   * @throws PolycodeError as `test`.
   */
  testAt(
    test: TestId,
    version: Version,
    options?: CallOptions,
  ): Promise<Test>;
  /**
   * What the actor may read before they start; that they did is noted once the campaign
   * is open.
   *
   * @throws PolycodeError with the code of a refusal when the actor is not the candidate, or they are out of the
   * campaign; `store_failed` when the store failed.
   */
  testIntroduction(
    candidate: CandidateId,
    options?: CallOptions,
  ): Promise<TestIntroduction>;
  /**
   * The tests of the actor, the newest first.
   *
   * @throws PolycodeError with the code of a refusal when the actor may not or the page is none; `store_failed`
   * when the store failed.
   */
  tests(
    options?: CallOptions & {
      /** Where the page before ended; none for the first. */
      after?: string | null;
      /** The most items wanted, 1 to 100. */
      limit?: number;
    },
  ): Listing<VersionedTestPage>;
  /**
   * Does what is due by now: campaigns open and close, invitations lapse, candidates are sent
   * the test, attempts end at their deadlines and are graded,
   * invitations to teams lapse, regrades go on.
   *
   * To be called every few seconds, by one process or by several. At most 100 things of each
   * kind are done in a call, and 100 submissions of each regrade; `Ticked::more` says when to
   * call again at once. Calling it twice does nothing twice, and a call that comes late changes
   * no deadline: each thing happens as of when it was due.
   *
   * @throws PolycodeError with `store_failed` when the store failed. What was done before stays done.
   */
  tick(
    options?: CallOptions,
  ): Promise<Ticked>;
  /**
   * How a user typed the answers to a content, in a few numbers; for the user and for
   * who may see the answers.
   *
   * @throws PolycodeError with the code of a refusal when nothing was recorded or the actor may not see it;
   * `store_failed` when the store failed.
   */
  timelineSummary(
    user: UserId,
    content: ContentId,
    options?: CallOptions,
  ): Promise<TimelineSummary>;
  /**
   * Tries an answer to an open question against one visible validator, as long as there
   * is time. Nothing is stored and nothing is earned.
   *
   * @throws PolycodeError with the code of a refusal when the actor is not the candidate, there is no such visible
   * validator, the answer does not fit, or as `Attempt::check_may_try` says;
   * the code of a sandbox that failed or `store_failed` when the world failed.
   */
  tryQuestion(
    validator: ValidatorId,
    options: CallOptions & {
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
    },
  ): Promise<Feedback>;
  /**
   * Publishes a new version of a content at once. Submissions made before are still
   * judged by the version they were made to.
   *
   * @throws PolycodeError with the code of a refusal when it is not the actor's, breaks a rule, its new slug is taken,
   * or somebody published a version after `read`; `store_failed` when the store failed.
   */
  updateContent(
    content: ContentId,
    version: Version,
    draft: ContentDraft,
    options?: CallOptions,
  ): Promise<VersionedContent>;
  /**
   * Writes an item anew. Who bought it sees it as it is now.
   *
   * @throws PolycodeError with the code of a refusal when it is not the actor's own, was retired, or the draft breaks
   * a rule; `store_failed` when the store failed.
   */
  updateItem(
    item: ItemId,
    draft: ItemDraft,
    options?: CallOptions,
  ): Promise<VersionedItem>;
  /**
   * Writes what a user says about themselves anew.
   *
   * @throws PolycodeError with the code of a refusal when it is not the actor's own account, there is none, or the
   * profile breaks a rule; `store_failed` when the store failed.
   */
  updateProfile(
    user: UserId,
    profile: UserProfile,
    options?: CallOptions,
  ): Promise<UserAccount>;
  /**
   * Writes how a user wants the product to be anew.
   *
   * @throws PolycodeError with the code of a refusal when it is not the actor's own account, or there is none;
   * `store_failed` when the store failed.
   */
  updateSettings(
    user: UserId,
    settings: Settings,
    options?: CallOptions,
  ): Promise<UserAccount>;
  /**
   * Writes what a team says about itself anew.
   *
   * @throws PolycodeError with the code of a refusal when the actor is not its captain or the profile breaks a rule;
   * `store_failed` when the store failed.
   */
  updateTeam(
    team: TeamId,
    profile: TeamProfile,
    options?: CallOptions,
  ): Promise<TeamCard>;
  /**
   * The users with polypoints, those with the most first; equal ones share a place.
   *
   * Who does not want to be seen is left out and keeps the place, so a page may hold less than
   * was asked for though there is a next one.
   *
   * @throws PolycodeError with the code of a refusal when the page is not one; `directory_failed` when the
   * host's directory failed; `store_failed` when the store failed.
   */
  userRanking(
    options?: CallOptions & {
      /** Where the page before ended; none for the first. */
      after?: string | null;
      /** The most items wanted, 1 to 100. */
      limit?: number;
    },
  ): Listing<PublicUserPage>;
  /**
   * Tells anybody who has its code whether a certificate is good. Codes are read as
   * people type them; one that is wrong looks like one that was never given.
   *
   * @throws PolycodeError with the code of a refusal when there is no certificate of this code;
   * `store_failed` when the store failed.
   */
  verifyCertificate(
    code: string,
    options?: CallOptions,
  ): Promise<Verification>;
  /**
   * What a user owns.
   *
   * @throws PolycodeError as `progress`.
   */
  wallet(
    user: UserId,
    options?: CallOptions,
  ): Promise<Wallet>;
  /**
   * Declines after having accepted, as long as the test was not started.
   *
   * @throws PolycodeError with the code of a refusal when the actor is not the candidate, has started or is out
   * already; `store_failed` when the store failed.
   */
  withdraw(
    candidate: CandidateId,
    options?: CallOptions,
  ): Promise<void>;
  /**
   * Takes an invitation back.
   *
   * @throws PolycodeError with the code of a refusal when the actor is not the captain or the user is not invited;
   * `store_failed` when the store failed.
   */
  withdrawTeamInvitation(
    team: TeamId,
    user: UserId,
    options?: CallOptions,
  ): Promise<void>;
  /**
   * The actor does not agree any more; what was recorded is erased.
   *
   * @throws PolycodeError with the code of a refusal when they did not agree; `store_failed` when the store
   * failed.
   */
  withdrawTimeline(
    content: ContentId,
    options?: CallOptions,
  ): Promise<void>;
  /**
   * The actor's own files in a code editor, or those they start from.
   *
   * @throws PolycodeError with the code of a refusal when they are not the actor's, or there is no such editor or
   * language; `store_failed` when the store failed.
   */
  workspace(
    place: WorkspacePlace,
    options?: CallOptions,
  ): Promise<Workspace>;
}
