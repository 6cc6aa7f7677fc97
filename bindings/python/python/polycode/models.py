"""Everything that crosses the border between Python and PolyCode, as typed values.

Generated from the JSON Schemas of the core by `cargo xtask codegen`: do not edit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar, Literal, TypeAlias

import msgspec

__all__ = [
    "Account",
    "Achievement",
    "AchievementClass",
    "AchievementCredential",
    "AchievementResult",
    "AchievementSubject",
    "ActiveTeamState",
    "Actor",
    "AddEdit",
    "AddedCandidateEvent",
    "AddedIntakeLine",
    "Address",
    "AddressChangedUserEvent",
    "Addresses",
    "AdvancedModuleProgressEvent",
    "AdvancedProgressEvent",
    "AgreedTimelineEvent",
    "AllDraw",
    "Answer",
    "AnswerReceived",
    "AnswerTo",
    "AnsweredAttemptEvent",
    "Attempt",
    "AttemptEvent",
    "AttemptId",
    "AttemptLogged",
    "AttemptProgress",
    "AttemptStatus",
    "AttemptView",
    "AttemptsLeft",
    "AuthoredContent",
    "Authorship",
    "AuthorshipPage",
    "AwaitingReviewJudgingState",
    "AwaitingReviewSubmissionStatus",
    "AwardEntryReason",
    "Bin",
    "Bought",
    "BuyItem",
    "ByteCount",
    "CallValidatorInput",
    "CampaignEvent",
    "CampaignId",
    "CampaignLogged",
    "CampaignPage",
    "CampaignPlan",
    "CampaignStatus",
    "CampaignText",
    "CampaignView",
    "CancelledAttemptEvent",
    "CancelledAttemptProgress",
    "CancelledAttemptStatus",
    "CancelledCampaignEvent",
    "CancelledCampaignStatus",
    "CancelledCandidateEvent",
    "CandidateEvent",
    "CandidateId",
    "CandidateLogged",
    "CandidatePage",
    "CandidateProfile",
    "CandidateReport",
    "CandidateView",
    "CaptaincyHandedOverTeamEvent",
    "Case",
    "Certificate",
    "CertificateEvent",
    "CertificateId",
    "CertificateLogged",
    "CertificateNumber",
    "CertificatePage",
    "CertificateStatus",
    "CheckerValidator",
    "ChoiceAnswer",
    "ChoiceExpected",
    "ChoiceOption",
    "ChoiceQuestionAnswer",
    "ChoiceQuizQuestion",
    "ChoiceValidator",
    "Choose",
    "ClosedCampaignEvent",
    "ClosedCampaignStatus",
    "CodeAnswer",
    "CodeEditorComponent",
    "CodeEditorComponentView",
    "Column",
    "Compared",
    "Comparison",
    "CompletedModuleProgressEvent",
    "CompletedProgressEvent",
    "Component",
    "ComponentId",
    "ComponentView",
    "ConfirmedCandidateEvent",
    "ConfirmedReviewEvent",
    "ConfirmedReviewStatus",
    "ConsumerId",
    "ContainerComponent",
    "ContainerComponentView",
    "Content",
    "ContentDraft",
    "ContentEvent",
    "ContentId",
    "ContentKind",
    "ContentLogged",
    "ContentPlacedModuleEvent",
    "ContentProgress",
    "ContentProgressPage",
    "ContentQuery",
    "ContentRemovedModuleEvent",
    "ContentSummary",
    "ContentSummaryPage",
    "ContentView",
    "Convention",
    "Course",
    "CourseContent",
    "CourseModule",
    "Cover",
    "CreatedCampaignEvent",
    "CreatedContentEvent",
    "CreatedModuleEvent",
    "CreatedTeamEvent",
    "CredentialStatus",
    "Credit",
    "CreditedWalletEvent",
    "Criteria",
    "Criterion",
    "CriterionId",
    "Cursor",
    "DebitedWalletEvent",
    "DeclinedCandidateEvent",
    "DeletedCampaignEvent",
    "DeletedCampaignStatus",
    "DeletedTestEvent",
    "DeletedUserEvent",
    "DetailPart",
    "DetailedReport",
    "Direction",
    "DismissedReviewEvent",
    "DismissedReviewStatus",
    "DissolvedTeamEvent",
    "DissolvedTeamState",
    "Distribution",
    "DraftCampaignStatus",
    "DraftShelf",
    "Draw",
    "Edit",
    "EditFact",
    "EditedCampaignEvent",
    "EditedCandidateEvent",
    "EditedModuleEvent",
    "Effect",
    "Ending",
    "Entry",
    "EntryId",
    "EntryPage",
    "EntryReason",
    "EventId",
    "Evidence",
    "Excerpt",
    "ExitedEnding",
    "Expectation",
    "Expected",
    "ExtendedAttemptEvent",
    "ExtraTime",
    "ExtraTimeGrantedCandidateEvent",
    "Feedback",
    "FileName",
    "FilesExhaustedEnding",
    "Filter",
    "FinishedAttemptEvent",
    "FinishedAttemptProgress",
    "FinishedAttemptStatus",
    "FinishedBy",
    "FinishedRegradeEvent",
    "FinishedRegradeStatus",
    "FocusGainedEditFact",
    "FocusLostEditFact",
    "FoundUngradableSubmissionEvent",
    "FreeAnswerComponent",
    "FreeAnswerComponentView",
    "Fuel",
    "FunctionValidator",
    "GeneralReport",
    "Goods",
    "Grace",
    "Grade",
    "GradedAttemptEvent",
    "GradedAttemptStatus",
    "GradedJudgingState",
    "GradedSubmissionEvent",
    "GradedSubmissionStatus",
    "GraderId",
    "GraderOpinion",
    "GraderTask",
    "Group",
    "GroupId",
    "GroupScoring",
    "HiddenCount",
    "HiddenTold",
    "HintGoods",
    "HintItem",
    "HintItemDraft",
    "HostGuardEnding",
    "HostValidator",
    "IdleEnding",
    "Imported",
    "ImportedContent",
    "ImportedModule",
    "InProgressAttemptProgress",
    "InProgressAttemptStatus",
    "Intake",
    "IntakeLine",
    "InteractiveValidator",
    "Invitation",
    "InvitationLapsedCandidateEvent",
    "InvitationLapsedTeamEvent",
    "InvitationWithdrawnTeamEvent",
    "Invited",
    "InvitedCandidateEvent",
    "InvitedTeamEvent",
    "IssuedCertificateEvent",
    "IssuedCertificateStatus",
    "Issuer",
    "Item",
    "ItemDraft",
    "ItemEvent",
    "ItemId",
    "ItemLogged",
    "ItemPage",
    "ItemState",
    "ItemView",
    "JoinedTeamEvent",
    "JudgedAnswer",
    "Judgement",
    "JudgingRules",
    "JudgingState",
    "KickedTeamEvent",
    "LanguageId",
    "LeftTeamEvent",
    "LetterCase",
    "Level",
    "Limits",
    "LineRange",
    "Locale",
    "Logged",
    "ManualValidator",
    "Mark",
    "MarkdownComponent",
    "MarkdownComponentView",
    "MarkedAttemptEvent",
    "Marks",
    "McqComponent",
    "McqComponentView",
    "MeasuredReviewEvent",
    "Member",
    "MemoryExhaustedEnding",
    "MintAccount",
    "Module",
    "ModuleAwardEntryReason",
    "ModuleDraft",
    "ModuleEvent",
    "ModuleId",
    "ModuleKind",
    "ModuleLogged",
    "ModulePlacedModuleEvent",
    "ModuleProgress",
    "ModuleProgressEvent",
    "ModuleProgressLogged",
    "ModuleQuery",
    "ModuleRemovedModuleEvent",
    "ModuleStanding",
    "ModuleSummary",
    "ModuleSummaryPage",
    "ModuleView",
    "NewCandidate",
    "Notices",
    "NumberAnswer",
    "NumberComponent",
    "NumberComponentView",
    "NumberExpected",
    "NumberQuestionAnswer",
    "NumberQuizQuestion",
    "NumberValidator",
    "NumbersComparison",
    "OfferedItemEvent",
    "OnSaleItemState",
    "OpenCampaignStatus",
    "OpenTest",
    "OpenTestPage",
    "OpenedCampaignEvent",
    "OpenedQuestion",
    "OptionId",
    "Order",
    "Orientation",
    "Outcome",
    "OutputExhaustedEnding",
    "OutputValidator",
    "OutputValidatorExpectation",
    "PageRequest",
    "Pair",
    "Part",
    "PartView",
    "Pass",
    "PassedRegradeEvent",
    "PastedEditFact",
    "PausedAttemptEvent",
    "PausedAttemptProgress",
    "PausedAttemptStatus",
    "PendingJudgingState",
    "PendingSubmissionStatus",
    "Points",
    "Pool",
    "PracticeStatistics",
    "Problem",
    "Profile",
    "ProfileUpdatedUserEvent",
    "ProfileVisibility",
    "Program",
    "Progress",
    "ProgressEvent",
    "ProgressLogged",
    "PublicTeam",
    "PublicTeamPage",
    "PublicUser",
    "PublicUserPage",
    "PublishedContentEvent",
    "PublishedModuleEvent",
    "PublishedShelf",
    "PublishedTestEvent",
    "Purchase",
    "PurchaseEntryReason",
    "PurchaseEvent",
    "PurchaseLogged",
    "PurchasePage",
    "PurchasedPurchaseEvent",
    "Question",
    "QuestionAnswer",
    "QuestionColumn",
    "QuestionId",
    "QuestionOpenedAttemptEvent",
    "QuestionPlace",
    "QuestionReport",
    "QuestionResult",
    "QuestionStatistics",
    "QuestionTimeColumn",
    "QuestionValidator",
    "QuestionView",
    "QuizAnswer",
    "QuizComponent",
    "QuizComponentView",
    "QuizQuestion",
    "RandomDraw",
    "ReadProgressEvent",
    "ReceivedSubmissionEvent",
    "RecordedTimelineEvent",
    "RegisteredUserEvent",
    "Registration",
    "Regrade",
    "RegradeCounts",
    "RegradeEvent",
    "RegradeId",
    "RegradeLogged",
    "RegradeOutcome",
    "RegradePage",
    "RegradeStatus",
    "RegradedSubmission",
    "RegradedSubmissionEvent",
    "RegradedSubmissionPage",
    "RejectedTeamEvent",
    "Reliability",
    "Remark",
    "RemoveEdit",
    "RemovedCandidateEvent",
    "RemovedIntakeLine",
    "RenameEdit",
    "ReopenedReviewEvent",
    "Report",
    "ResetEdit",
    "ResultRow",
    "ResultRowPage",
    "ResumedAttemptEvent",
    "RetiredContentEvent",
    "RetiredItemEvent",
    "RetiredItemState",
    "RetiredModuleEvent",
    "RetiredShelf",
    "Reveal",
    "Review",
    "ReviewEvent",
    "ReviewLogged",
    "ReviewPage",
    "ReviewStatus",
    "ReviewSubmission",
    "ReviewTask",
    "ReviewTaskPage",
    "ReviewedSubmissionEvent",
    "RevocationReason",
    "RevokedCertificateEvent",
    "RevokedCertificateStatus",
    "RewardedModuleProgressEvent",
    "RewardedProgressEvent",
    "Role",
    "Roster",
    "RowOrder",
    "RunFeedback",
    "RunProgram",
    "RunResult",
    "RunValidator",
    "RunValidatorInput",
    "RunningRegradeStatus",
    "Sample",
    "SaveAnswer",
    "SavedAttemptEvent",
    "SavedDraft",
    "ScheduledCampaignEvent",
    "ScheduledCampaignStatus",
    "Score",
    "ScoreBounds",
    "SeatId",
    "Seconds",
    "SecondsBounds",
    "Seed",
    "SentInvitation",
    "SentToReviewSubmissionEvent",
    "Settings",
    "SettingsUpdatedUserEvent",
    "SharedContentEvent",
    "SharedModuleEvent",
    "Shelf",
    "ShopAccount",
    "ShortTextComponent",
    "ShortTextComponentView",
    "Similarity",
    "SimilaritySearch",
    "SkippedIntakeLine",
    "Slug",
    "Span",
    "StartedAttemptEvent",
    "StartedRegradeEvent",
    "Starter",
    "StatusName",
    "Submission",
    "SubmissionEvent",
    "SubmissionId",
    "SubmissionLogged",
    "SubmissionPage",
    "SubmissionStatus",
    "SubmissionView",
    "Submit",
    "Submitted",
    "Summary",
    "Tag",
    "Team",
    "TeamCard",
    "TeamEvent",
    "TeamId",
    "TeamInvitation",
    "TeamInvitationPage",
    "TeamLogged",
    "TeamProfile",
    "TeamState",
    "TeamView",
    "Test",
    "TestAnswer",
    "TestDraft",
    "TestEvent",
    "TestFinishedCandidateEvent",
    "TestGrade",
    "TestId",
    "TestIntroduction",
    "TestLogged",
    "TestOpenedCandidateEvent",
    "TestOutcome",
    "TestQuestion",
    "TestResult",
    "TestSentCandidateEvent",
    "TestStartedCandidateEvent",
    "TestsValidator",
    "TextAnswer",
    "TextExpected",
    "TextQuestionAnswer",
    "TextQuizQuestion",
    "TextValidator",
    "Ticked",
    "TimeBounds",
    "TimeExhaustedEnding",
    "TimelineEvent",
    "TimelineLogged",
    "TimelineSummary",
    "TokenHash",
    "TrappedEnding",
    "TypedEditFact",
    "UngradableJudgingState",
    "UngradableSubmissionStatus",
    "UnreviewedReviewStatus",
    "UpdatedItemEvent",
    "UpdatedTeamEvent",
    "UserAccount",
    "UserEvent",
    "UserId",
    "UserLogged",
    "UserProfile",
    "Validator",
    "ValidatorDetailGoods",
    "ValidatorDetailItem",
    "ValidatorDetailItemDraft",
    "ValidatorExpectation",
    "ValidatorFeedback",
    "ValidatorGroup",
    "ValidatorId",
    "ValidatorInput",
    "Validity",
    "ValueValidatorExpectation",
    "Verdict",
    "Verification",
    "VerificationCode",
    "Version",
    "VersionedContent",
    "VersionedItem",
    "VersionedModule",
    "VersionedModulePage",
    "VersionedSavedDraft",
    "VersionedTest",
    "VersionedTestPage",
    "Wallet",
    "WalletAccount",
    "WalletEvent",
    "WalletLogged",
    "Weight",
    "Winnowing",
    "WithdrawnTimelineEvent",
    "Workspace",
    "WorkspacePlace",
    "WriteEdit",
    "WrongIntakeLine",
]

Address: TypeAlias = str
"""An e-mail address, as the HTML standard defines one for `<input type=email>`: what a browser's
form takes, a CSV file and the API take as well, and no other mail syntax can slip in. Only a
local part with a dot at an end, or with two in a row, is none here: no mail can be sent to it
(RFC 5321).

Kept in lower case: no mail host in use tells case apart, and two spellings of one address
must not make two candidates.
"""

AttemptId: TypeAlias = str
"""One candidate's sitting of a test."""

ByteCount: TypeAlias = int
"""A size in bytes."""

CampaignId: TypeAlias = str
"""An assessment carried out on a set of candidates."""

CandidateId: TypeAlias = str
"""Somebody invited to a campaign."""

CertificateId: TypeAlias = str
"""A certificate for passing a module."""

CertificateNumber: TypeAlias = str
"""The number of a certificate: the year it was issued in, and how many were issued before it
in that year and one more, such as `2026-000042`.
"""

ComponentId: TypeAlias = str
"""A component of a content, named by its author, unique in the content."""

ConsumerId: TypeAlias = str
"""A part of the host that deals with events, such as `grades`."""

ContentId: TypeAlias = str
"""A content of the catalogue, over all its versions."""

CriterionId: TypeAlias = str
"""A criterion of a rubric, named by its author, unique in its validator."""

Cursor: TypeAlias = int
"""A place in the event log; 0 is before the first event."""

EntryId: TypeAlias = str
"""A line of the polypoints ledger."""

EventId: TypeAlias = str
"""A fact in the event log; consumers use it to tell a redelivery."""

FileName: TypeAlias = str
"""The relative path of a file in a program's own folder.

Safe to use on any system: letters, digits, `.`, `_`, `-` and spaces inside, folders parted
by `/`, at most 200 bytes; no segment starts with `.`, `-` or a space, ends with `.` or a
space, or is the name of a device on Windows.
"""

Fuel: TypeAlias = int
"""Deterministic work, about one WebAssembly instruction each."""

GraderId: TypeAlias = str
"""A grader of the host's, as contents name it."""

GroupId: TypeAlias = str
"""A group of validators, named by its author, unique in its component."""

ItemId: TypeAlias = str
"""Something that can be bought with polypoints."""

LanguageId: TypeAlias = str
"""A language that programs are written in, such as `python`."""

Locale: TypeAlias = str
"""A language and region as a BCP 47 tag, such as `fr` or `pt-BR`."""

ModuleId: TypeAlias = str
"""A node of the learning tree, over all its versions."""

OptionId: TypeAlias = str
"""An option of a choice, named by its author, unique in its component."""

Points: TypeAlias = int
"""Polypoints: whole, never negative."""

QuestionId: TypeAlias = str
"""A question of a quiz, named by its author, unique in its component."""

RegradeId: TypeAlias = str
"""The judging anew of what was answered to a content."""

Score: TypeAlias = int
"""A share of the full mark in millionths: 0 is nothing, 1,000,000 is everything.

Fixed-point, so that grades add up alike on every machine; it is rounded for people only
where it is shown.
"""

SeatId: TypeAlias = str
"""One place (a page, a device) at which an attempt is sat; only the newest may answer."""

Seconds: TypeAlias = int
"""A length of time in whole seconds."""

Seed: TypeAlias = str
"""What a draw is made from: 64 random bits that the engine is given. Written as 16 hexadecimal
digits, since not every reader of JSON has whole numbers of 64 bits.
"""

Slug: TypeAlias = str
"""The name of a content in addresses and course folders, unique in a store."""

SubmissionId: TypeAlias = str
"""One user's answer to one submittable."""

Tag: TypeAlias = str
"""A keyword on a content."""

TeamId: TypeAlias = str
"""A group of users who add their polypoints up."""

TestId: TypeAlias = str
"""A test, over all its versions."""

TokenHash: TypeAlias = str
"""The SHA-256 of an invitation's token, written as 64 hexadecimal digits."""

UserId: TypeAlias = str
"""Someone known to the host: an opaque text of the host's own, never looked into."""

ValidatorId: TypeAlias = str
"""A validator, named by its author, unique in its component."""

VerificationCode: TypeAlias = str
"""The code by which anybody who has it can verify a certificate: 128 random bits as 26 letters
and digits of Crockford's base 32. It can't be guessed, and says nothing about its holder.
"""

Version: TypeAlias = int
"""How often a document was written; 1 is its first version."""

Weight: TypeAlias = int
"""How much a validator or a component counts beside its siblings, 0 to 10,000."""



class Choose(StrEnum):
    """How many options may be chosen."""

    ONE = "one"
    """Exactly one."""

    MANY = "many"
    """Any number, or none."""


class ContentKind(StrEnum):
    """What a content is for."""

    EXERCISE = "exercise"
    """Something to solve."""

    LESSON = "lesson"
    """Something to read."""

    QUESTION = "question"
    """Something to answer."""


class Convention(StrEnum):
    """How a judging program is told of things, and what its exit codes mean."""

    KATTIS = "kattis"
    """Output validators of Kattis problem packages: the arguments `input.txt answer.txt feedback/`,
    what the program wrote on standard input. Exit code 42 accepts and 43 does not. It may write
    `feedback/judgemessage.txt` for the author, `feedback/teammessage.txt` for the learner, and
    with 42 a share of the mark from 0 to 1 into `feedback/score.txt`.
    """

    TESTLIB = "testlib"
    """Checkers made with testlib: the arguments `input.txt output.txt answer.txt`. Exit code 0
    accepts; 1, 2, 4 and 8 do not; 7 gives the share of the mark from 0 to 1 that follows
    `points` on standard error. What it writes there is for the author.
    """


class Credit(StrEnum):
    """What a partly right choice earns."""

    ALL_OR_NOTHING = "all_or_nothing"
    """Nothing: only exactly the right options earn the mark."""

    PARTIAL = "partial"
    """One share per right option chosen, less one per wrong option chosen, never below zero."""


class DetailPart(StrEnum):
    """A part of a validator that can be sold."""

    INPUT = "input"
    """What it gives to the program."""

    EXPECTED = "expected"
    """What it expects of the program."""


class Direction(StrEnum):
    """Which way a column is sorted."""

    ASCENDING = "ascending"
    """The least first."""

    DESCENDING = "descending"
    """The greatest first."""


class Effect(StrEnum):
    """What a validator does to the score, which stays within nothing and everything."""

    COUNTS = "counts"
    """It is a part of the full mark."""

    BONUS = "bonus"
    """What it earns comes on top of the full mark, and can make up for what is missing. An
    answer may pass without it.
    """

    PENALTY = "penalty"
    """What it does not earn is taken off; being passed earns nothing."""


class FinishedBy(StrEnum):
    """What ended an attempt."""

    CANDIDATE = "candidate"
    """The candidate submitted it."""

    DEADLINE = "deadline"
    """The time was up."""


