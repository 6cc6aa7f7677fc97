"""What the use cases of PolyCode give, as typed values.

Generated from the source of core's `Engine` by `cargo xtask codegen`: do not edit.
"""

from __future__ import annotations

from ._wire import Result
from .models import (
    AchievementCredential,
    Answer,
    AnswerReceived,
    AttemptView,
    AttemptsLeft,
    AuthoredContent,
    Authorship,
    AuthorshipPage,
    Bought,
    CampaignPage,
    CampaignView,
    CandidatePage,
    CandidateView,
    Certificate,
    CertificatePage,
    Compared,
    ContentProgressPage,
    ContentSummaryPage,
    ContentView,
    Course,
    Cursor,
    DetailedReport,
    EntryPage,
    Feedback,
    GeneralReport,
    Intake,
    ItemPage,
    Logged,
    ModuleStanding,
    ModuleSummaryPage,
    ModuleView,
    OpenTestPage,
    Outcome,
    PracticeStatistics,
    Progress,
    PublicTeam,
    PublicTeamPage,
    PublicUser,
    PublicUserPage,
    PurchasePage,
    QuestionView,
    Regrade,
    RegradePage,
    RegradedSubmissionPage,
    Report,
    ResultRowPage,
    Review,
    ReviewPage,
    ReviewTaskPage,
    SentInvitation,
    Similarity,
    SubmissionId,
    SubmissionPage,
    SubmissionView,
    Summary,
    TeamCard,
    TeamInvitationPage,
    TeamView,
    Test,
    TestAnswer,
    TestGrade,
    TestIntroduction,
    Ticked,
    TimelineSummary,
    UserAccount,
    Verification,
    VersionedContent,
    VersionedItem,
    VersionedModule,
    VersionedModulePage,
    VersionedSavedDraft,
    VersionedTest,
    VersionedTestPage,
    Wallet,
    Workspace,
)