class GroupScoring(StrEnum):
    """How the validators of a group count."""

    EACH = "each"
    """Each for itself."""

    ALL = "all"
    """All or none: the first that is not passed stops the group, and then none of them earns
    anything, those before it neither, so that their order does not matter.
    """


class HiddenTold(StrEnum):
    """What learners are told of hidden validators."""

    ALL_PASSED = "all_passed"
    """Whether all of them passed."""

    COUNT = "count"
    """How many there are and how many passed as well."""


class LetterCase(StrEnum):
    """Whether upper and lower case differ."""

    IGNORED = "ignored"
    """`Paris` and `paris` are alike."""

    COUNTS = "counts"
    """They differ."""


class ModuleKind(StrEnum):
    """What a module is for. `ModuleGoal` says when each kind is
    passed, and what it pays then.
    """

    PRACTICE = "practice"
    """Something to learn with, at leisure."""

    CHALLENGE = "challenge"
    """Something to master: every content in it has to be passed."""

    CERTIFICATION = "certification"
    """Something that gives a certificate: every content in it has to be passed."""

    TEST = "test"
    """Something that evaluates; it pays nothing."""

    SUBMODULE = "submodule"
    """A part of other modules; lists don't show it unless they are asked for its kind."""


class Notices(StrEnum):
    """Which mails a user wants. Mails about the account itself are always sent."""

    ALL = "all"
    """All of them."""

    NEEDED = "needed"
    """Only those that have to be sent."""


class Order(StrEnum):
    """In which order the questions of a test are asked."""

    AUTHORED = "authored"
    """As the author wrote them."""

    SHUFFLED = "shuffled"
    """Mixed over all pools, for each candidate anew."""


class Orientation(StrEnum):
    """In which direction components follow each other."""

    VERTICAL = "vertical"
    """From top to bottom."""

    HORIZONTAL = "horizontal"
    """Side by side."""


class ProfileVisibility(StrEnum):
    """Who may see a user's public profile and place in the ranking."""

    EVERYBODY = "everybody"
    """Everybody."""

    TEAM = "team"
    """The members of the user's own team."""

    NOBODY = "nobody"
    """The user alone."""


class RegradeOutcome(StrEnum):
    """What came of a submission in a regrade."""

    RAISED = "raised"
    """Its score is higher now."""

    LOWERED = "lowered"
    """Its score is lower now."""

    SAME = "same"
    """Its score is what it was."""

    LEFT_OUT = "left_out"
    """It has no grade yet, or the new version can't judge it."""

    FAILED = "failed"
    """We failed to judge it: it keeps its grade."""


class Reveal(StrEnum):
    """What candidates are told of their answers while they sit the test."""

    NOTHING = "nothing"
    """Nothing but that they arrived."""

    FEEDBACK = "feedback"
    """What a learner is told in practice: everything of visible validators, nothing of hidden
    ones but whether they all passed.
    """


class RevocationReason(StrEnum):
    """Why a certificate was taken back."""

    ISSUED_IN_ERROR = "issued_in_error"
    """It should not have been issued."""

    REGRADED = "regraded"
    """The grade was changed below what was needed."""

    MISCONDUCT = "misconduct"
    """The work was found not to be the holder's own."""

    HOLDER_ASKED = "holder_asked"
    """The holder asked for it, or deleted the account."""


class Role(StrEnum):
    """What somebody is to the product, or to one thing in it."""

    GUEST = "guest"
    """Anybody, signed in or not."""

    USER = "user"
    """Somebody with an account."""

    CONTENT_CREATOR = "content_creator"
    """Who writes contents and modules."""

    ASSESSMENT_CREATOR = "assessment_creator"
    """Who makes tests and campaigns."""

    CAPTAIN = "captain"
    """The captain of the team in question."""

    CANDIDATE = "candidate"
    """A candidate of the campaign in question."""

    ADMIN = "admin"
    """Who runs the platform."""

    SERVICE = "service"
    """Another part of the system, such as a worker that judges."""


class StatusName(StrEnum):
    """The name of a candidate's status, in the words of the first PolyCode; in this order when sorted."""

    CONFIRMATION_PENDING = "CONFIRMATION_PENDING"
    """They have not answered yet."""

    CONFIRMED = "CONFIRMED"
    """They accepted."""

    DECLINED = "DECLINED"
    """They said no."""

    CANCELLED = "CANCELLED"
    """The invitation was taken back, or they were removed."""

    TEST_SENT = "TEST_SENT"
    """They can start."""

    TEST_OPENED = "TEST_OPENED"
    """They have read what the test is about."""

    TEST_IN_PROGRESS = "TEST_IN_PROGRESS"
    """They are sitting it."""

    TEST_FINISHED = "TEST_FINISHED"
    """Their attempt is over."""


class TestOutcome(StrEnum):
    """Whether a grade is enough."""

    FAILED = "failed"
    """It is not."""

    PASSED = "passed"
    """It is."""


class Validity(StrEnum):
    """What somebody who verifies a certificate is told."""

    GOOD = "good"
    """It is good."""

    EXPIRED = "expired"
    """It was good until it expired."""

    REVOKED = "revoked"
    """It was taken back."""


class Verdict(StrEnum):
    """The opinion on one validator, or on a whole submission."""

    PASSED = "passed"
    """The answer is what was expected."""

    WRONG_ANSWER = "wrong_answer"
    """The program ended well, but with another answer."""

    COMPILE_ERROR = "compile_error"
    """The program is not valid in its language; it never ran."""

    RUNTIME_ERROR = "runtime_error"
    """The program crashed, or ended with an exit code other than 0."""

    TIME_LIMIT = "time_limit"
    """The program used up its time."""

    MEMORY_LIMIT = "memory_limit"
    """The program asked for more memory than it may have."""

    OUTPUT_LIMIT = "output_limit"
    """The program wrote more output or files than it may."""

    SKIPPED = "skipped"
    """It was not asked: its group depends on one that was not passed."""

    AWAITING_REVIEW = "awaiting_review"
    """A person has to look at it."""

    SYSTEM_ERROR = "system_error"
    """We failed, not the learner; never final, and it costs no attempt."""


class MintAccount(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="mint"
):
    """Where all points come from; what it owes is what all wallets hold."""

    kind: ClassVar[Literal["mint"]] = "mint"


class WalletAccount(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="wallet"
):
    """A user's wallet."""

    kind: ClassVar[Literal["wallet"]] = "wallet"

    user: UserId
    """The user."""


class ShopAccount(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="shop"
):
    """Where the price of what is bought goes."""

    kind: ClassVar[Literal["shop"]] = "shop"


class Achievement(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """What a credential is for."""

    criteria: str
    """What has to be done for it, in words."""

    description: str
    """What it is about."""

    id: str
    """A URI for the module."""

    name: str
    """The module's title."""


class AchievementClass(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """What was achieved, as an `Achievement`."""

    achievement_type: str
    """What kind of achievement."""

    criteria: Criteria
    """What has to be done for it."""

    description: str
    """What it is about."""

    id: str
    """A URI for the module."""

    name: str
    """The module's title."""

    type: Sequence[str]
    """What it is."""


class AchievementCredential(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """An `AchievementCredential` without its proof."""

    context: Sequence[str] = msgspec.field(name="@context")
    """The vocabularies that the words come from."""

    awarded_date: datetime
    """When the module was passed."""

    credential_status: CredentialStatus
    """Where to ask whether it was revoked."""

    credential_subject: AchievementSubject
    """Whom and what it is about."""

    id: str
    """A URI for the certificate."""

    issuer: Profile
    """Who issues it."""

    name: str
    """Its title."""

    type: Sequence[str]
    """What it is."""

    valid_from: datetime
    """Since when it is good: when the certificate was issued."""

    valid_until: datetime | None = None
    """From when on it is not good any more."""


class AchievementResult(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """How well something was achieved, as a `Result`."""

    status: str
    """`Completed`."""

    type: Sequence[str]
    """What it is."""

    value: str
    """The grade, as a percentage."""


class AchievementSubject(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """Whom and what a credential is about."""

    achievement: AchievementClass
    """What was achieved."""

    id: str
    """A URI for the holder."""

    result: Sequence[AchievementResult]
    """How well."""

    type: Sequence[str]
    """What it is."""


class Actor(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """Who asks for something, as the host knows them: every use case checks them against the table
    of permissions.
    """

    id: UserId | None = None
    """Who they are, if they signed in."""

    roles: Set[Role] = frozenset()
    """What they are."""


class Addresses(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """The addresses under which an issuer publishes; this crate knows none by itself."""

    credential: str
    """A URI for the certificate."""

    holder: str
    """A URI for the holder."""

    revocations: str
    """The address of the list of revoked certificates."""


class CodeAnswer(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="code"
):
    """A program, for a code editor."""

    kind: ClassVar[Literal["code"]] = "code"

    files: Mapping[str, str]
    """Its source files."""

    language: LanguageId
    """The language it is written in."""

    entry: FileName | None = None
    """The file that is run; without it the language's usual one (`main.py`, `main.js` …), or
    else the only file there is.
    """


class ChoiceAnswer(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="choice"
):
    """Chosen options, for a multiple-choice question."""

    kind: ClassVar[Literal["choice"]] = "choice"

    selected: Set[OptionId]
    """The chosen options."""


class TextAnswer(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="text"
):
    """Words, for a short text or a free answer."""

    kind: ClassVar[Literal["text"]] = "text"

    text: str
    """The words."""


class NumberAnswer(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="number"
):
    """A number, for a question that asks for one."""

    kind: ClassVar[Literal["number"]] = "number"

    value: str
    """The number, with `.` before its decimals."""


class QuizAnswer(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="quiz"
):
    """Answers to the questions of a quiz."""

    kind: ClassVar[Literal["quiz"]] = "quiz"

    answers: Mapping[str, QuestionAnswer]
    """The answers by question."""


class AnswerReceived(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """That an answer was submitted."""

    revision: int
    """How often an answer was saved or submitted, with this time."""

    submission: SubmissionId
    """The submission."""

    feedback: Feedback | None = None
    """What came of it, if the campaign tells candidates and it could be judged at once."""


class AnswerTo(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """An answer of a candidate."""

    answer: Answer
    """The answer."""

    attempt: AttemptId
    """The attempt."""

    component: ComponentId
    """The submittable in it."""

    question: ContentId
    """The question, which was opened."""

    seat: SeatId
    """Where it is sat: what starting or resuming it gave."""


class Attempt(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """One candidate's sitting of a test. The answers are documents stored beside it."""

    arrival_grace: Seconds
    """How long after a deadline an answer may still arrive and count."""

    campaign: CampaignId
    """The campaign."""

    candidate: CandidateId
    """The candidate …"""

    extra_time: ExtraTime
    """What the candidate got on top of the limits that hold for all."""

    grace_left: Seconds
    """How much time can still be given back for a lost network."""

    id: AttemptId
    """Its id."""

    opened: Mapping[str, OpenedQuestion]
    """The questions that were opened."""

    paper: Sequence[Question]
    """The questions, in the order they are asked."""

    seat: SeatId
    """Where it is sat: answers from anywhere else are refused."""

    seed: Seed
    """What the questions were drawn from."""

    started_at: datetime
    """When it began."""

    status: AttemptStatus
    """How far it has come."""

    test: TestId
    """The test …"""

    test_version: Version
    """… as it was then."""

    user: UserId
    """… and who that is."""

    deadline: datetime | None = None
    """When it ends; none when nothing limits it."""

    pass_mark: Score | None = None
    """The grade from which on it is passed."""


class StartedAttemptEvent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="type", tag="started"
):
    """It began."""

    type: ClassVar[Literal["started"]] = "started"

    attempt: Attempt
    """The attempt as it begins."""


class QuestionOpenedAttemptEvent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="type", tag="question_opened"
):
    """A question was opened for the first time."""

    type: ClassVar[Literal["question_opened"]] = "question_opened"

    at: datetime
    """When."""

    attempt: AttemptId
    """The attempt."""

    question: ContentId
    """The question."""

    due: datetime | None = None
    """When its own time is up, if it has a limit."""


class SavedAttemptEvent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="type", tag="saved"
):
    """An answer was saved, not yet submitted; it is a document written beside the event."""

    type: ClassVar[Literal["saved"]] = "saved"

    at: datetime
    """When it arrived."""

    attempt: AttemptId
    """The attempt."""

    component: ComponentId
    """The submittable."""

    question: ContentId
    """The question."""

    revision: int
    """How often it was saved or submitted, with this time."""


class AnsweredAttemptEvent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="type", tag="answered"
):
    """An answer was submitted; it counts instead of any before."""

    type: ClassVar[Literal["answered"]] = "answered"

    at: datetime
    """When it arrived."""

    attempt: AttemptId
    """The attempt."""

    component: ComponentId
    """The submittable."""

    question: ContentId
    """The question."""

    revision: int
    """How often it was saved or submitted, with this time."""

    submission: SubmissionId
    """The submission."""


class PausedAttemptEvent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="type", tag="paused"
):
    """The network was lost."""

    type: ClassVar[Literal["paused"]] = "paused"

    at: datetime
    """When."""

    attempt: AttemptId
    """The attempt."""


class ResumedAttemptEvent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="type", tag="resumed"
):
    """The candidate came back, here or somewhere else."""

    type: ClassVar[Literal["resumed"]] = "resumed"

    at: datetime
    """When."""

    attempt: AttemptId
    """The attempt."""

    given_back: Seconds
    """How much time was given back."""

    seat: SeatId
    """Where it goes on."""


class ExtendedAttemptEvent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="type", tag="extended"
):
    """Its deadline was put off."""

    type: ClassVar[Literal["extended"]] = "extended"

    at: datetime
    """When."""

    attempt: AttemptId
    """The attempt."""

    by: UserId
    """Who answers for it."""

    extra: Seconds
    """By how much."""


class FinishedAttemptEvent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="type", tag="finished"
):
    """It ended."""

    type: ClassVar[Literal["finished"]] = "finished"

    at: datetime
    """When it ended, however late that was noticed."""

    attempt: AttemptId
    """The attempt."""

    by: FinishedBy
    """What ended it."""


class MarkedAttemptEvent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="type", tag="marked"
):
    """An answer that counts was judged, or judged again."""

    type: ClassVar[Literal["marked"]] = "marked"

    attempt: AttemptId
    """The attempt."""

    component: ComponentId
    """The submittable."""

    question: ContentId
    """The question."""

    score: Score
    """What it earned."""

    submission: SubmissionId
    """The submission."""


class GradedAttemptEvent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="type", tag="graded"
):
    """It got its grade, or another one."""

    type: ClassVar[Literal["graded"]] = "graded"

    at: datetime
    """When."""

    attempt: AttemptId
    """The attempt."""

    grade: TestGrade
    """The grade."""

    previous: Score | None = None
    """The grade before, when answers were judged again."""


class CancelledAttemptEvent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="type", tag="cancelled"
):
    """It was called off."""

    type: ClassVar[Literal["cancelled"]] = "cancelled"

    at: datetime
    """When."""

    attempt: AttemptId
    """The attempt."""


class InProgressAttemptProgress(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="in_progress"
):
    """It is being sat."""

    kind: ClassVar[Literal["in_progress"]] = "in_progress"


class PausedAttemptProgress(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="paused"
):
    """The network was lost: it is resumed before anything else is done."""

    kind: ClassVar[Literal["paused"]] = "paused"


class FinishedAttemptProgress(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="finished"
):
    """It was received; whether it is graded is another question."""

    kind: ClassVar[Literal["finished"]] = "finished"

    by: FinishedBy
    """What ended it."""


class CancelledAttemptProgress(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="cancelled"
):
    """It was called off."""

    kind: ClassVar[Literal["cancelled"]] = "cancelled"


class InProgressAttemptStatus(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="in_progress"
):
    """It is being sat."""

    kind: ClassVar[Literal["in_progress"]] = "in_progress"


class PausedAttemptStatus(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="paused"
):
    """The network was lost; it is resumed before anything else is done."""

    kind: ClassVar[Literal["paused"]] = "paused"

    since: datetime
    """Since when."""


class FinishedAttemptStatus(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="finished"
):
    """It is over, and waits for its grade."""

    kind: ClassVar[Literal["finished"]] = "finished"

    at: datetime
    """When it ended."""

    by: FinishedBy
    """What ended it."""


class GradedAttemptStatus(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="graded"
):
    """It is over, and has its grade."""

    kind: ClassVar[Literal["graded"]] = "graded"

    at: datetime
    """When it ended."""

    by: FinishedBy
    """What ended it."""

    grade: TestGrade
    """Its grade."""


class CancelledAttemptStatus(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="cancelled"
):
    """It was called off, and does not count."""

    kind: ClassVar[Literal["cancelled"]] = "cancelled"

    at: datetime
    """When."""


class AttemptView(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """An attempt as its candidate sees it."""

    campaign: CampaignId
    """The campaign."""

    candidate: CandidateId
    """The candidate."""

    id: AttemptId
    """Its id."""

    progress: AttemptProgress
    """How far it has come."""

    questions: Sequence[QuestionPlace]
    """The questions, in the order they are asked."""

    started_at: datetime
    """When it began."""

    test: TestId
    """The test."""

    deadline: datetime | None = None
    """When it ends; none when nothing limits it."""

    finished_at: datetime | None = None
    """When it ended."""

    grade: TestGrade | None = None
    """Its grade, once it has one, for whoever may see it."""

    seat: SeatId | None = None
    """Where it goes on, for whoever has just started or resumed it."""

    time_left: Seconds | None = None
    """How much time is left, by the clock of the engine."""


class AttemptsLeft(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """How often a user may answer."""

    left: int | None = None
    """How often they still may; none when as often as they like."""

    max: int | None = None
    """How often they may answer in all; none when as often as they like."""


class AuthoredContent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """A content with everything that its authors see."""

    authorship: Authorship
    """Whose it is, and who sees it."""

    draft: VersionedSavedDraft | None = None
    """What was written since, if anything was."""

    published: VersionedContent | None = None
    """Its newest published version, if there is one."""


class Authorship(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """The life of a content beside its published versions."""

    content: ContentId
    """The content."""

    shelf: Shelf
    """Who sees it."""

    slug: Slug
    """Its name in addresses; of a content that was never published, the name it will have."""

    author: UserId | None = None
    """Who made it and chooses who else may edit it; none when the host published it itself."""

    co_authors: Set[UserId] = frozenset()
    """Who else may edit it, at most 50."""

    summary: ContentSummary | None = None
    """What lists show of its newest published version, if there is one."""


class AuthorshipPage(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """A part of a list."""

    items: Sequence[Authorship]
    """The items."""

    next: str | None = None
    """Where the next page starts; none when this is the last."""


class Bin(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """How many numbers lie in a range: `from` is in it; `to` is not, but in the last bin."""

    count: int
    """How many numbers lie in it."""

    from_: float = msgspec.field(name="from")
    """Where the range begins."""

    to: float
    """Where it ends."""


class Bought(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """An item that was bought, with what was sold."""

    goods: Goods
    """What was sold."""

    purchase: Purchase
    """The purchase."""


class BuyItem(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """What a user wants to buy, and the price that they saw."""

    item: ItemId
    """The item."""

    price: Points
    """What the user agrees to pay: nobody pays more because an author was quicker."""


class CreatedCampaignEvent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="type", tag="created"
):
    """It was begun."""

    type: ClassVar[Literal["created"]] = "created"

    at: datetime
    """When."""

    author: UserId
    """Whose it is."""

    campaign: CampaignId
    """The campaign."""

    plan: CampaignPlan
    """Its first plan."""


class EditedCampaignEvent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="type", tag="edited"
):
    """Its plan or its text was changed."""

    type: ClassVar[Literal["edited"]] = "edited"

    at: datetime
    """When."""

    campaign: CampaignId
    """The campaign."""

    plan: CampaignPlan
    """Its plan from now on."""


class ScheduledCampaignEvent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="type", tag="scheduled"
):
    """Its plan was made firm."""

    type: ClassVar[Literal["scheduled"]] = "scheduled"

    at: datetime
    """When."""

    campaign: CampaignId
    """The campaign."""


class OpenedCampaignEvent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="type", tag="opened"
):
    """It opened."""

    type: ClassVar[Literal["opened"]] = "opened"

    at: datetime
    """When it was due."""

    campaign: CampaignId
    """The campaign."""


class ClosedCampaignEvent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="type", tag="closed"
):
    """It closed."""

    type: ClassVar[Literal["closed"]] = "closed"

    at: datetime
    """When it was due, or its author closed it."""

    campaign: CampaignId
    """The campaign."""


class CancelledCampaignEvent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="type", tag="cancelled"
):
    """It was called off."""

    type: ClassVar[Literal["cancelled"]] = "cancelled"

    at: datetime
    """When."""

    campaign: CampaignId
    """The campaign."""


class DeletedCampaignEvent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="type", tag="deleted"
):
    """It was deleted."""

    type: ClassVar[Literal["deleted"]] = "deleted"

    at: datetime
    """When."""

    campaign: CampaignId
    """The campaign."""


class CampaignPage(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """A part of a list."""

    items: Sequence[CampaignView]
    """The items."""

    next: str | None = None
    """Where the next page starts; none when this is the last."""


class CampaignPlan(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """What a campaign carries out, and when."""

    test: TestId
    """The test …"""

    test_version: Version
    """… as it was then, however it is edited afterwards."""

    ends_at: datetime | None = None
    """When it closes; without it, only when its author closes it."""

    grace: Grace = msgspec.field(default_factory=lambda: Grace())
    """What the clock forgives."""

    invitation_valid: Seconds = 1209600
    """How long an invitation is good for, an hour to a year; never longer than the campaign."""

    pass_mark: Score | None = None
    """The grade from which on a candidate has passed; without it nobody passes or fails."""

    reveal: Reveal = Reveal.NOTHING
    """What candidates are told of their answers while they sit the test."""

    starts_at: datetime | None = None
    """When it opens; needed to schedule it."""


class DraftCampaignStatus(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="draft"
):
    """It is being prepared; nobody is invited yet."""

    kind: ClassVar[Literal["draft"]] = "draft"


class ScheduledCampaignStatus(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="scheduled"
):
    """Its plan is made: candidates are invited, and it will open by itself."""

    kind: ClassVar[Literal["scheduled"]] = "scheduled"


class OpenCampaignStatus(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="open"
):
    """Candidates who accepted can start."""

    kind: ClassVar[Literal["open"]] = "open"

    at: datetime
    """Since when."""


class ClosedCampaignStatus(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="closed"
):
    """Nobody can start any more; who is in the middle of it goes on until their time is up."""

    kind: ClassVar[Literal["closed"]] = "closed"

    at: datetime
    """Since when."""


class CancelledCampaignStatus(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="cancelled"
):
    """It was called off; nothing in it counts."""

    kind: ClassVar[Literal["cancelled"]] = "cancelled"

    at: datetime
    """When."""


class DeletedCampaignStatus(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="deleted"
):
    """It was deleted, and what is known about its candidates with it."""

    kind: ClassVar[Literal["deleted"]] = "deleted"

    at: datetime
    """When."""


class CampaignText(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """What the author of a campaign writes for people to read."""

    name: str
    """Its title, 1 to 200 bytes."""

    description: str = ""
    """What it is about, in `CommonMark`, at most 20,000 bytes."""


class CampaignView(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """A campaign as its author sees it."""

    author: UserId
    """Whose it is."""

    id: CampaignId
    """Its id."""

    plan: CampaignPlan
    """What is carried out, and when."""

    status: CampaignStatus
    """How far it has come, by the clock."""

    text: CampaignText
    """What it says."""

    version: Version
    """How often it was written; an edit names the version it was made from."""


class AddedCandidateEvent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="type", tag="added"
):
    """They were added to a campaign."""

    type: ClassVar[Literal["added"]] = "added"

    at: datetime
    """When."""

    campaign: CampaignId
    """The campaign."""

    candidate: CandidateId
    """The candidate."""

    extra_time: ExtraTime
    """What they get on top of the limits that hold for all."""


class EditedCandidateEvent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="type", tag="edited"
):
    """Their profile was changed."""

    type: ClassVar[Literal["edited"]] = "edited"

    at: datetime
    """When."""

    candidate: CandidateId
    """The candidate."""


class ExtraTimeGrantedCandidateEvent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="type", tag="extra_time_granted"
):
    """Their extra time was changed."""

    type: ClassVar[Literal["extra_time_granted"]] = "extra_time_granted"

    at: datetime
    """When."""

    by: UserId
    """Who answers for it."""

    candidate: CandidateId
    """The candidate."""

    extra_time: ExtraTime
    """What they get from now on."""


class InvitedCandidateEvent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="type", tag="invited"
):
    """They were sent an invitation, in place of any before."""

    type: ClassVar[Literal["invited"]] = "invited"

    candidate: CandidateId
    """The candidate."""

    invitation: Invitation
    """What is kept of it."""

    sent: int
    """How many they were sent, with this one."""


class InvitationLapsedCandidateEvent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="type", tag="invitation_lapsed"
):
    """Their invitation expired unanswered."""

    type: ClassVar[Literal["invitation_lapsed"]] = "invitation_lapsed"

    at: datetime
    """When it was due."""

    candidate: CandidateId
    """The candidate."""


class ConfirmedCandidateEvent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="type", tag="confirmed"
):
    """They accepted."""

    type: ClassVar[Literal["confirmed"]] = "confirmed"

    at: datetime
    """When."""

    candidate: CandidateId
    """The candidate."""

    user: UserId
    """Who they are."""


class DeclinedCandidateEvent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="type", tag="declined"
):
    """They said no."""

    type: ClassVar[Literal["declined"]] = "declined"

    at: datetime
    """When."""

    candidate: CandidateId
    """The candidate."""


class CancelledCandidateEvent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="type", tag="cancelled"
):
    """Their invitation was taken back."""

    type: ClassVar[Literal["cancelled"]] = "cancelled"

    at: datetime
    """When."""

    candidate: CandidateId
    """The candidate."""


class TestSentCandidateEvent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="type", tag="test_sent"
):
    """The campaign is open to them."""

    type: ClassVar[Literal["test_sent"]] = "test_sent"

    at: datetime
    """When."""

    candidate: CandidateId
    """The candidate."""


class TestOpenedCandidateEvent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="type", tag="test_opened"
):
    """They have read what the test is about."""

    type: ClassVar[Literal["test_opened"]] = "test_opened"

    at: datetime
    """When."""

    candidate: CandidateId
    """The candidate."""


class TestStartedCandidateEvent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="type", tag="test_started"
):
    """They began to sit it."""

    type: ClassVar[Literal["test_started"]] = "test_started"

    at: datetime
    """When."""

    attempt: AttemptId
    """Their attempt."""

    candidate: CandidateId
    """The candidate."""


class TestFinishedCandidateEvent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="type", tag="test_finished"
):
    """Their attempt is over."""

    type: ClassVar[Literal["test_finished"]] = "test_finished"

    at: datetime
    """When."""

    candidate: CandidateId
    """The candidate."""


class RemovedCandidateEvent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="type", tag="removed"
):
    """They were removed."""

    type: ClassVar[Literal["removed"]] = "removed"

    at: datetime
    """When."""

    candidate: CandidateId
    """The candidate."""