ANSWER: Result[Answer] = Result(Answer)
ANSWER_RECEIVED: Result[AnswerReceived] = Result(AnswerReceived)
ATTEMPTS_LEFT: Result[AttemptsLeft] = Result(AttemptsLeft)
ATTEMPT_VIEW: Result[AttemptView] = Result(AttemptView)
AUTHORED_CONTENT: Result[AuthoredContent] = Result(AuthoredContent)
AUTHORSHIP: Result[Authorship] = Result(Authorship)
AUTHORSHIP_PAGE: Result[AuthorshipPage] = Result(AuthorshipPage)
BOUGHT: Result[Bought] = Result(Bought)
CAMPAIGN_PAGE: Result[CampaignPage] = Result(CampaignPage)
CAMPAIGN_VIEW: Result[CampaignView] = Result(CampaignView)
CANDIDATE_PAGE: Result[CandidatePage] = Result(CandidatePage)
CANDIDATE_VIEW: Result[CandidateView] = Result(CandidateView)
CERTIFICATE: Result[Certificate] = Result(Certificate)
CERTIFICATE_PAGE: Result[CertificatePage] = Result(CertificatePage)
COMPARED: Result[Compared] = Result(Compared)
CONTENT_PROGRESS_PAGE: Result[ContentProgressPage] = Result(ContentProgressPage)
CONTENT_SUMMARY_PAGE: Result[ContentSummaryPage] = Result(ContentSummaryPage)
CONTENT_VIEW: Result[ContentView] = Result(ContentView)
COUNT: Result[int] = Result(int)
COURSE: Result[Course] = Result(Course)
CURSOR: Result[Cursor] = Result(Cursor)
DETAILED_REPORT: Result[DetailedReport] = Result(DetailedReport)
ENTRY_PAGE: Result[EntryPage] = Result(EntryPage)
FEEDBACK: Result[Feedback] = Result(Feedback)
GENERAL_REPORT: Result[GeneralReport] = Result(GeneralReport)
INTAKE: Result[Intake] = Result(Intake)
ITEM_PAGE: Result[ItemPage] = Result(ItemPage)
LOGGED_LIST: Result[list[Logged]] = Result(list[Logged])
MAYBE_ACHIEVEMENT_CREDENTIAL: Result[AchievementCredential | None] = Result(AchievementCredential | None)
MAYBE_FEEDBACK: Result[Feedback | None] = Result(Feedback | None)
MAYBE_REPORT: Result[Report | None] = Result(Report | None)
MAYBE_SIMILARITY: Result[Similarity | None] = Result(Similarity | None)
MAYBE_TEAM_VIEW: Result[TeamView | None] = Result(TeamView | None)
MAYBE_TEST_GRADE: Result[TestGrade | None] = Result(TestGrade | None)
MODULE_STANDING: Result[ModuleStanding] = Result(ModuleStanding)
MODULE_SUMMARY_PAGE: Result[ModuleSummaryPage] = Result(ModuleSummaryPage)
MODULE_VIEW: Result[ModuleView] = Result(ModuleView)
NOTHING: Result[None] = Result(None)
OPEN_TEST_PAGE: Result[OpenTestPage] = Result(OpenTestPage)
OUTCOME: Result[Outcome] = Result(Outcome)
PRACTICE_STATISTICS: Result[PracticeStatistics] = Result(PracticeStatistics)
PROGRESS: Result[Progress] = Result(Progress)
PUBLIC_TEAM: Result[PublicTeam] = Result(PublicTeam)
PUBLIC_TEAM_PAGE: Result[PublicTeamPage] = Result(PublicTeamPage)
PUBLIC_USER: Result[PublicUser] = Result(PublicUser)
PUBLIC_USER_PAGE: Result[PublicUserPage] = Result(PublicUserPage)
PURCHASE_PAGE: Result[PurchasePage] = Result(PurchasePage)
QUESTION_VIEW: Result[QuestionView] = Result(QuestionView)
REGRADE: Result[Regrade] = Result(Regrade)
REGRADED_SUBMISSION_PAGE: Result[RegradedSubmissionPage] = Result(RegradedSubmissionPage)
REGRADE_PAGE: Result[RegradePage] = Result(RegradePage)
RESULT_ROW_PAGE: Result[ResultRowPage] = Result(ResultRowPage)
REVIEW: Result[Review] = Result(Review)
REVIEW_PAGE: Result[ReviewPage] = Result(ReviewPage)
REVIEW_TASK_PAGE: Result[ReviewTaskPage] = Result(ReviewTaskPage)
SENT_INVITATION: Result[SentInvitation] = Result(SentInvitation)
SENT_INVITATION_LIST: Result[list[SentInvitation]] = Result(list[SentInvitation])
SUBMISSION_ID: Result[SubmissionId] = Result(SubmissionId)
SUBMISSION_PAGE: Result[SubmissionPage] = Result(SubmissionPage)
SUBMISSION_VIEW: Result[SubmissionView] = Result(SubmissionView)
SUMMARY: Result[Summary] = Result(Summary)
TEAM_CARD: Result[TeamCard] = Result(TeamCard)
TEAM_INVITATION_PAGE: Result[TeamInvitationPage] = Result(TeamInvitationPage)
TEAM_VIEW: Result[TeamView] = Result(TeamView)
TEST: Result[Test] = Result(Test)
TEST_ANSWER_LIST: Result[list[TestAnswer]] = Result(list[TestAnswer])
TEST_INTRODUCTION: Result[TestIntroduction] = Result(TestIntroduction)
TEXT: Result[str] = Result(str)
TICKED: Result[Ticked] = Result(Ticked)
TIMELINE_SUMMARY: Result[TimelineSummary] = Result(TimelineSummary)
USER_ACCOUNT: Result[UserAccount] = Result(UserAccount)
VERIFICATION: Result[Verification] = Result(Verification)
VERSIONED_CONTENT: Result[VersionedContent] = Result(VersionedContent)
VERSIONED_ITEM: Result[VersionedItem] = Result(VersionedItem)
VERSIONED_MODULE: Result[VersionedModule] = Result(VersionedModule)
VERSIONED_MODULE_PAGE: Result[VersionedModulePage] = Result(VersionedModulePage)
VERSIONED_SAVED_DRAFT: Result[VersionedSavedDraft] = Result(VersionedSavedDraft)
VERSIONED_TEST: Result[VersionedTest] = Result(VersionedTest)
VERSIONED_TEST_PAGE: Result[VersionedTestPage] = Result(VersionedTestPage)
WALLET: Result[Wallet] = Result(Wallet)
WORKSPACE: Result[Workspace] = Result(Workspace)