class CandidatePage(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """A part of a list."""

    items: Sequence[CandidateView]
    """The items."""

    next: str | None = None
    """Where the next page starts; none when this is the last."""


class CandidateProfile(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """The person behind a candidate."""

    address: Address
    """Where the invitation goes; unique in a campaign."""

    name: str = ""
    """Their name, at most 200 bytes on one line; empty when it is not known."""

    tags: Set[Tag] = frozenset()
    """Keywords of the campaign's author, at most 50, by which results are grouped."""


class CandidateReport(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """One candidate beside the others."""

    questions: Sequence[QuestionReport]
    """The questions that the candidate was given, in the order of the test."""

    row: ResultRow
    """The candidate's own row."""

    percentile: float | None = None
    """The percentile rank from 0 to 100: the share of the finished with a lower grade and half
    of those with the same.
    """

    rank: int | None = None
    """The place among those who finished; equal grades share a place ("1224")."""


class CandidateView(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """A candidate as the author of their campaign sees them."""

    campaign: CampaignId
    """Their campaign."""

    extra_time: ExtraTime
    """What they get on top of the limits that hold for all."""

    id: CandidateId
    """The candidate."""

    profile: CandidateProfile
    """Who they are."""

    status: StatusName
    """How far they have come."""

    attempt: AttemptId | None = None
    """Their attempt, once it began."""

    invitations: int = 0
    """How many invitations they were sent, while they have not answered."""

    invited_until: datetime | None = None
    """Until when the last of them can be used, while it can."""

    user: UserId | None = None
    """The user they became by accepting."""


class Case(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """A program to judge by validators."""

    files: Mapping[str, str]
    """The program's source files by name."""

    id: str
    """Its name, repeated in the result."""

    language: LanguageId
    """The language of the program."""

    validators: Sequence[Validator]
    """What is expected, 1 to 1,000 validators."""

    args: Sequence[str] = ()
    """Arguments given to the program by output validators that have none of their own."""

    entry: FileName | None = None
    """The file that is run; without it the language's usual one, or else the only file."""

    expect: Expectation | None = None
    """What should come of judging; checked by the conformance suite and by `polycode judge`."""

    groups: Sequence[ValidatorGroup] = ()
    """The groups that validators are in."""

    limits: Limits = msgspec.field(default_factory=lambda: Limits())
    """What each run may use."""


class Certificate(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """That a user passed a certification module."""

    code: VerificationCode
    """The code by which anybody who has it can verify the certificate."""

    id: CertificateId
    """Its id."""

    issued_on: datetime
    """When it was issued."""

    number: CertificateNumber
    """Its number, for people."""

    pass_: Pass = msgspec.field(name="pass")
    """What was passed, and by whom."""

    status: CertificateStatus
    """Whether it was taken back."""

    expires_at: datetime | None = None
    """From when on it is not good any more; none when it stays good."""


class IssuedCertificateEvent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="type", tag="issued"
):
    """It was issued."""

    type: ClassVar[Literal["issued"]] = "issued"

    certificate: Certificate
    """The certificate as it begins its life."""


class RevokedCertificateEvent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="type", tag="revoked"
):
    """It was taken back."""

    type: ClassVar[Literal["revoked"]] = "revoked"

    at: datetime
    """When."""

    certificate: CertificateId
    """The certificate."""

    reason: RevocationReason
    """Why."""


class CertificatePage(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """A part of a list."""

    items: Sequence[Certificate]
    """The items."""

    next: str | None = None
    """Where the next page starts; none when this is the last."""


class IssuedCertificateStatus(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="issued"
):
    """It was not."""

    kind: ClassVar[Literal["issued"]] = "issued"


class RevokedCertificateStatus(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="revoked"
):
    """It was, for good."""

    kind: ClassVar[Literal["revoked"]] = "revoked"

    at: datetime
    """When."""

    reason: RevocationReason
    """Why."""


class ChoiceOption(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """Something that can be chosen."""

    id: OptionId
    """Its name, unique in the question."""

    text: str
    """What it says, in `CommonMark`."""


class QuestionColumn(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """The grade of one question."""

    question: ContentId


class QuestionTimeColumn(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """How long the candidate worked on one question."""

    question_time: ContentId


class Compared(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """What came of comparing answers."""

    news: int
    """How many of them were not known, or are measured otherwise now."""

    pairs: int
    """How many pairs are alike."""

    programs: int
    """How many programs were compared: the last of each user for each component."""


class NumbersComparisonOptions(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """The `numbers` of a `NumbersComparison`."""

    tolerance: float
    """The largest difference that counts as equal, absolute or relative to the expected
    number, whichever allows more.
    """


class NumbersComparison(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """Like `tokens`, but a word that is a number matches any number close enough."""

    numbers: NumbersComparisonOptions


class ContainerComponent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="container"
):
    """Other components, laid out."""

    kind: ClassVar[Literal["container"]] = "container"

    id: ComponentId
    """Its name, unique in the content."""

    components: Sequence[Component]
    """The components, in order."""

    orientation: Orientation = Orientation.VERTICAL
    """In which direction they follow each other."""


class MarkdownComponent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="markdown"
):
    """Text to read."""

    kind: ClassVar[Literal["markdown"]] = "markdown"

    id: ComponentId
    """Its name, unique in the content."""

    text: str
    """The text, in `CommonMark`; whoever shows it must sanitise it."""


class CodeEditorComponent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="code_editor"
):
    """A place to write a program; takes an answer."""

    kind: ClassVar[Literal["code_editor"]] = "code_editor"

    id: ComponentId
    """Its name, unique in the content."""

    languages: Mapping[str, Starter]
    """The languages it may be written in, each with the files a learner starts from."""

    validators: Sequence[Validator]
    """What is expected."""

    limits: Limits = msgspec.field(default_factory=lambda: Limits())
    """What each run may use."""

    rules: JudgingRules | None = None
    """How it is judged."""

    weight: Weight = 1
    """How much the component counts in its content."""


class McqComponent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="mcq"
):
    """A question with options to choose from; takes an answer."""

    kind: ClassVar[Literal["mcq"]] = "mcq"

    id: ComponentId
    """Its name, unique in the content."""

    options: Sequence[ChoiceOption]
    """What can be chosen, 2 to 50 options."""

    question: str
    """The question, in `CommonMark`."""

    validators: Sequence[Validator]
    """What is expected."""

    choose: Choose = Choose.ONE
    """How many options may be chosen."""

    rules: JudgingRules | None = None
    """How it is judged."""

    weight: Weight = 1
    """How much the component counts in its content."""


class QuizComponent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="quiz"
):
    """Questions that are answered together; takes an answer."""

    kind: ClassVar[Literal["quiz"]] = "quiz"

    id: ComponentId
    """Its name, unique in the content."""

    questions: Sequence[QuizQuestion]
    """The questions, in order, 1 to 100."""

    validators: Sequence[Validator]
    """What is expected: of kind `question`, one or more for each question."""

    rules: JudgingRules | None = None
    """How it is judged."""

    text: str = ""
    """What is read first, in `CommonMark`."""

    weight: Weight = 1
    """How much the component counts in its content."""


class ShortTextComponent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="short_text"
):
    """A question that is answered by a few words; takes an answer."""

    kind: ClassVar[Literal["short_text"]] = "short_text"

    id: ComponentId
    """Its name, unique in the content."""

    question: str
    """The question, in `CommonMark`."""

    validators: Sequence[Validator]
    """What is expected, of kind `text`."""

    rules: JudgingRules | None = None
    """How it is judged."""

    weight: Weight = 1
    """How much the component counts in its content."""


class NumberComponent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="number"
):
    """A question that is answered by a number; takes an answer."""

    kind: ClassVar[Literal["number"]] = "number"

    id: ComponentId
    """Its name, unique in the content."""

    question: str
    """The question, in `CommonMark`."""

    validators: Sequence[Validator]
    """What is expected, of kind `number`."""

    rules: JudgingRules | None = None
    """How it is judged."""

    unit: str | None = None
    """What it is counted in, such as `kg`."""

    weight: Weight = 1
    """How much the component counts in its content."""


class FreeAnswerComponent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="free_answer"
):
    """A question that is answered at any length, and that a person marks; takes an answer."""

    kind: ClassVar[Literal["free_answer"]] = "free_answer"

    id: ComponentId
    """Its name, unique in the content."""

    question: str
    """The question, in `CommonMark`."""

    validators: Sequence[Validator]
    """What a person marks it by, of kind `manual`."""

    max_bytes: int = 20000
    """The most bytes that an answer may have, at most 100,000."""

    rules: JudgingRules | None = None
    """How it is judged."""

    weight: Weight = 1
    """How much the component counts in its content."""


class ContainerComponentView(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="container"
):
    """Other components, laid out."""

    kind: ClassVar[Literal["container"]] = "container"

    id: ComponentId
    """Its name, unique in the content."""

    components: Sequence[ComponentView]
    """The components, in order."""

    orientation: Orientation
    """In which direction they follow each other."""


class MarkdownComponentView(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="markdown"
):
    """Text to read."""

    kind: ClassVar[Literal["markdown"]] = "markdown"

    id: ComponentId
    """Its name, unique in the content."""

    text: str
    """The text, in `CommonMark`; whoever shows it must sanitise it."""


class CodeEditorComponentView(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="code_editor"
):
    """A place to write a program."""

    kind: ClassVar[Literal["code_editor"]] = "code_editor"

    id: ComponentId
    """Its name, unique in the content."""

    has_hidden: bool
    """Whether there are hidden validators as well."""

    languages: Mapping[str, Starter]
    """The languages it may be written in, each with the files to start from."""

    limits: Limits
    """What each run may use."""

    validators: Sequence[Validator]
    """The visible validators, with all they expect."""

    weight: Weight
    """How much it counts in its content."""

    hidden_count: int | None = None
    """How many hidden validators there are, where the author tells."""

    max_attempts: int | None = None
    """How often it may be answered; without it, as often as one likes."""


class McqComponentView(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="mcq"
):
    """A question with options to choose from."""

    kind: ClassVar[Literal["mcq"]] = "mcq"

    id: ComponentId
    """Its name, unique in the content."""

    choose: Choose
    """How many options may be chosen."""

    options: Sequence[ChoiceOption]
    """What can be chosen."""

    question: str
    """The question, in `CommonMark`."""

    weight: Weight
    """How much it counts in its content."""

    max_attempts: int | None = None
    """How often it may be answered; without it, as often as one likes."""


class QuizComponentView(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="quiz"
):
    """Questions that are answered together."""

    kind: ClassVar[Literal["quiz"]] = "quiz"

    id: ComponentId
    """Its name, unique in the content."""

    questions: Sequence[QuizQuestion]
    """The questions, in order."""

    text: str
    """What is read first, in `CommonMark`."""

    weight: Weight
    """How much it counts in its content."""


class ShortTextComponentView(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="short_text"
):
    """A question that is answered by a few words."""

    kind: ClassVar[Literal["short_text"]] = "short_text"

    id: ComponentId
    """Its name, unique in the content."""

    question: str
    """The question, in `CommonMark`."""

    weight: Weight
    """How much it counts in its content."""


class NumberComponentView(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="number"
):
    """A question that is answered by a number."""

    kind: ClassVar[Literal["number"]] = "number"

    id: ComponentId
    """Its name, unique in the content."""

    question: str
    """The question, in `CommonMark`."""

    weight: Weight
    """How much it counts in its content."""

    unit: str | None = None
    """What it is counted in."""


class FreeAnswerComponentView(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="free_answer"
):
    """A question that is answered at any length, and that a person marks."""

    kind: ClassVar[Literal["free_answer"]] = "free_answer"

    id: ComponentId
    """Its name, unique in the content."""

    max_bytes: int
    """The most bytes that an answer may have."""

    question: str
    """The question, in `CommonMark`."""

    weight: Weight
    """How much it counts in its content."""


class Content(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """A content of the catalogue."""

    id: ContentId
    """Its id, over all its versions."""

    name: str
    """Its title, 1 to 200 bytes."""

    root: Component
    """The tree of components."""

    slug: Slug
    """Its name in addresses and course folders, unique in a store."""

    type: ContentKind
    """What it is for."""

    description: str = ""
    """What it is about, in a sentence or two, at most 2,000 bytes."""

    pass_mark: Score = 1000000
    """The score at which it is passed, in millionths."""

    reward: Points = 0
    """What full credit pays, at most 1,000,000 polypoints."""

    tags: Set[Tag] = frozenset()
    """Its keywords."""


class ContentDraft(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """What the author of a content writes."""

    name: str
    """Its title, 1 to 200 bytes."""

    root: Component
    """The tree of components."""

    slug: Slug
    """Its name in addresses and course folders, unique in a store."""

    type: ContentKind
    """What it is for."""

    description: str = ""
    """What it is about, in a sentence or two, at most 2,000 bytes."""

    pass_mark: Score = 1000000
    """The score at which it is passed, in millionths."""

    reward: Points = 0
    """What full credit pays, at most 1,000,000 polypoints."""

    tags: Set[Tag] = frozenset()
    """Its keywords."""


class CreatedContentEvent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="type", tag="created"
):
    """It was made; only its authors see it."""

    type: ClassVar[Literal["created"]] = "created"

    content: ContentId
    """The content."""

    slug: Slug
    """Its name in addresses."""

    author: UserId | None = None
    """Whose it is; none for the host's own."""


class PublishedContentEvent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="type", tag="published"
):
    """A version of it was published."""

    type: ClassVar[Literal["published"]] = "published"

    content: ContentId
    """The content."""

    version: Version
    """The version."""


class SharedContentEvent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="type", tag="shared"
):
    """Others may edit it than before."""

    type: ClassVar[Literal["shared"]] = "shared"

    co_authors: Set[UserId]
    """Who may edit it beside its author."""

    content: ContentId
    """The content."""


class RetiredContentEvent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="type", tag="retired"
):
    """It was deleted: nobody finds it any more; its versions stay for those who answered them."""

    type: ClassVar[Literal["retired"]] = "retired"

    at: datetime
    """When."""

    content: ContentId
    """The content."""


class ContentProgress(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """How far somebody has come in a content, with what a list shows of it."""

    progress: Progress
    """How far."""

    content: ContentSummary | None = None
    """The content, as long as everybody finds it."""


class ContentProgressPage(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """A part of a list."""

    items: Sequence[ContentProgress]
    """The items."""

    next: str | None = None
    """Where the next page starts; none when this is the last."""


class ContentQuery(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """Which contents are looked for; all there are unless something is asked."""

    tag: Tag | None = None
    """Only those with this tag."""

    text: str | None = None
    """Only those that have each of these words in their slug, title, description or tags, or words
    that begin with it; upper and lower case are alike, and so are letters with and without
    accents.
    """

    type: ContentKind | None = None
    """Only those of this kind."""


class ContentSummary(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """A content in a list."""

    description: str
    """What it is about."""

    id: ContentId
    """Its id."""

    name: str
    """Its title."""

    reward: Points
    """What full credit pays."""

    slug: Slug
    """Its name in addresses."""

    tags: Set[Tag]
    """Its keywords."""

    type: ContentKind
    """What it is for."""

    version: Version
    """How often it was published."""


class ContentSummaryPage(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """A part of a list."""

    items: Sequence[ContentSummary]
    """The items."""

    next: str | None = None
    """Where the next page starts; none when this is the last."""


class ContentView(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """A content as learners see it."""

    description: str
    """What it is about."""

    id: ContentId
    """Its id."""

    name: str
    """Its title."""

    pass_mark: Score
    """The score at which it is passed, in millionths."""

    reward: Points
    """What full credit pays."""

    root: ComponentView
    """The tree of components."""

    slug: Slug
    """Its name in addresses."""

    tags: Set[Tag]
    """Its keywords."""

    type: ContentKind
    """What it is for."""

    version: Version
    """How often it was published."""


class Course(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """A course and everything in it."""

    contents: Sequence[CourseContent]
    """Its contents, in order."""

    name: str
    """Its title."""

    modules: Sequence[CourseModule] = ()
    """Its modules, in order; without any, all contents are in one module of the course's name."""


class CourseContent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """A content of a course, with answers of known verdict."""

    draft: ContentDraft
    """The content."""

    samples: Sequence[Sample] = ()
    """Answers that its author tried it with; written in the order of their verdicts and names."""


class CourseModule(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """A module of a course."""

    name: str
    """Its title, 1 to 200 bytes."""

    slug: Slug
    """Its name in addresses, unique among modules."""

    type: ModuleKind
    """What it is for."""

    certificate_lasts: Seconds | None = None
    """How long a certificate for it is good; none when it stays good, or when the module is no
    certification.
    """

    contents: Sequence[Slug] = ()
    """The contents of the course in it, in order."""

    description: str = ""
    """What it is about, in `CommonMark`, at most 20,000 bytes."""

    modules: Sequence[Slug] = ()
    """The modules of the course in it, in order."""

    pass_mark: Score = 1000000
    """The score at which it is passed, in millionths."""

    reward: Points = 0
    """What passing it pays, beside what its contents pay; at most 1,000,000 polypoints."""

    tags: Set[Tag] = frozenset()
    """Its keywords."""


class Cover(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """What somebody may read of a test before they start: everything but the questions."""

    description: str
    """Its description."""

    name: str
    """Its title."""

    points: int
    """The sum of their points."""

    questions: int
    """How many questions each candidate gets."""

    tags: Set[Tag]
    """Its keywords."""

    test: TestId
    """The test."""

    time_limit: Seconds | None = None
    """How long it may take, before any extra time."""


class CredentialStatus(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """Where to ask whether a credential was revoked, as a `1EdTechRevocationList`."""

    id: str
    """The address of the list."""

    type: str
    """What it is."""


class Criteria(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """What has to be done for an achievement."""

    narrative: str
    """In words."""


class Criterion(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """Something that a person looks at."""

    id: CriterionId
    """Its name, unique in the rubric."""

    points: int
    """What it gives at the most, 1 to 10,000."""

    text: str
    """What is asked, 1 to 2,000 bytes."""

    levels: Sequence[Level] = ()
    """What can be given; without levels, any number of points."""


class DetailedReport(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """A campaign as a whole, and every candidate in it."""

    candidates: Sequence[CandidateReport]
    """The candidates, the best first; those without a grade last."""

    general: GeneralReport
    """The whole."""


class Distribution(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """How some numbers are distributed."""

    first_quartile: float
    """The first quartile, as all quantiles by Hyndman and Fan's method 7 (1996): between the
    two nearest values in proportion, which is the usual way of R, `NumPy` and spreadsheets.
    """

    max: float
    """The greatest."""

    mean: float
    """Their arithmetic mean."""

    median: float
    """The median."""

    min: float
    """The least."""

    n: int
    """How many there are."""

    third_quartile: float
    """The third quartile."""

    standard_deviation: float | None = None
    """Their sample standard deviation, with Bessel's correction (n − 1); none for a single one."""


class AllDraw(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="all"
):
    """All of them."""

    kind: ClassVar[Literal["all"]] = "all"


class RandomDraw(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="random"
):
    """So many, drawn for each candidate anew, each question as likely as any other."""

    kind: ClassVar[Literal["random"]] = "random"

    count: int
    """How many, 1 to the number of questions."""


class AddEdit(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="add"
):
    """Adds a file that is not there yet."""

    kind: ClassVar[Literal["add"]] = "add"

    file: FileName
    """Its name."""

    text: str = ""
    """What is in it."""


class WriteEdit(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="write"
):
    """Writes something else into a file."""

    kind: ClassVar[Literal["write"]] = "write"

    file: FileName
    """Its name."""

    text: str
    """What is in it from now on."""


class RenameEdit(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="rename"
):
    """Gives a file another name."""

    kind: ClassVar[Literal["rename"]] = "rename"

    file: FileName
    """Its name."""

    to: FileName
    """Its new name, which no other file has."""


class RemoveEdit(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="remove"
):
    """Removes a file."""

    kind: ClassVar[Literal["remove"]] = "remove"

    file: FileName
    """Its name."""


class ResetEdit(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="reset"
):
    """Throws everything away and begins again with the files of the author."""

    kind: ClassVar[Literal["reset"]] = "reset"


class TypedEditFact(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="typed"
):
    """Text was typed since the fact before."""

    kind: ClassVar[Literal["typed"]] = "typed"

    at: datetime
    """When, by the user's own clock moved into the time between agreeing and arriving."""

    characters: int
    """How many characters."""


class PastedEditFact(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="pasted"
):
    """Text was pasted at once."""

    kind: ClassVar[Literal["pasted"]] = "pasted"

    at: datetime
    """When, by the user's own clock moved into the time between agreeing and arriving."""

    characters: int
    """How many characters."""


class FocusLostEditFact(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="focus_lost"
):
    """The window was left."""

    kind: ClassVar[Literal["focus_lost"]] = "focus_lost"

    at: datetime
    """When, by the user's own clock moved into the time between agreeing and arriving."""


class FocusGainedEditFact(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="focus_gained"
):
    """The window was come back to."""

    kind: ClassVar[Literal["focus_gained"]] = "focus_gained"

    at: datetime
    """When, by the user's own clock moved into the time between agreeing and arriving."""


class ExitedEnding(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="exited"
):
    """By itself."""

    kind: ClassVar[Literal["exited"]] = "exited"

    code: int
    """The exit code; 0 is success."""


class TrappedEnding(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="trapped"
):
    """By a trap: memory out of bounds, unreachable code, a stack that is used up."""

    kind: ClassVar[Literal["trapped"]] = "trapped"

    reason: str
    """The kind of trap, in words fit for the learner."""


class TimeExhaustedEnding(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="time_exhausted"
):
    """By using up its fuel."""

    kind: ClassVar[Literal["time_exhausted"]] = "time_exhausted"


class MemoryExhaustedEnding(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="memory_exhausted"
):
    """By asking for more memory than the limit."""

    kind: ClassVar[Literal["memory_exhausted"]] = "memory_exhausted"


class OutputExhaustedEnding(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="output_exhausted"
):
    """By writing more than the limit to standard output and standard error."""

    kind: ClassVar[Literal["output_exhausted"]] = "output_exhausted"


class FilesExhaustedEnding(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="files_exhausted"
):
    """By making more files, or larger ones, than the limits."""

    kind: ClassVar[Literal["files_exhausted"]] = "files_exhausted"


class IdleEnding(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="idle"
):
    """By waiting for a program that waited for it: neither could go on."""

    kind: ClassVar[Literal["idle"]] = "idle"


class HostGuardEnding(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="host_guard"
):
    """By the guard that protects the host: far more processor time than the fuel should take."""

    kind: ClassVar[Literal["host_guard"]] = "host_guard"


class Entry(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """A line of the ledger; never changed, never removed."""

    at: datetime
    """When."""

    credit: Account
    """The account that gets."""

    debit: Account
    """The account that gives."""

    id: EntryId
    """Its id."""

    points: Points
    """How much."""

    reason: EntryReason
    """What for; a store keeps at most one entry for each reason."""


class EntryPage(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """A part of a list."""

    items: Sequence[Entry]
    """The items."""

    next: str | None = None
    """Where the next page starts; none when this is the last."""


class AwardEntryReason(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="award"
):
    """A content was passed, or passed better than before."""

    kind: ClassVar[Literal["award"]] = "award"

    content: ContentId
    """For which content."""

    total: Points
    """What the content has paid to the user with this entry: the same level can't be
    paid twice.
    """

    user: UserId
    """Who is paid."""


class ModuleAwardEntryReason(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="module_award"
):
    """A module was passed, or passed better than before."""

    kind: ClassVar[Literal["module_award"]] = "module_award"

    module: ModuleId
    """For which module."""

    total: Points
    """What the module has paid to the user with this entry: the same level can't be paid
    twice.
    """

    user: UserId
    """Who is paid."""


class PurchaseEntryReason(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="purchase"
):
    """An item was bought."""

    kind: ClassVar[Literal["purchase"]] = "purchase"

    item: ItemId
    """What: the same item can't be bought twice."""

    user: UserId
    """Who bought."""


class Evidence(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """What is kept of an `Observation`."""

    ending: Ending
    """How the run ended."""

    fuel: Fuel
    """Work done."""

    peak_memory: ByteCount
    """The most linear memory in use."""

    stderr: Excerpt
    """The beginning of standard error."""

    stdout: Excerpt
    """The beginning of standard output."""

    wall_us: int
    """Time on the wall in microseconds; differs from run to run."""

    returned: Excerpt | None = None
    """The beginning of the JSON text that the called function returned."""


class Excerpt(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """The beginning of something a program wrote, at most 8 KiB, as text."""

    bytes: ByteCount
    """How many bytes the program wrote in all."""

    text: str
    """The text; bytes that are not UTF-8 are shown as U+FFFD."""


class Expectation(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """What should come of judging a case."""

    verdict: Verdict
    """The verdict on the whole."""

    score: Score | None = None
    """The share of the mark."""

    validators: Mapping[str, Verdict] = msgspec.field(default_factory=dict)
    """The verdicts of some or all validators."""


class ChoiceExpected(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="choice"
):
    """Options."""

    kind: ClassVar[Literal["choice"]] = "choice"

    correct: Set[OptionId]
    """The right options; may be empty where "none of them" is the answer."""

    credit: Credit = Credit.ALL_OR_NOTHING
    """What a partly right choice earns."""


class TextExpected(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="text"
):
    """Words."""

    kind: ClassVar[Literal["text"]] = "text"

    accepted: Sequence[str]
    """The answers that are right, 1 to 100; with `regex`, patterns."""

    case: LetterCase = LetterCase.IGNORED
    """Whether upper and lower case differ."""

    comparison: Comparison = "trimmed"
    """How an answer is compared with each of them."""


class NumberExpected(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="number"
):
    """A number."""

    kind: ClassVar[Literal["number"]] = "number"

    value: float
    """The right number."""

    tolerance: float = 0.0
    """The largest difference that still counts as right."""


class ExtraTime(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """What a candidate gets on top of the limits that hold for all.

    A share makes each limit longer, that of the test and that of each question: it is what an
    accommodation usually grants. A fixed length makes the whole test longer, not its questions.
    """

    fixed: Seconds = 0
    """What the whole test is longer by, at most a day."""

    percent: int = 0
    """The share by which every limit is longer, in percent, at most 300."""


class Feedback(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """A report as its learner sees it."""

    score: Score
    """The share of the mark that was earned."""

    validators: Sequence[ValidatorFeedback]
    """The visible validators, in the author's order."""

    verdict: Verdict
    """Passed when every validator passed; else the verdict of the first visible one that did
    not, or a wrong answer when only hidden ones failed, whatever happened in them.
    """

    comment: str | None = None
    """What the person who marked the answer says about it."""

    diagnostics: str | None = None
    """The compiler's words, when the program is not valid in its language."""

    hidden: HiddenCount | None = None
    """How many hidden validators there are, where the author tells."""

    hidden_passed: bool | None = None
    """Whether all hidden validators passed, where there are any."""

    remarks: Sequence[Remark] = ()
    """What they say about single criteria."""


class Filter(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """Which rows are wanted; everything that is given must hold."""

    finished_at: TimeBounds = msgspec.field(default_factory=lambda: TimeBounds())
    """When it was submitted or closed."""

    name: str | None = None
    """A part of the name, in whatever case."""

    questions: Mapping[str, ScoreBounds] = msgspec.field(default_factory=dict)
    """The grades of single questions."""

    score: ScoreBounds = msgspec.field(default_factory=lambda: ScoreBounds())
    """The grade of the test."""

    started_at: TimeBounds = msgspec.field(default_factory=lambda: TimeBounds())
    """When the test was started."""

    statuses: Set[StatusName] = frozenset()
    """How far the candidate has come; empty for anywhere."""

    tags: Set[Tag] = frozenset()
    """Tags that the candidate has all of."""

    time_used: SecondsBounds = msgspec.field(default_factory=lambda: SecondsBounds())
    """How long the candidate worked."""


class GeneralReport(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """A campaign as a whole."""

    at: datetime
    """When the report was made."""

    campaign: CampaignId
    """The campaign."""

    groups: Sequence[Group]
    """The groups of candidates by tag."""

    question_statistics: Sequence[QuestionStatistics]
    """… and how each did, in the same order."""

    questions: Sequence[TestQuestion]
    """The questions of the test …"""

    summary: Summary
    """The campaign in a few numbers."""

    reliability: Reliability | None = None
    """How far the test measures one thing."""


class HintGoods(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="hint"
):
    """A hint."""

    kind: ClassVar[Literal["hint"]] = "hint"

    text: str
    """What it says, in `CommonMark`; whoever shows it must sanitise it."""


class ValidatorDetailGoods(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="validator_detail"
):
    """What a validator does."""

    kind: ClassVar[Literal["validator_detail"]] = "validator_detail"

    expected: ValidatorExpectation | None = None
    """What it expects of the program, when that is sold."""

    input: ValidatorInput | None = None
    """What it gives to the program, when that is sold."""


class Grace(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """What the clock of an attempt forgives. Without any, the clock goes on whatever happens."""

    arrival: Seconds = 0
    """How long after a deadline an answer may still arrive and count, at most a minute: the time
    it was on its way. No more can be done in it than to send what is there.
    """

    network: Seconds = 0
    """How much time is given back, in all, for times when the network was lost; at most an hour."""


class Grade(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """The grade of a submission."""

    at: datetime
    """When it was judged."""

    content_version: Version
    """The version of the content that gave it."""

    score: Score
    """The share of the mark that was earned; in a test a person may have given another than
    the programs found.
    """

    verdict: Verdict
    """The opinion of the programs on the whole."""


class GraderOpinion(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """What a grader of the host thinks of a program."""

    score: Score
    """The share of the mark; all of it passes."""

    note: str = ""
    """Words for the author alone; cut to 2,000 bytes."""

    reason: str = ""
    """Why, for the learner; cut to 2,000 bytes."""


class GraderTask(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """What a grader of the host is asked: a program that ran and ended with exit code 0."""

    fuel: Fuel
    """The work that it did."""

    grader: GraderId
    """The grader."""

    program: Program
    """The learner's program."""

    stderr: str
    """Everything that it wrote to standard error, in the same way."""

    stdout: str
    """Everything that it wrote to standard output; bytes that are not UTF-8 are shown as U+FFFD."""

    validator: ValidatorId
    """The validator that asks."""

    files: Mapping[str, str] = msgspec.field(default_factory=dict)
    """The files asked for that it left behind, in the same way."""

    options: Any | None = None
    """What the validator's author wrote for the grader."""


class Group(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """The candidates with a tag, beside those without it. Somebody with several tags is in several
    groups.
    """

    candidates: int
    """How many candidates have it."""

    tag: Tag
    """The tag."""

    completion_rate: float | None = None
    """The share of those who finished among those who neither declined nor were cancelled."""

    difference: float | None = None
    """The mean grade of the group less that of all others."""

    effect_size: float | None = None
    """Cohen's d (1988): that difference in pooled standard deviations. None when a side has
    fewer than two grades, or none vary.
    """

    score: Distribution | None = None
    """The grades of those who finished, as shares from 0 to 1."""


class HiddenCount(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """How many hidden validators there are."""

    count: int
    """In all."""

    passed: int
    """Those that passed."""


class Imported(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """What came of importing a course."""

    contents: Sequence[ImportedContent]
    """Its contents, in order."""

    name: str
    """The course's title."""

    modules: Sequence[ImportedModule] = ()
    """Its modules, in order."""


class ImportedContent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """A content that was imported."""

    id: ContentId
    """Its id in the store."""

    slug: Slug
    """Its name in addresses."""

    version: Version
    """Its version; a content that is as it was keeps the version it had."""


class ImportedModule(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """A module that was imported."""

    id: ModuleId
    """Its id in the store."""

    slug: Slug
    """Its name in addresses."""


class Intake(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """What came of a list of candidates."""

    added: int
    """How many were added."""

    lines: Sequence[IntakeLine]
    """What came of each line, in the order of the list."""

    removed: int
    """How many were removed."""

    skipped: int
    """How many lines had nothing to change."""

    wrong: int
    """How many lines could not be understood."""


class AddedIntakeLine(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="added"
):
    """Somebody was added."""

    kind: ClassVar[Literal["added"]] = "added"

    row: int
    """Which line it is: of a file as an editor counts, so that the header is line 1; of a list
    from 1.
    """

    candidate: CandidateId
    """Who they are now."""


class RemovedIntakeLine(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="removed"
):
    """Somebody was removed."""

    kind: ClassVar[Literal["removed"]] = "removed"

    row: int
    """Which line it is: of a file as an editor counts, so that the header is line 1; of a list
    from 1.
    """

    candidate: CandidateId
    """Who they were."""


class SkippedIntakeLine(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="skipped"
):
    """There was nothing to change."""

    kind: ClassVar[Literal["skipped"]] = "skipped"

    row: int
    """Which line it is: of a file as an editor counts, so that the header is line 1; of a list
    from 1.
    """

    problem: Problem
    """Why."""


class WrongIntakeLine(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="wrong"
):
    """It could not be understood, and changed nothing."""

    kind: ClassVar[Literal["wrong"]] = "wrong"

    row: int
    """Which line it is: of a file as an editor counts, so that the header is line 1; of a list
    from 1.
    """

    problems: Sequence[Problem]
    """Everything that is wrong with it."""


class Invitation(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """The one invitation of a candidate that can be used at the moment. Using it, sending another,
    cancelling and lapsing all remove it.
    """

    expires_at: datetime
    """From when on it can't be used."""

    sent_at: datetime
    """When it was sent."""

    token: TokenHash
    """What is kept of its token."""


class Invited(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """Somebody who is invited to a team."""

    lapses_at: datetime
    """From when on the invitation can't be accepted any more."""

    user: UserId
    """Who."""


class Issuer(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """Who issues credentials."""

    id: str
    """The issuer's own address or identifier, a URI."""

    name: str
    """The issuer's name."""


class HintItem(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="hint"
):
    """A hint."""

    kind: ClassVar[Literal["hint"]] = "hint"

    author: UserId
    """Who sells it."""

    component: ComponentId
    """The submittable in it."""

    content: ContentId
    """The content that it helps with."""

    content_version: Version
    """The version of the content that it was last checked against."""

    id: ItemId
    """Its id."""

    price: Points
    """What it costs, at most 1,000,000 polypoints; 0 for a gift."""

    state: ItemState
    """Whether it can be bought."""

    text: str
    """What it says, in `CommonMark`, 1 to 10,000 bytes."""


class ValidatorDetailItem(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="validator_detail"
):
    """What a validator of the submittable does, hidden ones too."""

    kind: ClassVar[Literal["validator_detail"]] = "validator_detail"

    author: UserId
    """Who sells it."""

    component: ComponentId
    """The submittable in it."""

    content: ContentId
    """The content that it helps with."""

    content_version: Version
    """The version of the content that it was last checked against."""

    id: ItemId
    """Its id."""

    price: Points
    """What it costs, at most 1,000,000 polypoints; 0 for a gift."""

    state: ItemState
    """Whether it can be bought."""

    shows: Set[DetailPart]
    """Which parts of it are sold, at least one."""

    validator: ValidatorId
    """The validator."""


class HintItemDraft(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="hint"
):
    """A hint."""

    kind: ClassVar[Literal["hint"]] = "hint"

    component: ComponentId
    """The submittable in it."""

    content: ContentId
    """The content that it helps with."""

    price: Points
    """What it costs, at most 1,000,000 polypoints; 0 for a gift."""

    text: str
    """What it says, in `CommonMark`, 1 to 10,000 bytes."""


class ValidatorDetailItemDraft(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="validator_detail"
):
    """What a validator of the submittable does, hidden ones too."""

    kind: ClassVar[Literal["validator_detail"]] = "validator_detail"

    component: ComponentId
    """The submittable in it."""

    content: ContentId
    """The content that it helps with."""

    price: Points
    """What it costs, at most 1,000,000 polypoints; 0 for a gift."""

    shows: Set[DetailPart]
    """Which parts of it are sold, at least one."""

    validator: ValidatorId
    """The validator."""


class OfferedItemEvent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="type", tag="offered"
):
    """It was put on sale."""

    type: ClassVar[Literal["offered"]] = "offered"

    at: datetime
    """When."""

    content: ContentId
    """The content that it helps with."""

    item: ItemId
    """The item."""

    price: Points
    """What it costs."""


class UpdatedItemEvent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="type", tag="updated"
):
    """It was written anew."""

    type: ClassVar[Literal["updated"]] = "updated"

    at: datetime
    """When."""

    item: ItemId
    """The item."""

    price: Points
    """What it costs now."""


class RetiredItemEvent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="type", tag="retired"
):
    """It can't be bought any more."""

    type: ClassVar[Literal["retired"]] = "retired"

    at: datetime
    """When."""

    item: ItemId
    """The item."""


class ItemPage(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """A part of a list."""

    items: Sequence[ItemView]
    """The items."""

    next: str | None = None
    """Where the next page starts; none when this is the last."""


class OnSaleItemState(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="on_sale"
):
    """It can."""

    kind: ClassVar[Literal["on_sale"]] = "on_sale"


class RetiredItemState(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="retired"
):
    """Not any more; whoever bought it keeps it."""

    kind: ClassVar[Literal["retired"]] = "retired"

    at: datetime
    """Since when."""


class ItemView(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """An item in a list: everything but what is sold."""

    component: ComponentId
    """The submittable in it."""

    content: ContentId
    """The content that it helps with."""

    item: ItemId
    """The item."""

    kind: str
    """What sort of thing is sold, such as `hint`."""

    price: Points
    """What it costs."""

    bought_at: datetime | None = None
    """When the one who looks bought it, if they did."""


class JudgedAnswer(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """What judging found of an answer of a test."""

    at: datetime
    """When."""

    report: Report
    """What was found."""

    version: Version
    """The version of the question that judged it: the one that was asked, or that of the last
    regrade.
    """


class Judgement(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """The opinion on one validator."""

    hidden: bool
    """Whether the validator is hidden from learners."""

    score: Score
    """The share of the mark that was earned."""

    validator: ValidatorId
    """The validator."""

    verdict: Verdict
    """The opinion."""

    weight: Weight
    """How much it counts."""

    effect: Effect | None = None
    """What it does to the score."""

    evidence: Evidence | None = None
    """What was seen, for validators that ran something."""

    marks: Sequence[Mark] = ()
    """What a person gave, for validators that a person marks."""

    note: str | None = None
    """What is for the author alone: the words of a judging program, or why it gave none."""

    reason: str | None = None
    """Why, in a few words, where the verdict alone does not say."""

    tests: Sequence[TestResult] = ()
    """What came of each test, for validators that are tests."""


class JudgingRules(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """How a submittable is judged, beside its validators."""

    groups: Sequence[ValidatorGroup] = ()
    """The groups that validators are in."""

    hidden: HiddenTold | None = None
    """What learners are told of hidden validators."""

    max_attempts: int | None = None
    """How often a learner may answer, 1 to 1,000 times; without it, as often as they like. An
    answer that we fail to judge does not count.
    """


class PendingJudgingState(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="pending"
):
    """It waits to be judged."""

    kind: ClassVar[Literal["pending"]] = "pending"


class AwaitingReviewJudgingState(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="awaiting_review"
):
    """It waits for a person to mark what programs can't judge."""

    kind: ClassVar[Literal["awaiting_review"]] = "awaiting_review"

    at: datetime
    """Since when."""


class GradedJudgingState(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="graded"
):
    """It was judged."""

    kind: ClassVar[Literal["graded"]] = "graded"

    at: datetime
    """When it was judged."""

    passed: bool
    """Whether every validator passed."""

    score: Score
    """The share of the mark that was earned."""


class UngradableJudgingState(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="ungradable"
):
    """It could not be judged, for a reason that is not the learner's."""

    kind: ClassVar[Literal["ungradable"]] = "ungradable"

    at: datetime
    """When that was found."""


class Level(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """How well a criterion is met."""

    points: int
    """What it gives."""

    text: str
    """What it says, 1 to 2,000 bytes."""


class Limits(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """What one run may use; every limit has a verdict of its own."""

    file_bytes: ByteCount = 16777216
    """Bytes of all files the program leaves or makes, at most 256 MiB."""

    file_count: int = 256
    """How many files and folders the program may have made at one time, at most 10,000."""

    fuel: Fuel | None = None
    """The same limit as exact fuel; where given, it is the one that counts."""

    memory_bytes: ByteCount = 268435456
    """Bytes of linear memory, 1 MiB to 2 GiB, the language's own runtime included."""

    output_bytes: ByteCount = 1048576
    """Bytes written to standard output and standard error together, at most 64 MiB."""

    time_ms: int = 2000
    """Milliseconds of a reference core, 1 to 120,000. It is turned into `Fuel` by the
    language's calibration, so that a verdict never depends on the machine or its load.
    """


class LineRange(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """Lines of a document, counted from 1 over all its files in the order of their names."""

    first: int
    """The first line."""

    last: int
    """The last line, included."""


class ContentLogged(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="subject", tag="content"
):
    """To a content."""

    subject: ClassVar[Literal["content"]] = "content"

    at: datetime
    """When it was recorded."""

    cursor: Cursor
    """Its place; read on from here."""

    id: EventId
    """Its id, by which a consumer tells a redelivery."""

    schema: int
    """The version of the event's schema; schemas only grow."""

    event: ContentEvent


class ModuleLogged(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="subject", tag="module"
):
    """To a module."""

    subject: ClassVar[Literal["module"]] = "module"

    at: datetime
    """When it was recorded."""

    cursor: Cursor
    """Its place; read on from here."""

    id: EventId
    """Its id, by which a consumer tells a redelivery."""

    schema: int
    """The version of the event's schema; schemas only grow."""

    event: ModuleEvent


class SubmissionLogged(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="subject", tag="submission"
):
    """To a submission."""

    subject: ClassVar[Literal["submission"]] = "submission"

    at: datetime
    """When it was recorded."""

    cursor: Cursor
    """Its place; read on from here."""

    id: EventId
    """Its id, by which a consumer tells a redelivery."""

    schema: int
    """The version of the event's schema; schemas only grow."""

    event: SubmissionEvent


class ProgressLogged(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="subject", tag="progress"
):
    """To somebody's progress."""

    subject: ClassVar[Literal["progress"]] = "progress"

    at: datetime
    """When it was recorded."""

    cursor: Cursor
    """Its place; read on from here."""

    id: EventId
    """Its id, by which a consumer tells a redelivery."""

    schema: int
    """The version of the event's schema; schemas only grow."""

    event: ProgressEvent


class ModuleProgressLogged(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="subject", tag="module_progress"
):
    """To somebody's progress in a module."""

    subject: ClassVar[Literal["module_progress"]] = "module_progress"

    at: datetime
    """When it was recorded."""

    cursor: Cursor
    """Its place; read on from here."""

    id: EventId
    """Its id, by which a consumer tells a redelivery."""

    schema: int
    """The version of the event's schema; schemas only grow."""

    event: ModuleProgressEvent


class WalletLogged(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="subject", tag="wallet"
):
    """To a wallet."""

    subject: ClassVar[Literal["wallet"]] = "wallet"

    at: datetime
    """When it was recorded."""

    cursor: Cursor
    """Its place; read on from here."""

    id: EventId
    """Its id, by which a consumer tells a redelivery."""

    schema: int
    """The version of the event's schema; schemas only grow."""

    event: WalletEvent


class ItemLogged(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="subject", tag="item"
):
    """To an item of the shop."""

    subject: ClassVar[Literal["item"]] = "item"

    at: datetime
    """When it was recorded."""

    cursor: Cursor
    """Its place; read on from here."""

    id: EventId
    """Its id, by which a consumer tells a redelivery."""

    schema: int
    """The version of the event's schema; schemas only grow."""

    event: ItemEvent


class PurchaseLogged(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="subject", tag="purchase"
):
    """In the shop."""

    subject: ClassVar[Literal["purchase"]] = "purchase"

    at: datetime
    """When it was recorded."""

    cursor: Cursor
    """Its place; read on from here."""

    id: EventId
    """Its id, by which a consumer tells a redelivery."""

    schema: int
    """The version of the event's schema; schemas only grow."""

    event: PurchaseEvent


class UserLogged(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="subject", tag="user"
):
    """To an account."""

    subject: ClassVar[Literal["user"]] = "user"

    at: datetime
    """When it was recorded."""

    cursor: Cursor
    """Its place; read on from here."""

    id: EventId
    """Its id, by which a consumer tells a redelivery."""

    schema: int
    """The version of the event's schema; schemas only grow."""

    event: UserEvent


class TeamLogged(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="subject", tag="team"
):
    """To a team."""

    subject: ClassVar[Literal["team"]] = "team"

    at: datetime
    """When it was recorded."""

    cursor: Cursor
    """Its place; read on from here."""

    id: EventId
    """Its id, by which a consumer tells a redelivery."""

    schema: int
    """The version of the event's schema; schemas only grow."""

    event: TeamEvent


class TestLogged(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="subject", tag="test"
):
    """To a test."""

    subject: ClassVar[Literal["test"]] = "test"

    at: datetime
    """When it was recorded."""

    cursor: Cursor
    """Its place; read on from here."""

    id: EventId
    """Its id, by which a consumer tells a redelivery."""

    schema: int
    """The version of the event's schema; schemas only grow."""

    event: TestEvent


class CampaignLogged(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="subject", tag="campaign"
):
    """To a campaign."""

    subject: ClassVar[Literal["campaign"]] = "campaign"

    at: datetime
    """When it was recorded."""

    cursor: Cursor
    """Its place; read on from here."""

    id: EventId
    """Its id, by which a consumer tells a redelivery."""

    schema: int
    """The version of the event's schema; schemas only grow."""

    event: CampaignEvent


class CandidateLogged(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="subject", tag="candidate"
):
    """To a candidate."""

    subject: ClassVar[Literal["candidate"]] = "candidate"

    at: datetime
    """When it was recorded."""

    cursor: Cursor
    """Its place; read on from here."""

    id: EventId
    """Its id, by which a consumer tells a redelivery."""

    schema: int
    """The version of the event's schema; schemas only grow."""

    event: CandidateEvent


class AttemptLogged(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="subject", tag="attempt"
):
    """To an attempt."""

    subject: ClassVar[Literal["attempt"]] = "attempt"

    at: datetime
    """When it was recorded."""

    cursor: Cursor
    """Its place; read on from here."""

    id: EventId
    """Its id, by which a consumer tells a redelivery."""

    schema: int
    """The version of the event's schema; schemas only grow."""

    event: AttemptEvent


class ReviewLogged(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="subject", tag="review"
):
    """To a pair of submissions that are alike."""

    subject: ClassVar[Literal["review"]] = "review"

    at: datetime
    """When it was recorded."""

    cursor: Cursor
    """Its place; read on from here."""

    id: EventId
    """Its id, by which a consumer tells a redelivery."""

    schema: int
    """The version of the event's schema; schemas only grow."""

    event: ReviewEvent


class TimelineLogged(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="subject", tag="timeline"
):
    """To the timeline of an answer."""

    subject: ClassVar[Literal["timeline"]] = "timeline"

    at: datetime
    """When it was recorded."""

    cursor: Cursor
    """Its place; read on from here."""

    id: EventId
    """Its id, by which a consumer tells a redelivery."""

    schema: int
    """The version of the event's schema; schemas only grow."""

    event: TimelineEvent


class RegradeLogged(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="subject", tag="regrade"
):
    """To a regrade."""

    subject: ClassVar[Literal["regrade"]] = "regrade"

    at: datetime
    """When it was recorded."""

    cursor: Cursor
    """Its place; read on from here."""

    id: EventId
    """Its id, by which a consumer tells a redelivery."""

    schema: int
    """The version of the event's schema; schemas only grow."""

    event: RegradeEvent


class CertificateLogged(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="subject", tag="certificate"
):
    """To a certificate."""

    subject: ClassVar[Literal["certificate"]] = "certificate"

    at: datetime
    """When it was recorded."""

    cursor: Cursor
    """Its place; read on from here."""

    id: EventId
    """Its id, by which a consumer tells a redelivery."""

    schema: int
    """The version of the event's schema; schemas only grow."""

    event: CertificateEvent


class Mark(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """What a person gave for a criterion."""

    criterion: CriterionId
    """The criterion."""

    points: int
    """The points."""


class Marks(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """What a person gave for a validator that a person marks."""

    marks: Sequence[Mark]
    """One mark for each criterion of its rubric."""

    validator: ValidatorId
    """The validator."""


class Member(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """Somebody in a team, as the others in it see them."""

    since: datetime
    """Since when they are in the team."""

    user: UserId
    """Who."""

    name: str | None = None
    """Their name, if they have an account and show it."""


class Module(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """A module of the catalogue."""

    contents: Sequence[ContentId]
    """The contents in it, in order; each may stand in other modules as well."""

    draft: ModuleDraft
    """What its author wrote."""

    id: ModuleId
    """Its id, over all its versions."""

    modules: Sequence[ModuleId]
    """The modules in it, in order; each may stand in others as well."""

    shelf: Shelf
    """Who sees it."""

    author: UserId | None = None
    """Who made it and chooses who else may edit it; none when the host published it itself."""

    co_authors: Set[UserId] = frozenset()
    """Who else may edit it, at most 50."""


class ModuleDraft(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """What the author of a module writes about it."""

    name: str
    """Its title, 1 to 200 bytes."""

    slug: Slug
    """Its name in addresses, unique among modules."""

    type: ModuleKind
    """What it is for."""

    certificate_lasts: Seconds | None = None
    """How long a certificate for it is good; none when it stays good, or when the module is no
    certification.
    """

    description: str = ""
    """What it is about, in `CommonMark`, at most 20,000 bytes."""

    pass_mark: Score = 1000000
    """The score at which it is passed, in millionths."""

    reward: Points = 0
    """What passing it pays, beside what its contents pay; at most 1,000,000 polypoints."""

    tags: Set[Tag] = frozenset()
    """Its keywords."""


class CreatedModuleEvent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="type", tag="created"
):
    """It was made; only its authors see it."""

    type: ClassVar[Literal["created"]] = "created"

    draft: ModuleDraft
    """What its author wrote."""

    module: ModuleId
    """The module."""

    author: UserId | None = None
    """Whose it is; none for the host's own."""


class PublishedModuleEvent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="type", tag="published"
):
    """It is for everybody to see."""

    type: ClassVar[Literal["published"]] = "published"

    module: ModuleId
    """The module."""


class EditedModuleEvent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="type", tag="edited"
):
    """Its author wrote something else about it."""

    type: ClassVar[Literal["edited"]] = "edited"

    draft: ModuleDraft
    """What its author wrote."""

    module: ModuleId
    """The module."""


class SharedModuleEvent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="type", tag="shared"
):
    """Others may edit it than before."""

    type: ClassVar[Literal["shared"]] = "shared"

    co_authors: Set[UserId]
    """Who may edit it beside its author."""

    module: ModuleId
    """The module."""


class ModulePlacedModuleEvent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="type", tag="module_placed"
):
    """A module was put into it, or moved in it."""

    type: ClassVar[Literal["module_placed"]] = "module_placed"

    child: ModuleId
    """What was put into it."""

    module: ModuleId
    """The module."""

    position: int
    """Where it stands among the modules in it, from 0."""


class ModuleRemovedModuleEvent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="type", tag="module_removed"
):
    """A module was taken out of it."""

    type: ClassVar[Literal["module_removed"]] = "module_removed"

    child: ModuleId
    """What was taken out."""

    module: ModuleId
    """The module."""


class ContentPlacedModuleEvent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="type", tag="content_placed"
):
    """A content was put into it, or moved in it."""

    type: ClassVar[Literal["content_placed"]] = "content_placed"

    content: ContentId
    """What was put into it."""

    module: ModuleId
    """The module."""

    position: int
    """Where it stands among the contents in it, from 0."""


class ContentRemovedModuleEvent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="type", tag="content_removed"
):
    """A content was taken out of it."""

    type: ClassVar[Literal["content_removed"]] = "content_removed"

    content: ContentId
    """What was taken out."""

    module: ModuleId
    """The module."""


class RetiredModuleEvent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="type", tag="retired"
):
    """It was deleted: nobody finds it any more."""

    type: ClassVar[Literal["retired"]] = "retired"

    at: datetime
    """When."""

    module: ModuleId
    """The module."""


class ModuleProgress(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """How far a user has come in a module."""

    contents: int
    """How many contents there were to pass."""

    module: ModuleId
    """The module."""

    paid: Points
    """The polypoints it has paid to the user so far, beside what its contents paid."""

    passed: int
    """How many of its contents were passed."""

    score: Score
    """The mean score over its contents."""

    user: UserId
    """The user."""

    completed_at: datetime | None = None
    """When the module was first passed, if it was."""


class AdvancedModuleProgressEvent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="type", tag="advanced"
):
    """The user has come farther, or the module has other contents than before."""

    type: ClassVar[Literal["advanced"]] = "advanced"

    contents: int
    """How many contents there are to pass."""

    module: ModuleId
    """The module."""

    passed: int
    """How many of its contents are passed."""

    score: Score
    """Its new score."""

    user: UserId
    """The user."""


class CompletedModuleProgressEvent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="type", tag="completed"
):
    """The module was passed for the first time."""

    type: ClassVar[Literal["completed"]] = "completed"

    at: datetime
    """When."""

    module: ModuleId
    """The module."""

    user: UserId
    """The user."""


class RewardedModuleProgressEvent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="type", tag="rewarded"
):
    """The module owes the user more than it has paid."""

    type: ClassVar[Literal["rewarded"]] = "rewarded"

    module: ModuleId
    """The module."""

    points: Points
    """The difference to pay now."""

    total: Points
    """What the module will have paid in all."""

    user: UserId
    """The user."""


class ModuleQuery(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """Which modules are looked for; all but sub-modules unless something is asked."""

    tag: Tag | None = None
    """Only those with this tag."""

    text: str | None = None
    """Only those that have each of these words in their slug, title, description or tags, or words
    that begin with it; upper and lower case are alike, and so are letters with and without
    accents.
    """

    type: ModuleKind | None = None
    """Only those of this kind."""


class ModuleStanding(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """How far somebody has come in a module and in each of its contents."""

    contents: Sequence[Progress]
    """How far in each content in it and in the modules below it."""

    progress: ModuleProgress
    """How far in the module."""


class ModuleSummary(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """A module in a list."""

    id: ModuleId
    """Its id."""

    name: str
    """Its title, 1 to 200 bytes."""

    slug: Slug
    """Its name in addresses, unique among modules."""

    type: ModuleKind
    """What it is for."""

    certificate_lasts: Seconds | None = None
    """How long a certificate for it is good; none when it stays good, or when the module is no
    certification.
    """

    description: str = ""
    """What it is about, in `CommonMark`, at most 20,000 bytes."""

    pass_mark: Score = 1000000
    """The score at which it is passed, in millionths."""

    reward: Points = 0
    """What passing it pays, beside what its contents pay; at most 1,000,000 polypoints."""

    tags: Set[Tag] = frozenset()
    """Its keywords."""


class ModuleSummaryPage(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """A part of a list."""

    items: Sequence[ModuleSummary]
    """The items."""

    next: str | None = None
    """Where the next page starts; none when this is the last."""


class ModuleView(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """A module with what is in it."""

    contents: Sequence[ContentSummary]
    """The published contents in it, in order."""

    id: ModuleId
    """Its id."""

    modules: Sequence[ModuleSummary]
    """The published modules in it, in order."""

    name: str
    """Its title, 1 to 200 bytes."""

    slug: Slug
    """Its name in addresses, unique among modules."""

    type: ModuleKind
    """What it is for."""

    certificate_lasts: Seconds | None = None
    """How long a certificate for it is good; none when it stays good, or when the module is no
    certification.
    """

    description: str = ""
    """What it is about, in `CommonMark`, at most 20,000 bytes."""

    pass_mark: Score = 1000000
    """The score at which it is passed, in millionths."""

    reward: Points = 0
    """What passing it pays, beside what its contents pay; at most 1,000,000 polypoints."""

    tags: Set[Tag] = frozenset()
    """Its keywords."""


class NewCandidate(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """A candidate to add. What is wrong with one line is said of that line."""

    address: str
    """Where the invitation goes."""

    extra_time: ExtraTime = msgspec.field(default_factory=lambda: ExtraTime())
    """What they get on top of the limits that hold for all."""

    name: str = ""
    """Their name, if it is known."""

    tags: Sequence[str] = ()
    """The author's keywords for them."""


class OpenTest(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """A test that is open to somebody."""

    campaign: CampaignId
    """The campaign …"""

    candidate: CandidateId
    """The candidate that they are."""

    name: str
    """… and its title."""

    status: StatusName
    """How far the candidate has come."""

    attempt: AttemptId | None = None
    """The attempt to go on with, if it began."""

    ends_at: datetime | None = None
    """When the campaign closes."""


class OpenTestPage(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """A part of a list."""

    items: Sequence[OpenTest]
    """The items."""

    next: str | None = None
    """Where the next page starts; none when this is the last."""


class OpenedQuestion(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """A question that was opened."""

    at: datetime
    """When it was first opened."""

    answered_at: datetime | None = None
    """When an answer to it was last saved or submitted by the candidate."""

    due: datetime | None = None
    """When its own time is up, if it has a limit."""

    parts: Mapping[str, Part] = msgspec.field(default_factory=dict)
    """What was answered so far."""


class Outcome(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """What came of a submission, as its learner may see it."""

    awarded: Points
    """The polypoints that this submission earned now: none when it was judged before."""

    balance: Points
    """The polypoints that the learner has now."""

    feedback: Feedback
    """What the learner is told."""

    progress: Progress
    """How far the learner has come in the content now."""

    submission: SubmissionView
    """The submission and its grade."""


class PageRequest(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """A part of a list to read."""

    after: str | None = None
    """Where the page before ended; none for the first."""

    limit: int = 20
    """The most items wanted, 1 to 100."""


class Pair(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """Two submissions, the one with the smaller id first."""

    one: SubmissionId
    """The one."""

    other: SubmissionId
    """The other."""


class Part(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """What was answered to one submittable of a question."""

    revision: int
    """How often an answer was saved or submitted."""

    submitted: Submitted | None = None
    """The newest submission; it is the one that counts."""


class PartView(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """What was answered to one submittable."""

    component: ComponentId
    """The submittable."""

    revision: int
    """How often an answer was saved or submitted; the next save names it."""

    answer: Answer | None = None
    """The newest answer."""

    submitted: int | None = None
    """Which of them was submitted last, if any was."""


class Pass(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """That somebody passed a module."""

    at: datetime
    """When."""

    module: ModuleId
    """Which module …"""

    module_version: Version
    """… as it was then."""

    pass_mark: Score
    """The grade that was needed."""

    score: Score
    """The grade."""

    user: UserId
    """Who."""


class Pool(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """Questions of which all, or so many, are asked."""

    questions: Sequence[Question]
    """The questions, in order."""

    draw: Draw = msgspec.field(default_factory=lambda: AllDraw())
    """How many of the questions each candidate gets."""


class PracticeStatistics(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """A learner's practice in a few numbers."""

    completed: int
    """How many of them were passed."""

    earned: Points
    """The polypoints that were ever earned."""

    spent: Points
    """The polypoints that were ever spent."""

    tried: int
    """How many contents were ever answered and judged."""


class Problem(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """One broken rule, and the field that breaks it."""

    field: str
    """The path of the field, such as `component.validators[2].weight`."""

    message: str
    """What is wrong, and the limit where there is one."""


class Profile(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """An issuer, as a `Profile`."""

    id: str
    """The issuer's own address or identifier, a URI."""

    name: str
    """The issuer's name."""

    type: Sequence[str]
    """What it is."""


class Program(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """A program to run."""

    files: Mapping[str, str]
    """Its source files."""

    language: LanguageId
    """The language it is written in."""

    entry: FileName | None = None
    """The file that is run; without it the language's usual one (`main.py`, `main.js` …), or
    else the only file there is.
    """


class Progress(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """How far a user has come in a content."""

    best: Mapping[str, Score]
    """The best score so far of each submittable that was answered."""

    content: ContentId
    """The content."""

    paid: Points
    """The polypoints it has paid to the user so far."""

    score: Score
    """The content's score: the weighted mean over all its submittables."""

    user: UserId
    """The user."""

    completed_at: datetime | None = None
    """When the content was first passed, if it was."""


class AdvancedProgressEvent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="type", tag="advanced"
):
    """A submittable was answered better than ever before."""

    type: ClassVar[Literal["advanced"]] = "advanced"

    best: Score
    """Its new best score."""

    component: ComponentId
    """The submittable."""

    content: ContentId
    """The content."""

    score: Score
    """The content's new score."""

    user: UserId
    """The user."""


class ReadProgressEvent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="type", tag="read"
):
    """A content that asks for no answers was read."""

    type: ClassVar[Literal["read"]] = "read"

    content: ContentId
    """The content."""

    user: UserId
    """The user."""


class CompletedProgressEvent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="type", tag="completed"
):
    """The content was passed for the first time."""

    type: ClassVar[Literal["completed"]] = "completed"

    at: datetime
    """When."""

    content: ContentId
    """The content."""

    user: UserId
    """The user."""


class RewardedProgressEvent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="type", tag="rewarded"
):
    """The content owes the user more than it has paid."""

    type: ClassVar[Literal["rewarded"]] = "rewarded"

    content: ContentId
    """The content."""

    points: Points
    """The difference to pay now."""

    total: Points
    """What the content will have paid in all."""

    user: UserId
    """The user."""


class PublicTeam(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """A team as everybody sees it."""

    members: int
    """How many members it has."""

    points: Points
    """The polypoints of its members together."""

    profile: TeamProfile
    """What it says about itself."""

    rank: int
    """Its place in the ranking of teams."""

    team: TeamId
    """The team."""


class PublicTeamPage(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """A part of a list."""

    items: Sequence[PublicTeam]
    """The items."""

    next: str | None = None
    """Where the next page starts; none when this is the last."""


class PublicUser(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """What others may see of a user."""

    points: Points
    """The polypoints."""

    rank: int
    """The place in the ranking of users."""

    user: UserId
    """The account."""

    about: str = ""
    """Something about the user."""

    name: str | None = None
    """The name; none when the account was deleted, or is the host's alone."""


class PublicUserPage(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """A part of a list."""

    items: Sequence[PublicUser]
    """The items."""

    next: str | None = None
    """Where the next page starts; none when this is the last."""


class Purchase(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """That a user bought an item. It stays the user's at the price that was paid, however the item
    is edited afterwards.
    """

    at: datetime
    """When."""

    item: ItemId
    """What."""

    price: Points
    """For how much."""

    user: UserId
    """Who bought."""

    entry: EntryId | None = None
    """The line of the ledger that paid for it; none for a gift."""


class PurchasedPurchaseEvent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="type", tag="purchased"
):
    """A user bought an item."""

    type: ClassVar[Literal["purchased"]] = "purchased"

    purchase: Purchase
    """The purchase."""


class PurchasePage(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """A part of a list."""

    items: Sequence[Purchase]
    """The items."""

    next: str | None = None
    """Where the next page starts; none when this is the last."""


class Question(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """A content that is asked."""

    content: ContentId
    """The content; asked once in a test."""

    version: Version
    """The version of it that is asked."""

    points: Weight = 1
    """How much it counts beside the others; 1 unless the author says otherwise, so that the
    grade is the plain average until points are set.
    """

    time_limit: Seconds | None = None
    """How long it may take from when it is first opened, 5 seconds to 7 days."""


class ChoiceQuestionAnswer(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="choice"
):
    """Chosen options."""

    kind: ClassVar[Literal["choice"]] = "choice"

    selected: Set[OptionId]
    """The options."""


class TextQuestionAnswer(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="text"
):
    """A few words."""

    kind: ClassVar[Literal["text"]] = "text"

    text: str
    """The words."""


class NumberQuestionAnswer(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="number"
):
    """A number."""

    kind: ClassVar[Literal["number"]] = "number"

    value: str
    """The number as it was written."""


class QuestionPlace(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """A question of an attempt: its place and its clock, and what was answered."""

    content: ContentId
    """The content that is asked."""

    parts: Sequence[PartView]
    """What was answered."""

    points: Weight
    """How much it counts beside the others."""

    due: datetime | None = None
    """When its own time is up."""

    opened_at: datetime | None = None
    """When it was opened, if it was."""

    time_limit: Seconds | None = None
    """How long it may take from when it is opened, with the candidate's extra time."""


class QuestionReport(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """One question of one candidate beside the others'."""

    content: ContentId
    """The question."""

    beside_mean: float | None = None
    """The candidate's share less the mean share of everybody who was given it."""

    score: Score | None = None
    """The grade; none when it was not answered."""


class QuestionResult(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """How a candidate did in a question they were given."""

    score: Score | None = None
    """The grade; none when it was not answered, which counts as nothing once the test is
    finished.
    """

    time_used: Seconds | None = None
    """How long the candidate worked on it."""


class QuestionStatistics(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """How one question did, over those who finished and were given it. An unanswered question
    counts as nothing.
    """

    content: ContentId
    """The question."""

    n: int
    """How many were given it."""

    unanswered: int
    """How many of them did not answer it."""

    corrected_item_total: float | None = None
    """The corrected item-total correlation (Henrysson 1963): the same with the share of all
    *other* questions, so that the question is not compared with itself.
    """

    difficulty: float | None = None
    """The difficulty index p: the mean share of the question's points, from 0 (nobody got any)
    to 1 (everybody got all), so that a greater number is an easier question.
    """

    item_total: float | None = None
    """The item-total correlation: Pearson's correlation of the question's share with the share
    of the whole test, which for a right-or-wrong question is the point-biserial. None when
    either does not vary.
    """

    time_used: Distribution | None = None
    """How long candidates worked on it, in seconds."""


class QuestionView(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """A question that was opened."""

    content: ContentView
    """What is asked, at the version that is judged."""

    place: QuestionPlace
    """Its place and its clock, and what was answered."""


class ChoiceQuizQuestion(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="choice"
):
    """By choosing options."""

    kind: ClassVar[Literal["choice"]] = "choice"

    id: QuestionId
    """Its name, unique in the quiz."""

    question: str
    """The question, in `CommonMark`."""

    options: Sequence[ChoiceOption]
    """What can be chosen, 2 to 50 options."""

    choose: Choose = Choose.ONE
    """How many options may be chosen."""


class TextQuizQuestion(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="text"
):
    """By a few words."""

    kind: ClassVar[Literal["text"]] = "text"

    id: QuestionId
    """Its name, unique in the quiz."""

    question: str
    """The question, in `CommonMark`."""


class NumberQuizQuestion(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="number"
):
    """By a number."""

    kind: ClassVar[Literal["number"]] = "number"

    id: QuestionId
    """Its name, unique in the quiz."""

    question: str
    """The question, in `CommonMark`."""

    unit: str | None = None
    """What it is counted in, such as `kg`."""


class Registration(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """An account to make."""

    profile: UserProfile
    """What the user says about themselves."""

    user: UserId
    """The id that the host gives."""

    settings: Settings = msgspec.field(default_factory=lambda: Settings())
    """How they want the product to be."""


class Regrade(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """The judging again of what was answered to older versions of a content."""

    content: ContentId
    """The content."""

    counts: RegradeCounts
    """What came of the submissions so far."""

    from_: Version = msgspec.field(name="from")
    """The oldest version whose submissions are judged again."""

    id: RegradeId
    """Its id."""

    status: RegradeStatus
    """How far it has come."""

    to: Version
    """The version that they are judged by."""

    by: UserId | None = None
    """Who asked for it, if it was a person."""

    campaign: CampaignId | None = None
    """The campaign whose candidates answered it as a question of their test; none for practice."""


class RegradeCounts(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """What came of the submissions that a regrade passed."""

    failed: int
    """We failed to judge them: they keep their grade."""

    left_out: int
    """They have no grade yet, or the new version can't judge them."""

    lowered: int
    """Their score is lower now."""

    raised: int
    """Their score is higher now."""

    same: int
    """Their score is what it was."""


class StartedRegradeEvent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="type", tag="started"
):
    """It began."""

    type: ClassVar[Literal["started"]] = "started"

    regrade: Regrade
    """The regrade as it begins."""


class PassedRegradeEvent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="type", tag="passed"
):
    """It passed a submission."""

    type: ClassVar[Literal["passed"]] = "passed"

    outcome: RegradeOutcome
    """What came of it."""

    regrade: RegradeId
    """The regrade."""

    submission: SubmissionId
    """The submission."""


class FinishedRegradeEvent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="type", tag="finished"
):
    """No submission is left."""

    type: ClassVar[Literal["finished"]] = "finished"

    at: datetime
    """When."""

    regrade: RegradeId
    """The regrade."""


class RegradePage(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """A part of a list."""

    items: Sequence[Regrade]
    """The items."""

    next: str | None = None
    """Where the next page starts; none when this is the last."""


class RunningRegradeStatus(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="running"
):
    """It goes on."""

    kind: ClassVar[Literal["running"]] = "running"

    after: SubmissionId | None = None
    """The last submission it passed."""


class FinishedRegradeStatus(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="finished"
):
    """It is done."""

    kind: ClassVar[Literal["finished"]] = "finished"

    at: datetime
    """When."""


class RegradedSubmission(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """Both grades of a submission that was judged again."""

    after: Grade
    """The grade it got."""

    before: Grade
    """The grade it had."""

    regrade: RegradeId
    """The regrade."""

    submission: SubmissionId
    """The submission."""

    attempt: AttemptId | None = None
    """The attempt that it belongs to; none in practice."""


class RegradedSubmissionPage(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """A part of a list."""

    items: Sequence[RegradedSubmission]
    """The items."""

    next: str | None = None
    """Where the next page starts; none when this is the last."""


class Reliability(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """How far the test measures one thing."""

    alpha: float
    """Cronbach's alpha (1951): `k / (k − 1) · (1 − Σ variance of question / variance of total)`
    with sample variances of points. At most 1; it can be below 0.
    """

    n: int
    """Over how many candidates it was computed."""

    questions: int
    """Over how many questions: those that all of these candidates were given."""


class Remark(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """What a person says about a criterion."""

    criterion: CriterionId
    """The criterion of its rubric."""

    text: str
    """The remark, at most 10,000 bytes."""

    validator: ValidatorId
    """The validator."""


class Report(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """The judgements on all validators of a submittable, and what they come to."""

    judgements: Sequence[Judgement]
    """One judgement per validator, in the author's order."""

    score: Score
    """The weighted mean of the validators' scores, with bonuses and penalties."""

    verdict: Verdict
    """Passed when every validator passed, bonuses aside; else the verdict of the first that did
    not, unless we failed or a person has to look first.
    """

    diagnostics: str | None = None
    """The compiler's words, when the program is not valid in its language."""

    told: HiddenTold | None = None
    """What learners are told of hidden validators."""


class ResultRow(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """A candidate of a campaign and how they did. It is made for reading, and holds the name."""

    candidate: CandidateId
    """The candidate."""

    status: StatusName
    """How far the candidate has come."""

    finished_at: datetime | None = None
    """When the test was submitted or closed."""

    name: str = ""
    """The name to show; empty when it was erased."""

    questions: Mapping[str, QuestionResult] = msgspec.field(default_factory=dict)
    """The questions that the candidate was given, and how each was answered."""

    score: Score | None = None
    """The grade of the whole test; none before it is graded."""

    started_at: datetime | None = None
    """When the test was started."""

    tags: Set[Tag] = frozenset()
    """The keywords that the creator gave the candidate."""

    time_used: Seconds | None = None
    """How long the candidate worked."""


class ResultRowPage(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """A part of a list."""

    items: Sequence[ResultRow]
    """The items."""

    next: str | None = None
    """Where the next page starts; none when this is the last."""


class Review(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """Two submissions that were found alike, and what a person made of it. A grade never follows
    from it by itself.
    """

    containment: Score
    """How much of the shorter is in the longer."""

    content: ContentId
    """What they answer."""

    pair: Pair
    """The submissions."""

    resemblance: Score
    """How alike they are as wholes."""

    status: ReviewStatus
    """What a person made of it."""

    campaign: CampaignId | None = None
    """The campaign in which it was asked; none for practice."""


class MeasuredReviewEvent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="type", tag="measured"
):
    """The submissions were found alike, or measured anew."""

    type: ClassVar[Literal["measured"]] = "measured"

    at: datetime
    """When."""

    containment: Score
    """How much of the shorter is in the longer."""

    content: ContentId
    """What they answer."""

    pair: Pair
    """The submissions."""

    resemblance: Score
    """How alike they are as wholes."""

    campaign: CampaignId | None = None
    """The campaign in which it was asked; none for practice."""


class DismissedReviewEvent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="type", tag="dismissed"
):
    """A person said that they are alike for a good reason."""

    type: ClassVar[Literal["dismissed"]] = "dismissed"

    at: datetime
    """When."""

    by: UserId
    """Who."""

    pair: Pair
    """The submissions."""


class ConfirmedReviewEvent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="type", tag="confirmed"
):
    """A person said that they were copied."""

    type: ClassVar[Literal["confirmed"]] = "confirmed"

    at: datetime
    """When."""

    by: UserId
    """Who."""

    pair: Pair
    """The submissions."""


class ReopenedReviewEvent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="type", tag="reopened"
):
    """A person took the opinion back."""

    type: ClassVar[Literal["reopened"]] = "reopened"

    at: datetime
    """When."""

    by: UserId
    """Who."""

    pair: Pair
    """The submissions."""


class ReviewPage(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """A part of a list."""

    items: Sequence[Review]
    """The items."""

    next: str | None = None
    """Where the next page starts; none when this is the last."""


class UnreviewedReviewStatus(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="unreviewed"
):
    """Nobody looked yet."""

    kind: ClassVar[Literal["unreviewed"]] = "unreviewed"


class DismissedReviewStatus(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="dismissed"
):
    """They are alike for a good reason."""

    kind: ClassVar[Literal["dismissed"]] = "dismissed"

    at: datetime
    """When."""

    by: UserId
    """Who says so."""


class ConfirmedReviewStatus(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="confirmed"
):
    """One was copied, or both from one source."""

    kind: ClassVar[Literal["confirmed"]] = "confirmed"

    at: datetime
    """When."""

    by: UserId
    """Who says so."""


class ReviewSubmission(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """What a person makes of a submission."""

    marks: Sequence[Marks]
    """The marks for each validator that waits for them."""

    submission: SubmissionId
    """The submission."""

    comment: str = ""
    """What the learner is told about the whole."""

    remarks: Sequence[Remark] = ()
    """What the learner is told about single criteria."""


class ReviewTask(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """A submission that waits for a person; gone when it has its grade."""

    component: ComponentId
    """The submittable in it."""

    content: ContentId
    """What was answered."""

    submission: SubmissionId
    """The submission."""


class ReviewTaskPage(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """A part of a list."""

    items: Sequence[ReviewTask]
    """The items."""

    next: str | None = None
    """Where the next page starts; none when this is the last."""


class Roster(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """Who belongs to a team."""

    captain: UserId
    """Who leads it: always one of its members."""

    invited: Mapping[str, datetime]
    """Who is invited, and when the invitation lapses."""

    members: Mapping[str, datetime]
    """Everybody in it, the captain too, and since when."""


class RowOrder(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """In what order rows are wanted. Rows that have nothing in the column come last in either
    direction, and equal ones follow each other by the candidate's id.
    """

    by: Column
    """The column."""

    direction: Direction = Direction.ASCENDING
    """Which way."""


class RunFeedback(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """What a learner's program did."""

    ending: Ending
    """How the run ended."""

    fuel: Fuel
    """Work done."""

    peak_memory: ByteCount
    """The most linear memory in use."""

    stderr: Excerpt
    """The beginning of standard error."""

    stdout: Excerpt
    """The beginning of standard output."""

    returned: Excerpt | None = None
    """The beginning of the JSON text that the called function returned."""


class RunProgram(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """A program to run once."""

    program: Program
    """The program."""

    args: Sequence[str] = ()
    """The arguments given to the program."""

    collect: Sequence[FileName] = ()
    """Names of files to report if the program leaves them behind."""

    files: Mapping[str, str] = msgspec.field(default_factory=dict)
    """Files laid beside the program before it starts."""

    limits: Limits = msgspec.field(default_factory=lambda: Limits())
    """What the run may use."""

    stdin: str = ""
    """The text given on standard input, which then ends."""


class RunResult(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """What a program did when it was run once."""

    fuel: Fuel
    """Work done: the same in every run of the same program with the same input."""

    peak_memory: ByteCount
    """The most linear memory in use."""

    stderr: str
    """Everything written to standard error, in the same way."""

    stdout: str
    """Everything written to standard output; bytes that are not UTF-8 are shown as U+FFFD."""

    verdict: Verdict
    """Passed when it ended by itself with exit code 0."""

    wall_us: int
    """Time on the wall in microseconds; differs from run to run."""

    diagnostics: str | None = None
    """The compiler's words, when the program is not valid in its language; it never ran then."""

    ending: Ending | None = None
    """How the run ended, if it ran."""

    files: Mapping[str, str] = msgspec.field(default_factory=dict)
    """The files asked for that the program left behind, in the same way."""

    reason: str | None = None
    """Why, in a few words, where the verdict alone does not say."""


class RunValidator(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """An answer to try against one visible validator."""

    answer: Answer
    """The answer."""

    component: ComponentId
    """The submittable in it."""

    content: ContentId
    """The content."""

    validator: ValidatorId
    """The validator."""


class Sample(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """An answer and the verdict it should get."""

    answer: Answer
    """The answer."""

    component: ComponentId
    """The submittable that it answers."""

    name: str
    """Its folder or file below `submissions/<verdict>/`."""

    verdict: Verdict
    """The verdict it should get."""


class SaveAnswer(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """An answer to save without submitting it."""

    revision: int
    """The revision that it was made from, 0 before the first."""

    to: AnswerTo
    """The answer."""


class SavedDraft(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """What the author of a content wrote and did not publish yet."""

    content: ContentId
    """The content."""

    draft: ContentDraft
    """What was written so far; it may break rules that a published content keeps."""

    saved_at: datetime
    """When it was saved."""

    based_on: Version | None = None
    """The published version that it was begun on, if there was one."""


class ScoreBounds(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """The least and the most that is wanted, both included. A row that has nothing there is left
    out as soon as one of them is given.
    """

    max: Score | None = None
    """The most."""

    min: Score | None = None
    """The least."""


class SecondsBounds(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """The least and the most that is wanted, both included. A row that has nothing there is left
    out as soon as one of them is given.
    """

    max: Seconds | None = None
    """The most."""

    min: Seconds | None = None
    """The least."""


class SentInvitation(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """An invitation to be mailed. It is given out this once: only a hash of its token is kept."""

    address: Address
    """… and where the mail goes."""

    campaign: CampaignId
    """… to what …"""

    candidate: CandidateId
    """Who is invited …"""

    expires_at: datetime
    """Until when."""

    name: str
    """… by which name, empty when it is not known …"""

    sent: int
    """How many invitations they were sent, with this one."""

    token: str
    """What the link in the mail holds: whoever has it can accept or decline."""


class Settings(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """How a user wants the product to be."""

    locale: Locale = "en"
    """The language of pages and mails."""

    notices: Notices = Notices.ALL
    """Which mails are wanted, beside those that have to be sent."""

    visibility: ProfileVisibility = ProfileVisibility.EVERYBODY
    """Who may see the profile and the place in the ranking."""


class DraftShelf(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="draft"
):
    """Its authors only."""

    kind: ClassVar[Literal["draft"]] = "draft"


class PublishedShelf(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="published"
):
    """Everybody."""

    kind: ClassVar[Literal["published"]] = "published"


class RetiredShelf(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="retired"
):
    """Nobody finds it any more; what was done with it stays."""

    kind: ClassVar[Literal["retired"]] = "retired"

    at: datetime
    """Since when."""


class Similarity(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """How alike two submissions are."""

    containment: Score
    """The share of fingerprints in common among those of the one that has fewer, by which pairs
    are ordered: a copy inside a longer program stands out too (Broder's containment, 1997).
    """

    pair: Pair
    """The submissions."""

    resemblance: Score
    """The share of fingerprints in common among all that either has (Jaccard's index)."""

    spans: Sequence[Span]
    """Where they are alike."""


class SimilaritySearch(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """How submissions are compared."""

    least: Score = 500000
    """The least containment of a pair that is worth a look."""

    least_tokens: int = 30
    """The least tokens of its own that a submission must have: about less, nothing can be said."""

    most_pairs: int = 1000
    """The most pairs wanted, the most alike first; 1 to 100,000."""

    winnowing: Winnowing = msgspec.field(default_factory=lambda: Winnowing(gram=10, window=8))
    """How finely."""


class Span(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """A run of tokens that two documents have in common."""

    one: LineRange
    """Where it stands in the one."""

    other: LineRange
    """Where it stands in the other."""

    tokens: int
    """How many tokens it has."""


class Starter(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """What a learner starts from in one language."""

    entry: FileName | None = None
    """The file that is run; without it the language's usual one."""

    files: Mapping[str, str] = msgspec.field(default_factory=dict)
    """The files the editor opens with."""

    fixed: Mapping[str, str] = msgspec.field(default_factory=dict)
    """Files that are part of every program and that a learner can't change."""


class Submission(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """The life of a submission. The answer and the report are documents stored beside it."""

    component: ComponentId
    """The submittable in the content."""

    content: ContentId
    """What was answered …"""

    content_version: Version
    """… as it was then: the submission is judged by this version, however the content is edited."""

    id: SubmissionId
    """Its id."""

    received_at: datetime
    """When it arrived."""

    status: SubmissionStatus
    """How far it has come."""

    user: UserId
    """Who answered."""


class ReceivedSubmissionEvent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="type", tag="received"
):
    """It arrived."""

    type: ClassVar[Literal["received"]] = "received"

    submission: Submission
    """The submission as it begins its life."""


class GradedSubmissionEvent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="type", tag="graded"
):
    """It was judged."""

    type: ClassVar[Literal["graded"]] = "graded"

    at: datetime
    """When it was judged."""

    fuel: Fuel
    """All the work of judging it."""

    score: Score
    """The share of the mark that was earned."""

    submission: SubmissionId
    """The submission."""

    verdict: Verdict
    """The opinion on the whole."""


class SentToReviewSubmissionEvent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="type", tag="sent_to_review"
):
    """It was judged as far as programs can; a person has to mark the rest."""

    type: ClassVar[Literal["sent_to_review"]] = "sent_to_review"

    at: datetime
    """When."""

    submission: SubmissionId
    """The submission."""


class ReviewedSubmissionEvent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="type", tag="reviewed"
):
    """A person marked it; its grade follows."""

    type: ClassVar[Literal["reviewed"]] = "reviewed"

    at: datetime
    """When."""

    by: UserId
    """Who marked it."""

    submission: SubmissionId
    """The submission."""


class RegradedSubmissionEvent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="type", tag="regraded"
):
    """It was judged again, by a newer version of its content; the grade before is kept in the
    regrade.
    """

    type: ClassVar[Literal["regraded"]] = "regraded"

    at: datetime
    """When it was judged."""

    content_version: Version
    """The version of the content that it is judged by now."""

    fuel: Fuel
    """All the work of judging it."""

    regrade: RegradeId
    """The regrade."""

    score: Score
    """The share of the mark that was earned."""

    submission: SubmissionId
    """The submission."""

    verdict: Verdict
    """The opinion on the whole."""


class FoundUngradableSubmissionEvent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="type", tag="found_ungradable"
):
    """We could not judge it."""

    type: ClassVar[Literal["found_ungradable"]] = "found_ungradable"

    at: datetime
    """When that was found."""

    submission: SubmissionId
    """The submission."""


class SubmissionPage(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """A part of a list."""

    items: Sequence[SubmissionView]
    """The items."""

    next: str | None = None
    """Where the next page starts; none when this is the last."""


class PendingSubmissionStatus(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="pending"
):
    """It waits to be judged."""

    kind: ClassVar[Literal["pending"]] = "pending"


class AwaitingReviewSubmissionStatus(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="awaiting_review"
):
    """It was judged as far as programs can, and waits for a person to mark the rest."""

    kind: ClassVar[Literal["awaiting_review"]] = "awaiting_review"

    at: datetime
    """Since when."""


class GradedSubmissionStatus(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="graded"
):
    """It was judged."""

    kind: ClassVar[Literal["graded"]] = "graded"

    at: datetime
    """When it was judged."""

    fuel: Fuel
    """All the work of judging it."""

    score: Score
    """The share of the mark that was earned."""

    verdict: Verdict
    """The opinion on the whole."""


class UngradableSubmissionStatus(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="ungradable"
):
    """We could not judge it, for a reason of ours; it costs no attempt and can be graded later."""

    kind: ClassVar[Literal["ungradable"]] = "ungradable"

    at: datetime
    """When that was found."""


class SubmissionView(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """A submission as its learner sees it. `Feedback`(crate::judging::Feedback) has the verdict
    that learners may know.
    """

    component: ComponentId
    """The submittable in the content."""

    content: ContentId
    """What was answered …"""

    content_version: Version
    """… as it was then."""

    id: SubmissionId
    """Its id."""

    judging: JudgingState
    """How far judging has come."""

    received_at: datetime
    """When it arrived."""

    user: UserId
    """Who answered."""


class Submit(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """An answer to a submittable."""

    answer: Answer
    """The answer."""

    component: ComponentId
    """The submittable in it."""

    content: ContentId
    """The content."""

    user: UserId
    """Who answers."""

    id: SubmissionId | None = None
    """The submission's id where the caller chooses it: a UUID v7 that was never given before. An
    answer that is sent again with its id is taken once, whatever became of the first reply.
    """


class Submitted(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """An answer that was submitted."""

    revision: int
    """Which revision of the answer it is."""

    submission: SubmissionId
    """The submission."""

    score: Score | None = None
    """What it earned, once it is judged."""


class Summary(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """A campaign in a few numbers. Scores are shares from 0 to 1, times are in seconds; both are
    of those who finished only.
    """

    candidates: int
    """How many candidates there are."""

    finished: int
    """How many finished."""

    score_histogram: Sequence[Bin]
    """The grades in ten bins from 0 to 1."""

    statuses: Mapping[str, int]
    """How many are at each step."""

    time_histogram: Sequence[Bin]
    """How long candidates worked, in ten bins from 0 to the longest; none when nobody did."""

    completion_rate: float | None = None
    """The share of those who finished among those who neither declined nor were cancelled; none
    when there is nobody.
    """

    score: Distribution | None = None
    """The grades."""

    time_used: Distribution | None = None
    """How long candidates worked."""


class Team(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """A team. Its name and description stand in a
    `TeamProfile`(crate::people::TeamProfile) beside it.
    """

    id: TeamId
    """Its id."""

    max_members: int
    """The most members it may have, its captain included."""

    state: TeamState
    """Whether it still exists, and who is in it."""


class TeamCard(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """What a team says about itself."""

    profile: TeamProfile
    """What it says."""

    team: TeamId
    """The team."""


class CreatedTeamEvent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="type", tag="created"
):
    """It began."""

    type: ClassVar[Literal["created"]] = "created"

    at: datetime
    """When."""

    team: Team
    """The team as it begins its life."""


class UpdatedTeamEvent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="type", tag="updated"
):
    """Its profile was written anew."""

    type: ClassVar[Literal["updated"]] = "updated"

    at: datetime
    """When."""

    team: TeamId
    """The team."""


class DissolvedTeamEvent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="type", tag="dissolved"
):
    """It ended."""

    type: ClassVar[Literal["dissolved"]] = "dissolved"

    at: datetime
    """When."""

    members: Set[UserId]
    """Who was in it, so that they can be told."""

    team: TeamId
    """The team."""


class InvitedTeamEvent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="type", tag="invited"
):
    """A user was invited."""

    type: ClassVar[Literal["invited"]] = "invited"

    at: datetime
    """When."""

    lapses_at: datetime
    """From when on it can't be accepted any more."""

    team: TeamId
    """The team."""

    user: UserId
    """Who was invited."""


class InvitationWithdrawnTeamEvent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="type", tag="invitation_withdrawn"
):
    """The captain took an invitation back."""

    type: ClassVar[Literal["invitation_withdrawn"]] = "invitation_withdrawn"

    team: TeamId
    """The team."""

    user: UserId
    """Who was invited."""


class InvitationLapsedTeamEvent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="type", tag="invitation_lapsed"
):
    """An invitation was not answered in time."""

    type: ClassVar[Literal["invitation_lapsed"]] = "invitation_lapsed"

    team: TeamId
    """The team."""

    user: UserId
    """Who was invited."""


class RejectedTeamEvent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="type", tag="rejected"
):
    """An invited user did not want to join."""

    type: ClassVar[Literal["rejected"]] = "rejected"

    team: TeamId
    """The team."""

    user: UserId
    """Who was invited."""


class JoinedTeamEvent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="type", tag="joined"
):
    """An invited user joined."""

    type: ClassVar[Literal["joined"]] = "joined"

    at: datetime
    """When."""

    team: TeamId
    """The team."""

    user: UserId
    """Who joined."""


class KickedTeamEvent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="type", tag="kicked"
):
    """The captain sent a member away."""

    type: ClassVar[Literal["kicked"]] = "kicked"

    team: TeamId
    """The team."""

    user: UserId
    """Who was sent away."""


class LeftTeamEvent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="type", tag="left"
):
    """A member left."""

    type: ClassVar[Literal["left"]] = "left"

    team: TeamId
    """The team."""

    user: UserId
    """Who left."""


class CaptaincyHandedOverTeamEvent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="type", tag="captaincy_handed_over"
):
    """Another member leads it now."""

    type: ClassVar[Literal["captaincy_handed_over"]] = "captaincy_handed_over"

    from_: UserId = msgspec.field(name="from")
    """Who led it before."""

    team: TeamId
    """The team."""

    to: UserId
    """Who leads it now."""


class TeamInvitation(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """An invitation to a team, as the invited user sees it."""

    lapses_at: datetime
    """From when on the invitation can't be accepted any more."""

    profile: TeamProfile
    """What it says about itself."""

    team: TeamId
    """The team."""


class TeamInvitationPage(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """A part of a list."""

    items: Sequence[TeamInvitation]
    """The items."""

    next: str | None = None
    """Where the next page starts; none when this is the last."""


class TeamProfile(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """What a captain tells about a team."""

    name: str
    """Its name, 1 to 100 characters."""

    description: str = ""
    """What it is about, at most 2,000 characters."""


class ActiveTeamState(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="active"
):
    """It does."""

    kind: ClassVar[Literal["active"]] = "active"


class DissolvedTeamState(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="dissolved"
):
    """It was dissolved, and nothing can be done with it any more."""

    kind: ClassVar[Literal["dissolved"]] = "dissolved"

    at: datetime
    """When."""


class TeamView(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """A team as those in it see it."""

    max_members: int
    """The most members it may have."""

    members: Sequence[Member]
    """Everybody in it, in the order of their ids."""

    points: Points
    """The polypoints of its members together."""

    profile: TeamProfile
    """What it says about itself."""

    team: TeamId
    """The team."""

    captain: UserId | None = None
    """Who leads it; none when it was dissolved."""

    dissolved_at: datetime | None = None
    """When it was dissolved, if it was."""

    invited: Sequence[Invited] = ()
    """Who is invited, which only the captain sees."""


class Test(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """A module that evaluates."""

    author: UserId
    """Whose it is."""

    draft: TestDraft
    """What its author wrote."""

    id: TestId
    """Its id, over all its versions."""

    deleted_at: datetime | None = None
    """When it was deleted, if it was; its versions stay for those who sat it."""


class TestAnswer(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """An answer that a candidate submitted. It is judged by the version of the question that the
    test pins, and earns no polypoints.
    """

    answer: Answer
    """The answer."""

    attempt: AttemptId
    """The attempt …"""

    campaign: CampaignId
    """… and its campaign."""

    component: ComponentId
    """The submittable in it."""

    question: ContentId
    """The question …"""

    received_at: datetime
    """When it arrived, or was collected at the end."""

    submission: SubmissionId
    """The submission."""

    user: UserId
    """Who answered."""

    version: Version
    """… as it was asked."""

    judged: JudgedAnswer | None = None
    """What judging found, once it is judged."""


class TestDraft(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """What the author of a test writes."""

    name: str
    """Its title, 1 to 200 bytes."""

    pools: Sequence[Pool]
    """Where the questions come from, 1 to 50 pools with at most 500 questions in all."""

    description: str = ""
    """What somebody reads before they start, in `CommonMark`, at most 20,000 bytes."""

    order: Order = Order.AUTHORED
    """In which order the questions are asked."""

    tags: Set[Tag] = frozenset()
    """Its keywords."""

    time_limit: Seconds | None = None
    """How long the whole test may take, 10 seconds to 7 days; without it there is no such limit."""


class PublishedTestEvent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="type", tag="published"
):
    """A version of it was published."""

    type: ClassVar[Literal["published"]] = "published"

    test: TestId
    """The test."""

    version: Version
    """The version."""


class DeletedTestEvent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="type", tag="deleted"
):
    """It was deleted."""

    type: ClassVar[Literal["deleted"]] = "deleted"

    at: datetime
    """When."""

    test: TestId
    """The test."""


class TestGrade(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """The grade of an attempt."""

    questions: Mapping[str, Score]
    """The grade of each question that was asked."""

    score: Score
    """The average of the questions' grades, weighted by their points."""

    outcome: TestOutcome | None = None
    """Whether that is enough, where the campaign has a pass mark."""


class TestIntroduction(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """What somebody may read before they start."""

    campaign: CampaignId
    """The campaign …"""

    candidate: CandidateId
    """The candidate that they are."""

    cover: Cover
    """What the test is about."""

    extra_time: ExtraTime
    """What the candidate gets on top of the limits that hold for all."""

    status: StatusName
    """How far the candidate has come."""

    text: CampaignText
    """… and what it says."""

    ends_at: datetime | None = None
    """When it closes."""

    starts_at: datetime | None = None
    """When the campaign opens."""

    time_limit: Seconds | None = None
    """How long the candidate may take for it, with their extra time."""


class TestQuestion(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """A question of the test that the campaign is about."""

    content: ContentId
    """The content."""

    name: str
    """Its title."""

    points: int
    """How many points of the test it is worth."""


class TestResult(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """What came of one test."""

    name: str
    """The test's name."""

    verdict: Verdict
    """Passed, a wrong answer, or how the program ended."""

    reason: str | None = None
    """Why, in a few words."""


class Ticked(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """What a tick did."""

    attempts: int
    """Attempts that ended because their time was up."""

    campaigns: int
    """Campaigns that opened or closed."""

    candidates: int
    """Candidates who were sent the test, called off or removed with their campaign."""

    failed: int
    """What was due and could not be done now; it is tried again."""

    grades: int
    """Attempts that got their grade."""

    invitations: int
    """Invitations that lapsed."""

    more: bool
    """Whether a list was full or a regrade goes on, so that more may be due already."""

    regrades: int
    """Regrades that went on."""

    team_invitations: int
    """Invitations to teams that lapsed."""


class TimeBounds(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """The least and the most that is wanted, both included. A row that has nothing there is left
    out as soon as one of them is given.
    """

    max: datetime | None = None
    """The most."""

    min: datetime | None = None
    """The least."""


class AgreedTimelineEvent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="type", tag="agreed"
):
    """The user agreed to be recorded."""

    type: ClassVar[Literal["agreed"]] = "agreed"

    at: datetime
    """When."""

    content: ContentId
    """The content."""

    user: UserId
    """The user."""


class RecordedTimelineEvent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="type", tag="recorded"
):
    """Facts were recorded."""

    type: ClassVar[Literal["recorded"]] = "recorded"

    content: ContentId
    """The content."""

    facts: Sequence[EditFact]
    """The facts."""

    user: UserId
    """The user."""


class WithdrawnTimelineEvent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="type", tag="withdrawn"
):
    """The user does not agree any more: what was recorded is erased."""

    type: ClassVar[Literal["withdrawn"]] = "withdrawn"

    at: datetime
    """When."""

    content: ContentId
    """The content."""

    user: UserId
    """The user."""


class TimelineSummary(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """A timeline in a few numbers."""

    away: Seconds
    """How long it was left, where it was come back to; whole seconds in all."""

    focus_losses: int
    """How often the window was left."""

    largest_paste: int
    """Characters of the largest paste."""

    pasted_characters: int
    """Characters that were pasted."""

    pastes: int
    """How often text was pasted."""

    typed_characters: int
    """Characters that were typed."""


class UserAccount(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """An account as its user sees it."""

    profile: UserProfile
    """What the user says about themselves."""

    settings: Settings
    """How they want the product to be."""

    since: datetime
    """Since when there is the account."""

    user: UserId
    """The user."""


class RegisteredUserEvent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="type", tag="registered"
):
    """It began."""

    type: ClassVar[Literal["registered"]] = "registered"

    at: datetime
    """When."""

    user: UserId
    """The account."""


class ProfileUpdatedUserEvent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="type", tag="profile_updated"
):
    """Its profile was written anew."""

    type: ClassVar[Literal["profile_updated"]] = "profile_updated"

    at: datetime
    """When."""

    user: UserId
    """The account."""


class AddressChangedUserEvent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="type", tag="address_changed"
):
    """Its address for mails is another one: whoever sends mails confirms it first."""

    type: ClassVar[Literal["address_changed"]] = "address_changed"

    at: datetime
    """When."""

    user: UserId
    """The account."""


class SettingsUpdatedUserEvent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="type", tag="settings_updated"
):
    """Its settings were written anew."""

    type: ClassVar[Literal["settings_updated"]] = "settings_updated"

    at: datetime
    """When."""

    user: UserId
    """The account."""


class DeletedUserEvent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="type", tag="deleted"
):
    """It was deleted: whoever keeps personal data of it erases that now."""

    type: ClassVar[Literal["deleted"]] = "deleted"

    at: datetime
    """When."""

    user: UserId
    """The account."""


class UserProfile(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """What a user tells about themselves."""

    name: str
    """The name that others see, 1 to 100 characters."""

    about: str = ""
    """Something about the user, at most 2,000 characters."""

    email: str | None = None
    """The address for mails, at most 254 bytes; only the user and the host see it."""


class OutputValidator(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="output"
):
    """Run the program and compare what it writes."""

    kind: ClassVar[Literal["output"]] = "output"

    id: ValidatorId
    """Its name, unique in its component."""

    effect: Effect | None = None
    """What it does to the score."""

    group: GroupId | None = None
    """The group that it is in, one of its submittable's."""

    hidden: bool = False
    """Whether learners may see what it expects and what they gave."""

    weight: Weight = 1
    """How much it counts beside the other validators."""

    args: Sequence[str] = ()
    """The arguments given to the program."""

    comparison: Comparison = "trimmed"
    """How expected and actual texts are compared."""

    expected: str | None = None
    """The expected standard output; without it, ending with exit code 0 passes."""

    expected_files: Mapping[str, str] = msgspec.field(default_factory=dict)
    """Expected texts of files that the program leaves behind."""

    files: Mapping[str, str] = msgspec.field(default_factory=dict)
    """Files laid beside the program before it starts."""

    stdin: str = ""
    """The text given on standard input, which then ends."""


class FunctionValidator(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="function"
):
    """Call a function of the program and compare what it returns."""

    kind: ClassVar[Literal["function"]] = "function"

    id: ValidatorId
    """Its name, unique in its component."""

    expected: Any
    """The value that it should return."""

    name: str
    """The name of the function in the entry file."""

    effect: Effect | None = None
    """What it does to the score."""

    group: GroupId | None = None
    """The group that it is in, one of its submittable's."""

    hidden: bool = False
    """Whether learners may see what it expects and what they gave."""

    weight: Weight = 1
    """How much it counts beside the other validators."""

    args: Sequence[Any] = ()
    """Its arguments, in order."""

    tolerance: float | None = None
    """The largest difference between two numbers that still counts as equal."""


class ChoiceValidator(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="choice"
):
    """Compare the chosen options with the right ones."""

    kind: ClassVar[Literal["choice"]] = "choice"

    id: ValidatorId
    """Its name, unique in its component."""

    correct: Set[OptionId]
    """The right options; may be empty where "none of them" is the answer."""

    effect: Effect | None = None
    """What it does to the score."""

    group: GroupId | None = None
    """The group that it is in, one of its submittable's."""

    hidden: bool = False
    """Whether learners may see what it expects and what they gave."""

    weight: Weight = 1
    """How much it counts beside the other validators."""

    credit: Credit = Credit.ALL_OR_NOTHING
    """What a partly right choice earns."""


class ManualValidator(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="manual"
):
    """Have a person mark the answer by a rubric."""

    kind: ClassVar[Literal["manual"]] = "manual"

    id: ValidatorId
    """Its name, unique in its component."""

    criteria: Sequence[Criterion]
    """What is looked at, 1 to 50 criteria."""

    effect: Effect | None = None
    """What it does to the score."""

    group: GroupId | None = None
    """The group that it is in, one of its submittable's."""

    hidden: bool = False
    """Whether learners may see what it expects and what they gave."""

    weight: Weight = 1
    """How much it counts beside the other validators."""


class TextValidator(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="text"
):
    """Compare words with accepted ones."""

    kind: ClassVar[Literal["text"]] = "text"

    id: ValidatorId
    """Its name, unique in its component."""

    accepted: Sequence[str]
    """The answers that are right, 1 to 100; with `regex`, patterns."""

    effect: Effect | None = None
    """What it does to the score."""

    group: GroupId | None = None
    """The group that it is in, one of its submittable's."""

    hidden: bool = False
    """Whether learners may see what it expects and what they gave."""

    weight: Weight = 1
    """How much it counts beside the other validators."""

    case: LetterCase = LetterCase.IGNORED
    """Whether upper and lower case differ."""

    comparison: Comparison = "trimmed"
    """How an answer is compared with each of them."""


class NumberValidator(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="number"
):
    """Compare a number with the right one."""

    kind: ClassVar[Literal["number"]] = "number"

    id: ValidatorId
    """Its name, unique in its component."""

    value: float
    """The right number."""

    effect: Effect | None = None
    """What it does to the score."""

    group: GroupId | None = None
    """The group that it is in, one of its submittable's."""

    hidden: bool = False
    """Whether learners may see what it expects and what they gave."""

    weight: Weight = 1
    """How much it counts beside the other validators."""

    tolerance: float = 0.0
    """The largest difference that still counts as right."""


class QuestionValidator(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="question"
):
    """Compare the answer to one question of a quiz with the right one."""

    kind: ClassVar[Literal["question"]] = "question"

    id: ValidatorId
    """Its name, unique in its component."""

    expected: Expected
    """What is right."""

    question: QuestionId
    """The question."""

    effect: Effect | None = None
    """What it does to the score."""

    group: GroupId | None = None
    """The group that it is in, one of its submittable's."""

    hidden: bool = False
    """Whether learners may see what it expects and what they gave."""

    weight: Weight = 1
    """How much it counts beside the other validators."""


class CheckerValidator(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="checker"
):
    """Have a program of the author judge what the program writes."""

    kind: ClassVar[Literal["checker"]] = "checker"

    id: ValidatorId
    """Its name, unique in its component."""

    checker: Program
    """The program that judges."""

    effect: Effect | None = None
    """What it does to the score."""

    group: GroupId | None = None
    """The group that it is in, one of its submittable's."""

    hidden: bool = False
    """Whether learners may see what it expects and what they gave."""

    weight: Weight = 1
    """How much it counts beside the other validators."""

    answer: str | None = None
    """What the judging program is told of the right answer."""

    args: Sequence[str] = ()
    """The arguments given to the learner's program."""

    convention: Convention = Convention.KATTIS
    """How it is told of things, and what its exit codes mean."""

    input: str = ""
    """The input. A checker's learner is given it on standard input; an interactor's learner
    only learns of it what the interactor says.
    """

    limits: Limits = msgspec.field(default_factory=lambda: Limits())
    """What the judging program may use."""


class InteractiveValidator(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="interactive"
):
    """Have a program of the author talk with the program: each one's standard output is the
    other's standard input.
    """

    kind: ClassVar[Literal["interactive"]] = "interactive"

    id: ValidatorId
    """Its name, unique in its component."""

    checker: Program
    """The program that judges."""

    effect: Effect | None = None
    """What it does to the score."""

    group: GroupId | None = None
    """The group that it is in, one of its submittable's."""

    hidden: bool = False
    """Whether learners may see what it expects and what they gave."""

    weight: Weight = 1
    """How much it counts beside the other validators."""

    answer: str | None = None
    """What the judging program is told of the right answer."""

    args: Sequence[str] = ()
    """The arguments given to the learner's program."""

    convention: Convention = Convention.KATTIS
    """How it is told of things, and what its exit codes mean."""

    input: str = ""
    """The input. A checker's learner is given it on standard input; an interactor's learner
    only learns of it what the interactor says.
    """

    limits: Limits = msgspec.field(default_factory=lambda: Limits())
    """What the judging program may use."""


class HostValidator(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="host"
):
    """Run the program and have code of the host judge what it does."""

    kind: ClassVar[Literal["host"]] = "host"

    id: ValidatorId
    """Its name, unique in its component."""

    grader: GraderId
    """The grader, by the name that the host gave it."""

    effect: Effect | None = None
    """What it does to the score."""

    group: GroupId | None = None
    """The group that it is in, one of its submittable's."""

    hidden: bool = False
    """Whether learners may see what it expects and what they gave."""

    weight: Weight = 1
    """How much it counts beside the other validators."""

    args: Sequence[str] = ()
    """The arguments given to the program."""

    collect: Sequence[FileName] = ()
    """Names of files that the grader looks at if the program leaves them behind."""

    options: Any | None = None
    """Whatever the grader should know; learners never see it."""

    stdin: str = ""
    """The text given on standard input, which then ends."""


class TestsValidator(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="tests"
):
    """Run the author's tests against the program."""

    kind: ClassVar[Literal["tests"]] = "tests"

    id: ValidatorId
    """Its name, unique in its component."""

    entry: FileName
    """The file whose tests are run."""

    files: Mapping[str, str]
    """The files of the tests, which the program never sees."""

    effect: Effect | None = None
    """What it does to the score."""

    group: GroupId | None = None
    """The group that it is in, one of its submittable's."""

    hidden: bool = False
    """Whether learners may see what it expects and what they gave."""

    weight: Weight = 1
    """How much it counts beside the other validators."""

    language: LanguageId | None = None
    """The language of the tests; without it, that of the program."""

    limits: Limits | None = None
    """What each test may use by itself; the program has its own limits."""


class OutputValidatorExpectation(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="output"
):
    """That it writes something."""

    kind: ClassVar[Literal["output"]] = "output"

    files: Mapping[str, str]
    """The texts of files that it leaves behind."""

    stdout: str | None = None
    """The standard output; none when any will do."""


class ValueValidatorExpectation(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="value"
):
    """That its function returns something."""

    kind: ClassVar[Literal["value"]] = "value"

    value: Any
    """The value."""


class ValidatorFeedback(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """The judgement on one visible validator as its learner sees it."""

    score: Score
    """The share of the mark that was earned."""

    validator: ValidatorId
    """The validator."""

    verdict: Verdict
    """The opinion."""

    marks: Sequence[Mark] = ()
    """What a person gave, for validators that a person marks."""

    reason: str | None = None
    """Why, in a few words, where the verdict alone does not say."""

    run: RunFeedback | None = None
    """What the program did, for validators that ran it."""

    tests: Sequence[TestResult] = ()
    """What came of each test, for validators that are tests."""


class ValidatorGroup(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """A group of validators."""

    id: GroupId
    """Its name, unique in its submittable."""

    depends_on: Set[GroupId] = frozenset()
    """The groups that must be passed before this one is run."""

    scoring: GroupScoring = GroupScoring.EACH
    """How its validators count."""


class RunValidatorInput(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="run"
):
    """It runs the program."""

    kind: ClassVar[Literal["run"]] = "run"

    args: Sequence[str]
    """The arguments."""

    files: Mapping[str, str]
    """The files beside the program."""

    stdin: str
    """Standard input."""


class CallValidatorInput(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="call"
):
    """It calls a function of the program."""

    kind: ClassVar[Literal["call"]] = "call"

    args: Sequence[Any]
    """Its arguments, in order."""

    function: str
    """The function."""


class Verification(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """What anybody who has a certificate's code is told."""

    issued_on: datetime
    """When it was issued."""

    number: CertificateNumber
    """The number of the certificate."""

    pass_: Pass = msgspec.field(name="pass")
    """What was passed, and by whom."""

    validity: Validity
    """Whether it is good now."""

    expires_at: datetime | None = None
    """From when on it is not good any more; none when it stays good."""


class VersionedContent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """A document and how often it was written."""

    value: Content
    """The document."""

    version: Version
    """How often it was written."""


class VersionedItem(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """A document and how often it was written."""

    value: Item
    """The document."""

    version: Version
    """How often it was written."""


class VersionedModule(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """A document and how often it was written."""

    value: Module
    """The document."""

    version: Version
    """How often it was written."""


class VersionedModulePage(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """A part of a list."""

    items: Sequence[VersionedModule]
    """The items."""

    next: str | None = None
    """Where the next page starts; none when this is the last."""


class VersionedSavedDraft(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """A document and how often it was written."""

    value: SavedDraft
    """The document."""

    version: Version
    """How often it was written."""


class VersionedTest(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """A document and how often it was written."""

    value: Test
    """The document."""

    version: Version
    """How often it was written."""


class VersionedTestPage(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """A part of a list."""

    items: Sequence[VersionedTest]
    """The items."""

    next: str | None = None
    """Where the next page starts; none when this is the last."""


class Wallet(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """A user's polypoints."""

    balance: Points
    """What it holds."""

    user: UserId
    """Whose it is."""


class CreditedWalletEvent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="type", tag="credited"
):
    """It got points."""

    type: ClassVar[Literal["credited"]] = "credited"

    balance: Points
    """What it holds now."""

    entry: EntryId
    """The line of the ledger."""

    points: Points
    """How much."""

    user: UserId
    """Whose wallet."""


class DebitedWalletEvent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="type", tag="debited"
):
    """Points were spent from it."""

    type: ClassVar[Literal["debited"]] = "debited"

    balance: Points
    """What it holds now."""

    entry: EntryId
    """The line of the ledger."""

    points: Points
    """How much."""

    user: UserId
    """Whose wallet."""


class Winnowing(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """How finely documents are compared. Runs of alike tokens shorter than `gram` are never seen;
    those of `gram + window - 1` or more always are.
    """

    gram: int
    """How many tokens are hashed together, 2 to 100."""

    window: int
    """Of how many hashes in a row one is kept at least, 1 to 100."""


class Workspace(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """A learner's files in one code editor, in one language."""

    component: ComponentId
    """The code editor in it."""

    content: ContentId
    """The content."""

    content_version: Version
    """The version of the content that the files were begun on."""

    files: Mapping[str, str]
    """The learner's files; the author's fixed ones are not among them."""

    language: LanguageId
    """The language."""

    saved_at: datetime
    """When something was last changed."""

    user: UserId
    """The learner."""


class WorkspacePlace(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """Which editor, in which language, and whose."""

    component: ComponentId
    """The code editor in it."""

    content: ContentId
    """The content."""

    language: LanguageId
    """The language."""

    user: UserId
    """The learner."""


Account: TypeAlias = MintAccount | WalletAccount | ShopAccount
"""Somewhere that points come from or go to."""

Answer: TypeAlias = CodeAnswer | ChoiceAnswer | TextAnswer | NumberAnswer | QuizAnswer
"""What a user answers."""

AttemptEvent: TypeAlias = (
    StartedAttemptEvent
    | QuestionOpenedAttemptEvent
    | SavedAttemptEvent
    | AnsweredAttemptEvent
    | PausedAttemptEvent
    | ResumedAttemptEvent
    | ExtendedAttemptEvent
    | FinishedAttemptEvent
    | MarkedAttemptEvent
    | GradedAttemptEvent
    | CancelledAttemptEvent
)
"""What happened to an attempt."""

AttemptProgress: TypeAlias = (
    InProgressAttemptProgress
    | PausedAttemptProgress
    | FinishedAttemptProgress
    | CancelledAttemptProgress
)
"""How far an attempt has come, as its candidate sees it."""

AttemptStatus: TypeAlias = (
    InProgressAttemptStatus
    | PausedAttemptStatus
    | FinishedAttemptStatus
    | GradedAttemptStatus
    | CancelledAttemptStatus
)
"""How far an attempt has come."""

CampaignEvent: TypeAlias = (
    CreatedCampaignEvent
    | EditedCampaignEvent
    | ScheduledCampaignEvent
    | OpenedCampaignEvent
    | ClosedCampaignEvent
    | CancelledCampaignEvent
    | DeletedCampaignEvent
)
"""What happened to a campaign."""

CampaignStatus: TypeAlias = (
    DraftCampaignStatus
    | ScheduledCampaignStatus
    | OpenCampaignStatus
    | ClosedCampaignStatus
    | CancelledCampaignStatus
    | DeletedCampaignStatus
)
"""How far a campaign has come."""

CandidateEvent: TypeAlias = (
    AddedCandidateEvent
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
    | RemovedCandidateEvent
)
"""What happened to a candidate."""

CertificateEvent: TypeAlias = IssuedCertificateEvent | RevokedCertificateEvent
"""What happened to a certificate."""

CertificateStatus: TypeAlias = IssuedCertificateStatus | RevokedCertificateStatus
"""Whether a certificate was taken back."""

Column: TypeAlias = (
    Literal["candidate", "name", "tags", "status", "score", "time_used", "started_at", "finished_at"]
    | QuestionColumn
    | QuestionTimeColumn
)
"""Something that rows can be sorted by."""

Comparison: TypeAlias = (
    Literal["exact", "trimmed", "tokens", "unordered_lines", "regex"]
    | NumbersComparison
)
"""How an expected text and an actual one are compared."""

Component: TypeAlias = (
    ContainerComponent
    | MarkdownComponent
    | CodeEditorComponent
    | McqComponent
    | QuizComponent
    | ShortTextComponent
    | NumberComponent
    | FreeAnswerComponent
)
"""A node of a content."""

ComponentView: TypeAlias = (
    ContainerComponentView
    | MarkdownComponentView
    | CodeEditorComponentView
    | McqComponentView
    | QuizComponentView
    | ShortTextComponentView
    | NumberComponentView
    | FreeAnswerComponentView
)
"""A component as learners see it."""

ContentEvent: TypeAlias = (
    CreatedContentEvent
    | PublishedContentEvent
    | SharedContentEvent
    | RetiredContentEvent
)
"""What happened to a content."""

Draw: TypeAlias = AllDraw | RandomDraw
"""How many questions of a pool each candidate gets."""

Edit: TypeAlias = AddEdit | WriteEdit | RenameEdit | RemoveEdit | ResetEdit
"""What a learner does in a code editor."""

EditFact: TypeAlias = (
    TypedEditFact
    | PastedEditFact
    | FocusLostEditFact
    | FocusGainedEditFact
)
"""Something that happened in an editor."""

Ending: TypeAlias = (
    ExitedEnding
    | TrappedEnding
    | TimeExhaustedEnding
    | MemoryExhaustedEnding
    | OutputExhaustedEnding
    | FilesExhaustedEnding
    | IdleEnding
    | HostGuardEnding
)
"""How a run ended."""

EntryReason: TypeAlias = AwardEntryReason | ModuleAwardEntryReason | PurchaseEntryReason
"""What an entry is for."""

Expected: TypeAlias = ChoiceExpected | TextExpected | NumberExpected
"""What is right of a question of a quiz."""

Goods: TypeAlias = HintGoods | ValidatorDetailGoods
"""What an item gives to whoever bought it."""

IntakeLine: TypeAlias = (
    AddedIntakeLine
    | RemovedIntakeLine
    | SkippedIntakeLine
    | WrongIntakeLine
)
"""What came of one line."""

Item: TypeAlias = HintItem | ValidatorDetailItem
"""Something that can be bought with polypoints, with the secret that is sold."""

ItemDraft: TypeAlias = HintItemDraft | ValidatorDetailItemDraft
"""What the author of an item writes."""

ItemEvent: TypeAlias = OfferedItemEvent | UpdatedItemEvent | RetiredItemEvent
"""What happened to an item. Nothing of what it sells stands here."""

ItemState: TypeAlias = OnSaleItemState | RetiredItemState
"""Whether an item can be bought."""

JudgingState: TypeAlias = (
    PendingJudgingState
    | AwaitingReviewJudgingState
    | GradedJudgingState
    | UngradableJudgingState
)
"""How far the judging of a submission has come."""

Logged: TypeAlias = (
    ContentLogged
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
    | CertificateLogged
)
"""An event with its place in the log."""

ModuleEvent: TypeAlias = (
    CreatedModuleEvent
    | PublishedModuleEvent
    | EditedModuleEvent
    | SharedModuleEvent
    | ModulePlacedModuleEvent
    | ModuleRemovedModuleEvent
    | ContentPlacedModuleEvent
    | ContentRemovedModuleEvent
    | RetiredModuleEvent
)
"""What happened to a module."""

ModuleProgressEvent: TypeAlias = (
    AdvancedModuleProgressEvent
    | CompletedModuleProgressEvent
    | RewardedModuleProgressEvent
)
"""What happened in a user's way through a module."""

ProgressEvent: TypeAlias = (
    AdvancedProgressEvent
    | ReadProgressEvent
    | CompletedProgressEvent
    | RewardedProgressEvent
)
"""What happened in a user's way through a content."""

PurchaseEvent: TypeAlias = PurchasedPurchaseEvent
"""What happened in the shop."""

QuestionAnswer: TypeAlias = ChoiceQuestionAnswer | TextQuestionAnswer | NumberQuestionAnswer
"""An answer to one question of a quiz."""

QuizQuestion: TypeAlias = ChoiceQuizQuestion | TextQuizQuestion | NumberQuizQuestion
"""A question of a quiz."""

RegradeEvent: TypeAlias = StartedRegradeEvent | PassedRegradeEvent | FinishedRegradeEvent
"""What happened to a regrade."""

RegradeStatus: TypeAlias = RunningRegradeStatus | FinishedRegradeStatus
"""How far a regrade has come."""

ReviewEvent: TypeAlias = (
    MeasuredReviewEvent
    | DismissedReviewEvent
    | ConfirmedReviewEvent
    | ReopenedReviewEvent
)
"""What happened to a review."""

ReviewStatus: TypeAlias = (
    UnreviewedReviewStatus
    | DismissedReviewStatus
    | ConfirmedReviewStatus
)
"""What a person made of two submissions."""

Shelf: TypeAlias = DraftShelf | PublishedShelf | RetiredShelf
"""Who sees an authored thing."""

SubmissionEvent: TypeAlias = (
    ReceivedSubmissionEvent
    | GradedSubmissionEvent
    | SentToReviewSubmissionEvent
    | ReviewedSubmissionEvent
    | RegradedSubmissionEvent
    | FoundUngradableSubmissionEvent
)
"""What happened to a submission."""

SubmissionStatus: TypeAlias = (
    PendingSubmissionStatus
    | AwaitingReviewSubmissionStatus
    | GradedSubmissionStatus
    | UngradableSubmissionStatus
)
"""How far a submission has come."""

TeamEvent: TypeAlias = (
    CreatedTeamEvent
    | UpdatedTeamEvent
    | DissolvedTeamEvent
    | InvitedTeamEvent
    | InvitationWithdrawnTeamEvent
    | InvitationLapsedTeamEvent
    | RejectedTeamEvent
    | JoinedTeamEvent
    | KickedTeamEvent
    | LeftTeamEvent
    | CaptaincyHandedOverTeamEvent
)
"""What happened to a team."""

TeamState: TypeAlias = ActiveTeamState | DissolvedTeamState
"""Whether a team still exists."""

TestEvent: TypeAlias = PublishedTestEvent | DeletedTestEvent
"""What happened to a test."""

TimelineEvent: TypeAlias = AgreedTimelineEvent | RecordedTimelineEvent | WithdrawnTimelineEvent
"""What happened to a timeline."""

UserEvent: TypeAlias = (
    RegisteredUserEvent
    | ProfileUpdatedUserEvent
    | AddressChangedUserEvent
    | SettingsUpdatedUserEvent
    | DeletedUserEvent
)
"""What happened to an account."""

Validator: TypeAlias = (
    OutputValidator
    | FunctionValidator
    | ChoiceValidator
    | ManualValidator
    | TextValidator
    | NumberValidator
    | QuestionValidator
    | CheckerValidator
    | InteractiveValidator
    | HostValidator
    | TestsValidator
)
"""One expected response of a submittable."""

ValidatorExpectation: TypeAlias = OutputValidatorExpectation | ValueValidatorExpectation
"""What a validator expects of a program."""

ValidatorInput: TypeAlias = RunValidatorInput | CallValidatorInput
"""What a validator gives to a program."""

WalletEvent: TypeAlias = CreditedWalletEvent | DebitedWalletEvent
"""What happened to a wallet."""
