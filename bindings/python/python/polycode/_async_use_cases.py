"""Every use case of PolyCode, as coroutines.

Generated from the source of core's `Engine` by `cargo xtask codegen`: do not edit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set

from . import _results
from ._calls import Calls
from .models import (
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
)


class AsyncUseCases:
    """Every use case of PolyCode, as coroutines."""

    _calls: Calls

    async def accept_invitation(
        self,
        token: str,
        *,
        verified: Address | None = None,
    ) -> TestIntroduction:
        """Accepts an invitation: the candidate is the actor from now on. `verified` is the
        actor's address where the host has verified one; an invitation sent to another address is
        no good to them then.

        Raises:
            `Refused` when the actor is not signed in or is a candidate of the campaign
            already, and with code `invitation_not_valid` for any token that can't be used, whatever
            the reason; `StoreError` when the store failed.
        """
        return await self._calls.call(
            "accept_invitation",
            {
                "token": token,
                "verified": verified,
            },
            _results.TEST_INTRODUCTION,
        )

    async def accept_team_invitation(
        self,
        team: TeamId,
    ) -> None:
        """Joins a team that invited the actor.

        Raises:
            `Refused` when there is no invitation that can be accepted now, the actor
            is in a team, or the team is full; `StoreError` when the store failed.
        """
        return await self._calls.call(
            "accept_team_invitation",
            {
                "team": team,
            },
            _results.NOTHING,
        )

    async def account(
        self,
        user: UserId,
    ) -> UserAccount:
        """An account with all that its user wrote.

        Raises:
            `Refused` when it is not the actor's own, or there is none;
            `StoreError` when the store failed.
        """
        return await self._calls.call(
            "account",
            {
                "user": user,
            },
            _results.USER_ACCOUNT,
        )

    async def add_candidates(
        self,
        campaign: CampaignId,
        candidates: Sequence[NewCandidate | Mapping[str, object]],
    ) -> Intake:
        """Adds candidates; those who are there already are left alone.

        They are added in batches of 500, each of which lands whole or not at all. Should the
        store fail in between, the same list can be given again: who was added is skipped.

        Raises:
            `Refused` when the actor may not, the campaign is over, or there are more
            than 100,000; `StoreError` when the store failed.
        """
        return await self._calls.call(
            "add_candidates",
            {
                "campaign": campaign,
                "candidates": candidates,
            },
            _results.INTAKE,
        )

    async def agree_to_timeline(
        self,
        content: ContentId,
    ) -> None:
        """The actor agrees that it is recorded how they type their answers to a content.
        Nothing happens when they did before.

        Raises:
            `Refused` when the actor did not sign in or the content is not there;
            `StoreError` when the store failed.
        """
        return await self._calls.call(
            "agree_to_timeline",
            {
                "content": content,
            },
            _results.NOTHING,
        )

    async def answer(
        self,
        submission: SubmissionId,
    ) -> Answer:
        """What a user answered.

        Raises as `submission`.
        """
        return await self._calls.call(
            "answer",
            {
                "submission": submission,
            },
            _results.ANSWER,
        )

    async def answer_question(
        self,
        *,
        answer: Answer | Mapping[str, object],
        attempt: AttemptId,
        component: ComponentId,
        question: ContentId,
        seat: SeatId,
        submission: SubmissionId | None = None,
    ) -> AnswerReceived:
        """Submits an answer to a question of a test. It can be submitted again while there is
        time; the last one counts. What it earned the candidate learns only if the campaign says
        so.

        The caller may choose the id of the submission, a UUID v7 that was never given before: the
        same answer that is sent again with it is taken once, whatever became of the first reply,
        also when the time is up since.

        Args:
            answer: The answer.
            attempt: The attempt.
            component: The submittable in it.
            question: The question, which was opened.
            seat: Where it is sat: what starting or resuming it gave.

        Raises:
            `Refused` when the actor is not the candidate, the answer does not fit, the
            id belongs to another answer, or as `Attempt::decide_answer` says;
            `StoreError` when the store failed.
        """
        return await self._calls.call(
            "answer_question",
            {
                "to": {"answer": answer, "attempt": attempt, "component": component, "question": question, "seat": seat},
                "submission": submission,
            },
            _results.ANSWER_RECEIVED,
        )

    async def attempt(
        self,
        attempt: AttemptId,
    ) -> AttemptView:
        """An attempt, for its candidate or the campaign's author.

        Raises:
            `Refused` when it is not there for the actor; `StoreError` when
            the store failed.
        """
        return await self._calls.call(
            "attempt",
            {
                "attempt": attempt,
            },
            _results.ATTEMPT_VIEW,
        )

    async def attempts_left(
        self,
        user: UserId,
        content: ContentId,
        component: ComponentId,
    ) -> AttemptsLeft:
        """How often a user may still answer a submittable.

        Raises:
            `Refused` when it is not about the actor, or the content or component is
            not there; `StoreError` when the store failed.
        """
        return await self._calls.call(
            "attempts_left",
            {
                "user": user,
                "content": content,
                "component": component,
            },
            _results.ATTEMPTS_LEFT,
        )

    async def authored_content(
        self,
        content: ContentId,
    ) -> AuthoredContent:
        """A content with everything that its authors see: hidden validators, right options,
        the draft.

        Raises:
            `Refused` when it is not there or not the actor's; `StoreError`
            when the store failed.
        """
        return await self._calls.call(
            "authored_content",
            {
                "content": content,
            },
            _results.AUTHORED_CONTENT,
        )

    async def authored_module(
        self,
        module: ModuleId,
    ) -> VersionedModule:
        """A module with everything that its authors see.

        Raises:
            `Refused` when it is not there or not the actor's; `StoreError`
            when the store failed.
        """
        return await self._calls.call(
            "authored_module",
            {
                "module": module,
            },
            _results.VERSIONED_MODULE,
        )

    async def bought_item(
        self,
        item: ItemId,
    ) -> Bought:
        """An item that the actor bought, with what it sells, also when it was retired since.

        Raises:
            `Refused` when the actor did not buy it; `StoreError` when the
            store failed.
        """
        return await self._calls.call(
            "bought_item",
            {
                "item": item,
            },
            _results.BOUGHT,
        )

    async def buy_item(
        self,
        *,
        item: ItemId,
        price: Points,
    ) -> Bought:
        """Buys an item, once, for what the wallet holds at least.

        Args:
            item: The item.
            price: What the user agrees to pay: nobody pays more because an author was quicker.

        Raises:
            `Refused` when there is no such item, it was bought before, its price is
            another by now, or the wallet holds less; `StoreError` when the store failed.
        """
        return await self._calls.call(
            "buy_item",
            {
                "buy": {"item": item, "price": price},
            },
            _results.BOUGHT,
        )

    async def campaign(
        self,
        campaign: CampaignId,
    ) -> CampaignView:
        """A campaign as its author sees it.

        Raises:
            `Refused` when it is not there for the actor; `StoreError` when
            the store failed.
        """
        return await self._calls.call(
            "campaign",
            {
                "campaign": campaign,
            },
            _results.CAMPAIGN_VIEW,
        )

    async def campaign_regrades(
        self,
        campaign: CampaignId,
        *,
        after: str | None = None,
        limit: int = 20,
    ) -> RegradePage:
        """The regrades of a campaign, the newest first.

        Args:
            after: Where the page before ended; none for the first.
            limit: The most items wanted, 1 to 100.

        Raises:
            `Refused` when the campaign is not the actor's or the page is none;
            `StoreError` when the store failed.
        """
        return await self._calls.call(
            "campaign_regrades",
            {
                "campaign": campaign,
                "page": {"after": after, "limit": limit},
            },
            _results.REGRADE_PAGE,
        )

    async def campaigns(
        self,
        *,
        after: str | None = None,
        limit: int = 20,
    ) -> CampaignPage:
        """The campaigns of the actor, the newest first.

        Args:
            after: Where the page before ended; none for the first.
            limit: The most items wanted, 1 to 100.

        Raises:
            `Refused` when the actor may not or the page is none; `StoreError`
            when the store failed.
        """
        return await self._calls.call(
            "campaigns",
            {
                "page": {"after": after, "limit": limit},
            },
            _results.CAMPAIGN_PAGE,
        )

    async def cancel_campaign(
        self,
        campaign: CampaignId,
    ) -> CampaignView:
        """Calls a campaign off; its candidates and their attempts follow in the next ticks.

        Raises as `schedule_campaign`, and as `Campaign::decide_cancel` says.
        """
        return await self._calls.call(
            "cancel_campaign",
            {
                "campaign": campaign,
            },
            _results.CAMPAIGN_VIEW,
        )

    async def cancel_candidate(
        self,
        candidate: CandidateId,
    ) -> CandidateView:
        """Takes a candidate's invitation back, or their place, as long as they have not
        started.

        Raises:
            `Refused` when the actor may not, the candidate is not there, has started or
            is out already; `StoreError` when the store failed.
        """
        return await self._calls.call(
            "cancel_candidate",
            {
                "candidate": candidate,
            },
            _results.CANDIDATE_VIEW,
        )

    async def candidate(
        self,
        candidate: CandidateId,
    ) -> CandidateView:
        """A candidate.

        Raises:
            `Refused` when they are not there for the actor; `StoreError`
            when the store failed.
        """
        return await self._calls.call(
            "candidate",
            {
                "candidate": candidate,
            },
            _results.CANDIDATE_VIEW,
        )

    async def candidates(
        self,
        campaign: CampaignId,
        *,
        tag: Tag | None = None,
        after: str | None = None,
        limit: int = 20,
    ) -> CandidatePage:
        """The candidates of a campaign, or those of them who have a tag, in the order in
        which they were added.

        Args:
            after: Where the page before ended; none for the first.
            limit: The most items wanted, 1 to 100.

        Raises:
            `Refused` when the actor may not or the page is none; `StoreError`
            when the store failed.
        """
        return await self._calls.call(
            "candidates",
            {
                "campaign": campaign,
                "tag": tag,
                "page": {"after": after, "limit": limit},
            },
            _results.CANDIDATE_PAGE,
        )

    async def certificates(
        self,
        holder: UserId,
        *,
        after: str | None = None,
        limit: int = 20,
    ) -> CertificatePage:
        """A user's certificates, newest first; they are the holder's own, with their codes.

        Args:
            after: Where the page before ended; none for the first.
            limit: The most items wanted, 1 to 100.

        Raises:
            `Refused` when the actor may not see them; `StoreError` when the
            store failed.
        """
        return await self._calls.call(
            "certificates",
            {
                "holder": holder,
                "page": {"after": after, "limit": limit},
            },
            _results.CERTIFICATE_PAGE,
        )

    async def certify(
        self,
        pass_: Pass | Mapping[str, object],
        *,
        lasts: Seconds | None = None,
    ) -> Certificate:
        """Issues a certificate to somebody who passed elsewhere, or whose certificate is not
        good any more. Who passes a certification module gets one without this. `lasts` is none
        when the certificate stays good.

        Raises:
            `Refused` when the actor may not, the grade is below the pass mark, or the
            user holds a certificate for the module that is still good; `StoreError` when
            the store failed.
        """
        return await self._calls.call(
            "certify",
            {
                "pass": pass_,
                "lasts": lasts,
            },
            _results.CERTIFICATE,
        )

    async def close_campaign(
        self,
        campaign: CampaignId,
    ) -> CampaignView:
        """Closes a campaign before its end. Who is in the middle of the test goes on.

        Raises as `schedule_campaign`, and as `Campaign::decide_close` says.
        """
        return await self._calls.call(
            "close_campaign",
            {
                "campaign": campaign,
            },
            _results.CAMPAIGN_VIEW,
        )

    async def compare_answers(
        self,
        content: ContentId,
        *,
        search: SimilaritySearch | Mapping[str, object] = SimilaritySearch(),
    ) -> Compared:
        """Compares the last programs of all users for each component of a content, but for
        what they were given to start from, and stores a review for each pair that is alike.
        Programs of one user or of one team are not compared. May be called again at any time.

        Raises:
            `Refused` when the actor may not, the content is not there or the search
            breaks a rule; `StoreError` when the store failed.
        """
        return await self._calls.call(
            "compare_answers",
            {
                "content": content,
                "search": search,
            },
            _results.COMPARED,
        )

    async def compare_campaign(
        self,
        campaign: CampaignId,
        *,
        search: SimilaritySearch | Mapping[str, object] = SimilaritySearch(),
    ) -> Compared:
        """Compares what the candidates of a campaign answered to each question, as
        `compare_answers` compares the answers to a content.

        Raises:
            `Refused` when the campaign is not the actor's or the search breaks a rule;
            `StoreError` when the store failed.
        """
        return await self._calls.call(
            "compare_campaign",
            {
                "campaign": campaign,
                "search": search,
            },
            _results.COMPARED,
        )

    async def confirm_pair(
        self,
        pair: Pair | Mapping[str, object],
    ) -> Review:
        """Notes that one of two answers was copied, or both from one source.

        Raises as `dismiss_pair`.
        """
        return await self._calls.call(
            "confirm_pair",
            {
                "pair": pair,
            },
            _results.REVIEW,
        )

    async def consumed(
        self,
        consumer: ConsumerId,
    ) -> Cursor:
        """The place in the log up to which a consumer has dealt with the events.

        Raises as `events`.
        """
        return await self._calls.call(
            "consumed",
            {
                "consumer": consumer,
            },
            _results.CURSOR,
        )

    async def content(
        self,
        content: ContentId,
    ) -> ContentView:
        """A content as learners see it: no hidden validator, nothing that says what is right.

        Raises:
            `Refused` when it is not there, not published, or retired;
            `StoreError` when the store failed.
        """
        return await self._calls.call(
            "content",
            {
                "content": content,
            },
            _results.CONTENT_VIEW,
        )

    async def contents(
        self,
        *,
        tag: Tag | None = None,
        text: str | None = None,
        type: ContentKind | None = None,
        after: str | None = None,
        limit: int = 20,
    ) -> ContentSummaryPage:
        """The published contents that are looked for, in the order of their slugs.

        Args:
            tag: Only those with this tag.
            text: Only those that have each of these words in their slug, title, description or tags, or words
                that begin with it; upper and lower case are alike, and so are letters with and without
                accents.
            type: Only those of this kind.
            after: Where the page before ended; none for the first.
            limit: The most items wanted, 1 to 100.

        Raises:
            `Refused` when the actor may not, or the page is none;
            `StoreError` when the store failed.
        """
        return await self._calls.call(
            "contents",
            {
                "query": {"tag": tag, "text": text, "type": type},
                "page": {"after": after, "limit": limit},
            },
            _results.CONTENT_SUMMARY_PAGE,
        )

    async def contents_never_done(
        self,
        *,
        tag: Tag | None = None,
        text: str | None = None,
        type: ContentKind | None = None,
        after: str | None = None,
        limit: int = 20,
    ) -> ContentSummaryPage:
        """The published contents of a query that the actor never passed.

        Args:
            tag: Only those with this tag.
            text: Only those that have each of these words in their slug, title, description or tags, or words
                that begin with it; upper and lower case are alike, and so are letters with and without
                accents.
            type: Only those of this kind.
            after: Where the page before ended; none for the first.
            limit: The most items wanted, 1 to 100.

        Raises:
            `Refused` when the actor may not, or the page is none;
            `StoreError` when the store failed.
        """
        return await self._calls.call(
            "contents_never_done",
            {
                "query": {"tag": tag, "text": text, "type": type},
                "page": {"after": after, "limit": limit},
            },
            _results.CONTENT_SUMMARY_PAGE,
        )

    async def continue_regrade(
        self,
        regrade: RegradeId,
        *,
        limit: int = 100,
    ) -> Regrade:
        """Goes on with a regrade by at most `limit` submissions. May be called again at
        any time, also by several at once: each submission is passed once.

        Raises:
            `Refused` when there is no such regrade; `SandboxError` when
            programs can't be run now: it goes on from there later; `StoreError` when the
            store failed.
        """
        return await self._calls.call(
            "continue_regrade",
            {
                "regrade": regrade,
                "limit": limit,
            },
            _results.REGRADE,
        )

    async def create_campaign(
        self,
        text: CampaignText | Mapping[str, object],
        plan: CampaignPlan | Mapping[str, object],
    ) -> CampaignView:
        """Begins a campaign with a test of the actor's.

        Raises:
            `Refused` when the actor may not, the text or the plan breaks a rule, or the
            test is not there; `StoreError` when the store failed.
        """
        return await self._calls.call(
            "create_campaign",
            {
                "text": text,
                "plan": plan,
            },
            _results.CAMPAIGN_VIEW,
        )

    async def create_content(
        self,
        draft: ContentDraft | Mapping[str, object],
    ) -> VersionedContent:
        """Publishes a new content at once: of the actor's own, or without authors when it is
        the host itself that makes it.

        Raises:
            `Refused` when the actor may not, it breaks a rule, or its slug is taken;
            `StoreError` when the store failed: what was begun stays a draft of the actor's.
        """
        return await self._calls.call(
            "create_content",
            {
                "draft": draft,
            },
            _results.VERSIONED_CONTENT,
        )

    async def create_item(
        self,
        draft: ItemDraft | Mapping[str, object],
    ) -> VersionedItem:
        """Puts an item of a content on sale.

        Raises:
            `Refused` when the actor may not, there is no such content, or the draft
            breaks a rule; `StoreError` when the store failed.
        """
        return await self._calls.call(
            "create_item",
            {
                "draft": draft,
            },
            _results.VERSIONED_ITEM,
        )

    async def create_module(
        self,
        draft: ModuleDraft | Mapping[str, object],
    ) -> VersionedModule:
        """Makes a module that only its author sees, until it is published.

        Raises:
            `Refused` when the actor may not, it breaks a rule, or its slug is taken;
            `StoreError` when the store failed.
        """
        return await self._calls.call(
            "create_module",
            {
                "draft": draft,
            },
            _results.VERSIONED_MODULE,
        )

    async def create_team(
        self,
        profile: TeamProfile | Mapping[str, object],
    ) -> TeamCard:
        """Makes a team; the actor is its captain.

        Raises:
            `Refused` when the actor may not, is in a team already, or the profile
            breaks a rule; `StoreError` when the store failed.
        """
        return await self._calls.call(
            "create_team",
            {
                "profile": profile,
            },
            _results.TEAM_CARD,
        )

    async def create_test(
        self,
        draft: TestDraft | Mapping[str, object],
    ) -> VersionedTest:
        """Publishes a new test with its limits and points.

        Raises:
            `Refused` when the actor may not, the draft breaks a rule, or a question is
            not there at the version it names; `StoreError` when the store failed.
        """
        return await self._calls.call(
            "create_test",
            {
                "draft": draft,
            },
            _results.VERSIONED_TEST,
        )

    async def decline_invitation(
        self,
        token: str,
    ) -> None:
        """Declines an invitation; no account is needed for that.

        Raises:
            `Refused` with code `invitation_not_valid` for any token that can't be
            used; `StoreError` when the store failed.
        """
        return await self._calls.call(
            "decline_invitation",
            {
                "token": token,
            },
            _results.NOTHING,
        )

    async def delete_account(
        self,
        user: UserId,
    ) -> None:
        """Deletes an account. What the person wrote about themselves and how they typed is
        erased, and who they were to the authors of campaigns; their team goes on without them, or
        ends when it was theirs alone. The ledger, results and purchases keep the host's opaque
        id, so that they still add up.

        Also forgets a user who never had an account here.

        Raises:
            `Refused` when it is not the actor's own, or was deleted before;
            `StoreError` when the store failed.
        """
        return await self._calls.call(
            "delete_account",
            {
                "user": user,
            },
            _results.NOTHING,
        )

    async def delete_campaign(
        self,
        campaign: CampaignId,
    ) -> None:
        """Deletes a campaign that nobody is invited to, or that is over; what is known about
        its candidates goes in the next ticks.

        Raises as `schedule_campaign`, and as `Campaign::decide_delete` says.
        """
        return await self._calls.call(
            "delete_campaign",
            {
                "campaign": campaign,
            },
            _results.NOTHING,
        )

    async def delete_test(
        self,
        test: TestId,
    ) -> None:
        """Deletes a test that no campaign needs any more. Its versions are kept for the
        results of those who sat it.

        Raises:
            `Refused` when the actor may not, it is not there, or a campaign that is not
            over needs it; `StoreError` when the store failed.
        """
        return await self._calls.call(
            "delete_test",
            {
                "test": test,
            },
            _results.NOTHING,
        )

    async def detailed_report(
        self,
        campaign: CampaignId,
    ) -> DetailedReport:
        """The report on a campaign with every candidate in it.

        Raises as `results`.
        """
        return await self._calls.call(
            "detailed_report",
            {
                "campaign": campaign,
            },
            _results.DETAILED_REPORT,
        )

    async def dismiss_pair(
        self,
        pair: Pair | Mapping[str, object],
    ) -> Review:
        """Notes that two answers are alike for a good reason.

        Raises:
            `Refused` when there is no such pair, the actor may not, or there is an
            opinion on it; `StoreError` when the store failed.
        """
        return await self._calls.call(
            "dismiss_pair",
            {
                "pair": pair,
            },
            _results.REVIEW,
        )

    async def dissolve_team(
        self,
        team: TeamId,
    ) -> None:
        """Ends a team. Its name is kept, so that its members can be told which it was.

        Raises:
            `Refused` when the actor neither leads it nor runs the platform;
            `StoreError` when the store failed.
        """
        return await self._calls.call(
            "dissolve_team",
            {
                "team": team,
            },
            _results.NOTHING,
        )

    async def draft_content(
        self,
        draft: ContentDraft | Mapping[str, object],
    ) -> VersionedSavedDraft:
        """Begins a content that only its author sees, until it is published.

        A draft may still break rules of published contents, but its slug has to be free.

        Raises:
            `Refused` when the actor may not, the slug is taken, or the draft is too
            large; `StoreError` when the store failed.
        """
        return await self._calls.call(
            "draft_content",
            {
                "draft": draft,
            },
            _results.VERSIONED_SAVED_DRAFT,
        )

    async def edit_campaign(
        self,
        campaign: CampaignId,
        version: Version,
        text: CampaignText | Mapping[str, object],
        plan: CampaignPlan | Mapping[str, object],
    ) -> CampaignView:
        """Changes what a campaign says and what is planned, read at `read`.

        Raises as `create_campaign`; also code `stale` when the campaign was written since
        `read`, and what `Campaign::decide_edit` refuses for.
        """
        return await self._calls.call(
            "edit_campaign",
            {
                "campaign": campaign,
                "version": version,
                "text": text,
                "plan": plan,
            },
            _results.CAMPAIGN_VIEW,
        )

    async def edit_candidate(
        self,
        candidate: CandidateId,
        profile: CandidateProfile | Mapping[str, object],
    ) -> CandidateView:
        """Changes who a candidate is: name, address, tags. With the address, an invitation
        that was sent to the old one can't be used any more.

        Raises:
            `Refused` when the actor may not, the candidate is not there, the profile
            breaks a rule, or the address is another candidate's; `StoreError` when the
            store failed.
        """
        return await self._calls.call(
            "edit_candidate",
            {
                "candidate": candidate,
                "profile": profile,
            },
            _results.CANDIDATE_VIEW,
        )

    async def edit_module(
        self,
        module: ModuleId,
        version: Version,
        draft: ModuleDraft | Mapping[str, object],
    ) -> VersionedModule:
        """Writes something else about a module; `read` is the version that was read.

        Raises:
            `Refused` when it is not the actor's, it breaks a rule, its slug is taken,
            it is retired, or somebody changed it after `read`; `StoreError` when the store
            failed.
        """
        return await self._calls.call(
            "edit_module",
            {
                "module": module,
                "version": version,
                "draft": draft,
            },
            _results.VERSIONED_MODULE,
        )

    async def edit_test(
        self,
        test: TestId,
        version: Version,
        draft: TestDraft | Mapping[str, object],
    ) -> VersionedTest:
        """Publishes another version of a test, read at `read`. Campaigns and attempts go on
        with the version they pin.

        Raises as `create_test`; also code `stale` when somebody published a version since
        `read`, and a refusal when the test is not there or deleted.
        """
        return await self._calls.call(
            "edit_test",
            {
                "test": test,
                "version": version,
                "draft": draft,
            },
            _results.VERSIONED_TEST,
        )

    async def edit_workspace(
        self,
        place: WorkspacePlace | Mapping[str, object],
        edit: Edit | Mapping[str, object],
    ) -> Workspace:
        """Adds, writes, renames or removes one of the actor's own files in a code
        editor, or begins again.

        Raises:
            `Refused` when they are not the actor's, there is no such editor, language
            or file, the file is one of the author's, or there would be too many or too large files;
            `StoreError` when the store failed.
        """
        return await self._calls.call(
            "edit_workspace",
            {
                "place": place,
                "edit": edit,
            },
            _results.WORKSPACE,
        )

    async def entries(
        self,
        user: UserId,
        *,
        after: str | None = None,
        limit: int = 20,
    ) -> EntryPage:
        """The lines of the ledger that concern a user, newest first.

        Args:
            after: Where the page before ended; none for the first.
            limit: The most items wanted, 1 to 100.

        Raises:
            `Refused` when they are not the actor's own or the page is none;
            `StoreError` when the store failed.
        """
        return await self._calls.call(
            "entries",
            {
                "user": user,
                "page": {"after": after, "limit": limit},
            },
            _results.ENTRY_PAGE,
        )

    async def events(
        self,
        *,
        after: Cursor = 0,
        limit: int = 100,
    ) -> list[Logged]:
        """The events after a place in the log, at most 1,000 of them.

        Raises:
            `Refused` when the actor may not; `StoreError` when the store
            failed.
        """
        return await self._calls.call(
            "events",
            {
                "after": after,
                "limit": limit,
            },
            _results.LOGGED_LIST,
        )

    async def export_course(
        self,
        module: ModuleId,
    ) -> Course:
        """A module of the actor's as a course: everything that is in it and below it, each content
        with its samples, but what is retired, and contents that are not published. The module itself
        may be retired. Importing the course makes the same again.

        A sample whose submittable is no more, since the content was edited, is left out.

        Raises:
            `Refused` when the module is not there, or it or something in it is not the
            actor's to read; `StoreError` when the store failed.
        """
        return await self._calls.call(
            "export_course",
            {
                "module": module,
            },
            _results.COURSE,
        )

    async def extend_attempt(
        self,
        attempt: AttemptId,
        extra: Seconds,
    ) -> AttemptView:
        """Puts off the deadline of an attempt that is not over.

        Raises:
            `Refused` when the actor is not the campaign's author, or as
            `Attempt::decide_extend` says; `StoreError` when the store failed.
        """
        return await self._calls.call(
            "extend_attempt",
            {
                "attempt": attempt,
                "extra": extra,
            },
            _results.ATTEMPT_VIEW,
        )

    async def feedback(
        self,
        submission: SubmissionId,
    ) -> Feedback | None:
        """What the learner is told of a submission, once it is judged.

        Raises as `submission`.
        """
        return await self._calls.call(
            "feedback",
            {
                "submission": submission,
            },
            _results.MAYBE_FEEDBACK,
        )

    async def finish_reading(
        self,
        content: ContentId,
    ) -> Progress:
        """Notes that the actor has read a content that asks for no answers: it is passed by
        that, and pays once.

        Raises:
            `Refused` when it is not there or asks for answers; `StoreError`
            when the store failed.
        """
        return await self._calls.call(
            "finish_reading",
            {
                "content": content,
            },
            _results.PROGRESS,
        )

    async def general_report(
        self,
        campaign: CampaignId,
    ) -> GeneralReport:
        """The report on a campaign as a whole: summary, questions, reliability, groups by tag.

        Raises as `results`.
        """
        return await self._calls.call(
            "general_report",
            {
                "campaign": campaign,
            },
            _results.GENERAL_REPORT,
        )

    async def grade(
        self,
        submission: SubmissionId,
    ) -> Outcome:
        """Judges a stored submission and commits its grade, the progress it makes, the polypoints
        it earns and their events, together or not at all.

        May be called again for the same submission, also at the same time: it is graded once.

        Raises:
            `Refused` when there is no such submission, it is graded already, or it
            waits for a person;
            `SandboxError` when it can't be judged now: the submission stays pending if
            that may pass, and becomes ungradable, until it is graded again, if not;
            `StoreError` when the store failed.
        """
        return await self._calls.call(
            "grade",
            {
                "submission": submission,
            },
            _results.OUTCOME,
        )

    async def grade_attempt(
        self,
        attempt: AttemptId,
    ) -> TestGrade | None:
        """Judges what is not judged yet of an attempt that is over, by the questions as they were
        asked, and grades it; none while it waits, for a judge or for somebody's mark.

        May be called again for the same attempt, also at the same time: each mark and the grade
        are booked once. No polypoints are earned.

        Raises:
            `Refused` when there is no such attempt; `SandboxError` when an
            answer can't be judged now: the attempt goes on waiting, and it costs the candidate
            nothing; `StoreError` when the store failed.
        """
        return await self._calls.call(
            "grade_attempt",
            {
                "attempt": attempt,
            },
            _results.MAYBE_TEST_GRADE,
        )

    async def grade_pending(
        self,
        *,
        limit: int = 100,
    ) -> int:
        """Grades submissions that were received but not judged, as after a crash; returns how many
        were graded. Each is tried once; those that can't be judged now stay as they are.

        Raises:
            `StoreError` when the store failed.
        """
        return await self._calls.call(
            "grade_pending",
            {
                "limit": limit,
            },
            _results.COUNT,
        )

    async def grant_extra_time(
        self,
        candidate: CandidateId,
        extra_time: ExtraTime | Mapping[str, object],
    ) -> CandidateView:
        """Grants a candidate extra time before they start; once they have, see
        `extend_attempt`.

        Raises:
            `Refused` when the actor may not, the candidate is not there, or as
            `Candidate::decide_grant` says; `StoreError` when the store failed.
        """
        return await self._calls.call(
            "grant_extra_time",
            {
                "candidate": candidate,
                "extra_time": extra_time,
            },
            _results.CANDIDATE_VIEW,
        )

    async def hand_team_over(
        self,
        team: TeamId,
        to: UserId,
    ) -> None:
        """Makes another member the captain.

        Raises:
            `Refused` when the actor is not the captain, or the other is not in the
            team; `StoreError` when the store failed.
        """
        return await self._calls.call(
            "hand_team_over",
            {
                "team": team,
                "to": to,
            },
            _results.NOTHING,
        )

    async def import_candidates(
        self,
        campaign: CampaignId,
        csv: str,
    ) -> Intake:
        """Adds the candidates of a CSV file; see `roster::read` for what it may look like.
        Every row is added, skipped or reported with what is wrong.

        Commits as `add_candidates` does.

        Raises:
            `Refused` when the actor may not, the campaign is over, or the file is none
            that can be read row by row; `StoreError` when the store failed.
        """
        return await self._calls.call(
            "import_candidates",
            {
                "campaign": campaign,
                "csv": csv,
            },
            _results.INTAKE,
        )

    async def invitation(
        self,
        token: str,
    ) -> TestIntroduction:
        """What somebody is invited to, for whoever holds the token.

        Raises:
            `Refused` with code `invitation_not_valid` for any token that can't be
            used; `StoreError` when the store failed.
        """
        return await self._calls.call(
            "invitation",
            {
                "token": token,
            },
            _results.TEST_INTRODUCTION,
        )

    async def invite_candidate(
        self,
        candidate: CandidateId,
    ) -> SentInvitation:
        """Makes an invitation to be mailed, the first or another one; the one before
        can't be used any more.

        Raises:
            `Refused` when the actor may not, the candidate is not there, or as
            `Candidate::decide_invite` says; `StoreError` when the store failed.
        """
        return await self._calls.call(
            "invite_candidate",
            {
                "candidate": candidate,
            },
            _results.SENT_INVITATION,
        )

    async def invite_candidates(
        self,
        campaign: CampaignId,
    ) -> list[SentInvitation]:
        """Makes invitations for candidates of a campaign who were sent none yet, at most 100;
        none is left when there are fewer.

        Raises as `invite_candidate`. Those made before one that failed were not sent: send them
        again.
        """
        return await self._calls.call(
            "invite_candidates",
            {
                "campaign": campaign,
            },
            _results.SENT_INVITATION_LIST,
        )

    async def invite_to_team(
        self,
        team: TeamId,
        user: UserId,
    ) -> None:
        """Invites a user. Users belong to the host, so it is the host that knows whether there
        is such a user; one whose account was deleted is not invited.

        Raises:
            `Refused` when the actor is not the captain, the user is in the team or
            invited already, or too many are invited; `StoreError` when the store failed.
        """
        return await self._calls.call(
            "invite_to_team",
            {
                "team": team,
                "user": user,
            },
            _results.NOTHING,
        )

    async def item(
        self,
        item: ItemId,
    ) -> VersionedItem:
        """An item with what it sells, for its author.

        Raises:
            `Refused` when it is not the actor's own; `StoreError` when the
            store failed.
        """
        return await self._calls.call(
            "item",
            {
                "item": item,
            },
            _results.VERSIONED_ITEM,
        )

    async def items(
        self,
        content: ContentId,
        *,
        after: str | None = None,
        limit: int = 20,
    ) -> ItemPage:
        """The items of a content that can be bought, without what they sell.

        Args:
            after: Where the page before ended; none for the first.
            limit: The most items wanted, 1 to 100.

        Raises:
            `Refused` when the actor may not or the page is not one;
            `StoreError` when the store failed.
        """
        return await self._calls.call(
            "items",
            {
                "content": content,
                "page": {"after": after, "limit": limit},
            },
            _results.ITEM_PAGE,
        )

    async def kick_from_team(
        self,
        team: TeamId,
        user: UserId,
    ) -> None:
        """Sends a member away.

        Raises:
            `Refused` when the actor is not the captain, the user is not in the team
            or is its captain; `StoreError` when the store failed.
        """
        return await self._calls.call(
            "kick_from_team",
            {
                "team": team,
                "user": user,
            },
            _results.NOTHING,
        )

    async def lapse_team_invitations(
        self,
    ) -> int:
        """Lets every invitation to a team lapse whose time is over, and says how many did. They
        can't be accepted before that either; this clears them away and tells of it.

        Raises:
            `StoreError` when the store failed.
        """
        return await self._calls.call(
            "lapse_team_invitations",
            {},
            _results.COUNT,
        )

    async def leave_team(
        self,
        team: TeamId,
    ) -> None:
        """Leaves a team.

        Raises:
            `Refused` when the actor is not in it, or leads it: a captain hands the
            captaincy over or dissolves the team first; `StoreError` when the store failed.
        """
        return await self._calls.call(
            "leave_team",
            {
                "team": team,
            },
            _results.NOTHING,
        )

    async def mark_answer(
        self,
        submission: SubmissionId,
        score: Score,
    ) -> TestGrade | None:
        """Gives an answer of a test a mark by hand, in place of any before; an attempt that is
        over gets its grade anew.

        Raises:
            `Refused` when the actor is not the campaign's author, the answer is not
            there or does not count any more; `StoreError` when the store failed.
        """
        return await self._calls.call(
            "mark_answer",
            {
                "submission": submission,
                "score": score,
            },
            _results.MAYBE_TEST_GRADE,
        )

    async def module(
        self,
        module: ModuleId,
    ) -> ModuleView:
        """A module with the published modules and contents in it, in order. Its authors see
        it before it is published, too.

        Raises:
            `Refused` when it is not there for the actor; `StoreError` when
            the store failed.
        """
        return await self._calls.call(
            "module",
            {
                "module": module,
            },
            _results.MODULE_VIEW,
        )

    async def modules(
        self,
        *,
        tag: Tag | None = None,
        text: str | None = None,
        type: ModuleKind | None = None,
        after: str | None = None,
        limit: int = 20,
    ) -> ModuleSummaryPage:
        """The published modules that are looked for, in the order of their slugs.

        Args:
            tag: Only those with this tag.
            text: Only those that have each of these words in their slug, title, description or tags, or words
                that begin with it; upper and lower case are alike, and so are letters with and without
                accents.
            type: Only those of this kind.
            after: Where the page before ended; none for the first.
            limit: The most items wanted, 1 to 100.

        Raises:
            `Refused` when the actor may not, or the page is none;
            `StoreError` when the store failed.
        """
        return await self._calls.call(
            "modules",
            {
                "query": {"tag": tag, "text": text, "type": type},
                "page": {"after": after, "limit": limit},
            },
            _results.MODULE_SUMMARY_PAGE,
        )

    async def modules_never_done(
        self,
        *,
        tag: Tag | None = None,
        text: str | None = None,
        type: ModuleKind | None = None,
        after: str | None = None,
        limit: int = 20,
    ) -> ModuleSummaryPage:
        """The published modules of a query that the actor never passed.

        Args:
            tag: Only those with this tag.
            text: Only those that have each of these words in their slug, title, description or tags, or words
                that begin with it; upper and lower case are alike, and so are letters with and without
                accents.
            type: Only those of this kind.
            after: Where the page before ended; none for the first.
            limit: The most items wanted, 1 to 100.

        Raises as `contents_never_done`.
        """
        return await self._calls.call(
            "modules_never_done",
            {
                "query": {"tag": tag, "text": text, "type": type},
                "page": {"after": after, "limit": limit},
            },
            _results.MODULE_SUMMARY_PAGE,
        )

    async def note_consumed(
        self,
        consumer: ConsumerId,
        place: Cursor,
    ) -> None:
        """Notes that a consumer has dealt with the events up to a place. It stays there where
        it is further already.

        Raises:
            `Refused` when the actor may not, or the log has no such place yet;
            `StoreError` when the store failed.
        """
        return await self._calls.call(
            "note_consumed",
            {
                "consumer": consumer,
                "place": place,
            },
            _results.NOTHING,
        )

    async def open_badge(
        self,
        code: str,
        issuer: Issuer | Mapping[str, object],
        achievement: Achievement | Mapping[str, object],
        addresses: Addresses | Mapping[str, object],
    ) -> AchievementCredential | None:
        """A certificate as an Open Badge 3.0, for the host to sign; none when it was revoked.

        Raises as `verify_certificate`.
        """
        return await self._calls.call(
            "open_badge",
            {
                "code": code,
                "issuer": issuer,
                "achievement": achievement,
                "addresses": addresses,
            },
            _results.MAYBE_ACHIEVEMENT_CREDENTIAL,
        )

    async def open_question(
        self,
        attempt: AttemptId,
        seat: SeatId,
        question: ContentId,
    ) -> QuestionView:
        """Opens a question: its own clock begins to run the first time.

        Raises:
            `Refused` when the actor is not the candidate, or as
            `Attempt::decide_open` says; `StoreError` when the store failed.
        """
        return await self._calls.call(
            "open_question",
            {
                "attempt": attempt,
                "seat": seat,
                "question": question,
            },
            _results.QUESTION_VIEW,
        )

    async def open_tests(
        self,
        *,
        after: str | None = None,
        limit: int = 20,
    ) -> OpenTestPage:
        """The tests that are open to the actor, and those they are in the middle of, the
        newest first. A page may hold fewer than it was asked for, and still have a next one.

        Args:
            after: Where the page before ended; none for the first.
            limit: The most items wanted, 1 to 100.

        Raises:
            `Refused` when the actor is not signed in or the page is none;
            `StoreError` when the store failed.
        """
        return await self._calls.call(
            "open_tests",
            {
                "page": {"after": after, "limit": limit},
            },
            _results.OPEN_TEST_PAGE,
        )

    async def own_contents(
        self,
        *,
        after: str | None = None,
        limit: int = 20,
    ) -> AuthorshipPage:
        """The actor's own contents, published or not, in the order of their slugs.

        Args:
            after: Where the page before ended; none for the first.
            limit: The most items wanted, 1 to 100.

        Raises:
            `Refused` when the actor may not, or the page is none;
            `StoreError` when the store failed.
        """
        return await self._calls.call(
            "own_contents",
            {
                "page": {"after": after, "limit": limit},
            },
            _results.AUTHORSHIP_PAGE,
        )

    async def own_modules(
        self,
        *,
        after: str | None = None,
        limit: int = 20,
    ) -> VersionedModulePage:
        """The actor's own modules, published or not, in the order of their slugs.

        Args:
            after: Where the page before ended; none for the first.
            limit: The most items wanted, 1 to 100.

        Raises:
            `Refused` when the actor may not, or the page is none;
            `StoreError` when the store failed.
        """
        return await self._calls.call(
            "own_modules",
            {
                "page": {"after": after, "limit": limit},
            },
            _results.VERSIONED_MODULE_PAGE,
        )

    async def own_progress(
        self,
        *,
        after: str | None = None,
        limit: int = 20,
    ) -> ContentProgressPage:
        """The actor's progress in every content that they did something of.

        Args:
            after: Where the page before ended; none for the first.
            limit: The most items wanted, 1 to 100.

        Raises:
            `Refused` when the actor may not, or the page is none;
            `StoreError` when the store failed.
        """
        return await self._calls.call(
            "own_progress",
            {
                "page": {"after": after, "limit": limit},
            },
            _results.CONTENT_PROGRESS_PAGE,
        )

    async def own_standing(
        self,
        module: ModuleId,
    ) -> ModuleStanding:
        """How far the actor has come in a module, as it is now.

        Raises:
            `Refused` when the module is not there for the actor;
            `StoreError` when the store failed.
        """
        return await self._calls.call(
            "own_standing",
            {
                "module": module,
            },
            _results.MODULE_STANDING,
        )

    async def own_team(
        self,
    ) -> TeamView | None:
        """The team that the actor is in, if any.

        Raises:
            `Refused` when the actor did not sign in; `DirectoryError` when the
            host's directory failed; `StoreError` when the store failed.
        """
        return await self._calls.call(
            "own_team",
            {},
            _results.MAYBE_TEAM_VIEW,
        )

    async def passed_submissions(
        self,
        user: UserId,
        *,
        content: ContentId | None = None,
        after: str | None = None,
        limit: int = 20,
    ) -> SubmissionPage:
        """A user's submissions that passed every validator, hidden ones too, of one content or
        of all, newest first.

        A page looks at 1,000 submissions at most, so it may hold less than was asked for though
        there is a next one.

        Args:
            after: Where the page before ended; none for the first.
            limit: The most items wanted, 1 to 100.

        Raises:
            `Refused` when they are not the actor's own or the page is not one;
            `StoreError` when the store failed.
        """
        return await self._calls.call(
            "passed_submissions",
            {
                "user": user,
                "content": content,
                "page": {"after": after, "limit": limit},
            },
            _results.SUBMISSION_PAGE,
        )

    async def pause_attempt(
        self,
        attempt: AttemptId,
    ) -> None:
        """Takes note that the network to the candidate is lost; what that costs is given back
        as far as the campaign's grace goes.

        Raises:
            `Refused` when the actor is not the candidate, or as
            `Attempt::decide_pause` says; `StoreError` when the store failed.
        """
        return await self._calls.call(
            "pause_attempt",
            {
                "attempt": attempt,
            },
            _results.NOTHING,
        )

    async def place_content(
        self,
        module: ModuleId,
        content: ContentId,
        *,
        position: int | None = None,
    ) -> VersionedModule:
        """Puts a content into a module, or moves it there; without a position, to the end. It
        has to be published, or the actor's own.

        Raises:
            `Refused` when the module is not the actor's or is retired, the content is
            not to be found, the position is none, or there are too many; `StoreError` when
            the store failed.
        """
        return await self._calls.call(
            "place_content",
            {
                "module": module,
                "content": content,
                "position": position,
            },
            _results.VERSIONED_MODULE,
        )

    async def place_module(
        self,
        module: ModuleId,
        child: ModuleId,
        *,
        position: int | None = None,
    ) -> VersionedModule:
        """Puts a module into a module of the actor's, or moves it there; without a position,
        to the end. It has to be published, or the actor's own. A module may stand in several, but
        never in itself, however far around.

        Raises:
            `Refused` when the module is not the actor's, the other is not to be found,
            one of them is retired, it would close a circle or make the tree too deep, the position is
            none, or there are too many; `StoreError` when the store failed.
        """
        return await self._calls.call(
            "place_module",
            {
                "module": module,
                "child": child,
                "position": position,
            },
            _results.VERSIONED_MODULE,
        )

    async def practice_statistics(
        self,
        user: UserId,
    ) -> PracticeStatistics:
        """A user's practice in a few numbers.

        Raises:
            `Refused` when it is not the actor's own; `StoreError` when the
            store failed.
        """
        return await self._calls.call(
            "practice_statistics",
            {
                "user": user,
            },
            _results.PRACTICE_STATISTICS,
        )

    async def progress(
        self,
        user: UserId,
        content: ContentId,
    ) -> Progress:
        """How far a user has come in a content.

        Raises:
            `Refused` when it is not the actor's own; `StoreError` when the
            store failed.
        """
        return await self._calls.call(
            "progress",
            {
                "user": user,
                "content": content,
            },
            _results.PROGRESS,
        )

    async def public_team(
        self,
        team: TeamId,
    ) -> PublicTeam:
        """A team as everybody sees it.

        Raises:
            `Refused` when there is no such team, or none any more;
            `StoreError` when the store failed.
        """
        return await self._calls.call(
            "public_team",
            {
                "team": team,
            },
            _results.PUBLIC_TEAM,
        )

    async def public_user(
        self,
        user: UserId,
    ) -> PublicUser:
        """What a user shows to the actor: the name, the place and the polypoints. Who does not
        want to be seen looks like nobody. A user who never had an account here has the name that
        the host's directory gives, if it has one.

        Raises:
            `Refused` when there is no such user for the actor;
            `DirectoryError` when the host's directory failed; `StoreError` when
            the store failed.
        """
        return await self._calls.call(
            "public_user",
            {
                "user": user,
            },
            _results.PUBLIC_USER,
        )

    async def publish_draft(
        self,
        content: ContentId,
    ) -> VersionedContent:
        """Publishes the draft of a content as its next version. Submissions made before
        are still judged by the version they were made to.

        Raises:
            `Refused` when the content is not the actor's, is retired, there is no
            draft, it breaks a rule, its slug is taken, or somebody published a version after the one
            that it was begun on; `StoreError` when the store failed.
        """
        return await self._calls.call(
            "publish_draft",
            {
                "content": content,
            },
            _results.VERSIONED_CONTENT,
        )

    async def publish_module(
        self,
        module: ModuleId,
    ) -> VersionedModule:
        """Shows a module to everybody.

        Raises:
            `Refused` when it is not the actor's, or is published or retired already;
            `StoreError` when the store failed.
        """
        return await self._calls.call(
            "publish_module",
            {
                "module": module,
            },
            _results.VERSIONED_MODULE,
        )

    async def purchases(
        self,
        *,
        after: str | None = None,
        limit: int = 20,
    ) -> PurchasePage:
        """What the actor bought, newest first.

        Args:
            after: Where the page before ended; none for the first.
            limit: The most items wanted, 1 to 100.

        Raises:
            `Refused` when the actor did not sign in or the page is not one;
            `StoreError` when the store failed.
        """
        return await self._calls.call(
            "purchases",
            {
                "page": {"after": after, "limit": limit},
            },
            _results.PURCHASE_PAGE,
        )

    async def receive(
        self,
        *,
        answer: Answer | Mapping[str, object],
        component: ComponentId,
        content: ContentId,
        user: UserId,
        id: SubmissionId | None = None,
    ) -> SubmissionId:
        """Takes an answer and stores it, to be judged by `grade`. One that is sent
        again with its id is there already: nothing is done, however often it may be answered.

        Args:
            answer: The answer.
            component: The submittable in it.
            content: The content.
            user: Who answers.
            id: The submission's id where the caller chooses it: a UUID v7 that was never given before. An
                answer that is sent again with its id is taken once, whatever became of the first reply.

        Raises:
            `Refused` when the actor may not answer for the user, the content or
            component is not there, the answer does not fit it, the user answered it as often as
            its author allows, or the id belongs to another answer; `StoreError` when the
            store failed.
        """
        return await self._calls.call(
            "receive",
            {
                "submit": {"answer": answer, "component": component, "content": content, "user": user, "id": id},
            },
            _results.SUBMISSION_ID,
        )

    async def record_edits(
        self,
        content: ContentId,
        facts: Sequence[EditFact | Mapping[str, object]],
    ) -> None:
        """Records how the actor typed, if they agreed.

        Raises:
            `Refused` when they did not agree, or there are too many facts;
            `StoreError` when the store failed.
        """
        return await self._calls.call(
            "record_edits",
            {
                "content": content,
                "facts": facts,
            },
            _results.NOTHING,
        )

    async def register(
        self,
        *,
        profile: UserProfile | Mapping[str, object],
        user: UserId,
        settings: Settings | Mapping[str, object] = Settings(),
    ) -> UserAccount:
        """Makes an account. How its user signs in is the host's matter, and so is that the id
        is theirs.

        Args:
            profile: What the user says about themselves.
            user: The id that the host gives.
            settings: How they want the product to be.

        Raises:
            `Refused` when there is one, or was one, or the profile breaks a rule;
            `StoreError` when the store failed.
        """
        return await self._calls.call(
            "register",
            {
                "registration": {"profile": profile, "user": user, "settings": settings},
            },
            _results.USER_ACCOUNT,
        )

    async def regrade(
        self,
        content: ContentId,
        from_: Version,
    ) -> Regrade:
        """Begins to judge again, by the newest version of a content, what was practised of its
        versions from `from` on. `tick` and `continue_regrade` do the work.

        Raises:
            `Refused` when the actor may not grade it, there is no version between, or
            a regrade of the content goes on; `StoreError` when the store failed.
        """
        return await self._calls.call(
            "regrade",
            {
                "content": content,
                "from": from_,
            },
            _results.REGRADE,
        )

    async def regrade_campaign(
        self,
        campaign: CampaignId,
        question: ContentId,
        to: Version,
    ) -> Regrade:
        """Begins to judge again, by a newer version of a question than the test asks, what the
        candidates of a campaign answered to it, as after its author fixed a validator.
        `tick` and `continue_regrade` do the work. Attempts that have a grade
        get it anew, and both are told; marks given by hand are replaced. What is handed in later
        is still judged by the version that the test asks.

        Raises:
            `Refused` when the campaign is not the actor's, its test does not ask the
            question, there is no such version of it or it is not newer, or a regrade of the question
            in the campaign goes on; `StoreError` when the store failed.
        """
        return await self._calls.call(
            "regrade_campaign",
            {
                "campaign": campaign,
                "question": question,
                "to": to,
            },
            _results.REGRADE,
        )

    async def regraded(
        self,
        regrade: RegradeId,
        *,
        after: str | None = None,
        limit: int = 20,
    ) -> RegradedSubmissionPage:
        """Both grades of everything that a regrade judged again.

        Args:
            after: Where the page before ended; none for the first.
            limit: The most items wanted, 1 to 100.

        Raises:
            `Refused` when there is no such regrade, or the actor may not grade its
            content, or it is of a campaign that is not theirs; `StoreError` when the store
            failed.
        """
        return await self._calls.call(
            "regraded",
            {
                "regrade": regrade,
                "page": {"after": after, "limit": limit},
            },
            _results.REGRADED_SUBMISSION_PAGE,
        )

    async def regrades(
        self,
        content: ContentId,
        *,
        after: str | None = None,
        limit: int = 20,
    ) -> RegradePage:
        """The regrades of what was practised of a content, newest first.

        Args:
            after: Where the page before ended; none for the first.
            limit: The most items wanted, 1 to 100.

        Raises:
            `Refused` when the actor may not grade it; `StoreError` when the
            store failed.
        """
        return await self._calls.call(
            "regrades",
            {
                "content": content,
                "page": {"after": after, "limit": limit},
            },
            _results.REGRADE_PAGE,
        )

    async def reject_team_invitation(
        self,
        team: TeamId,
    ) -> None:
        """Does not join a team that invited the actor.

        Raises:
            `Refused` when there is no invitation that can be answered now;
            `StoreError` when the store failed.
        """
        return await self._calls.call(
            "reject_team_invitation",
            {
                "team": team,
            },
            _results.NOTHING,
        )

    async def remove_candidates(
        self,
        campaign: CampaignId,
        candidates: Sequence[CandidateId],
    ) -> Intake:
        """Removes candidates, and with each what is known about them. An attempt that
        is not over is called off. Each removal lands by itself.

        Raises:
            `Refused` when the actor may not or there are too many;
            `StoreError` when the store failed.
        """
        return await self._calls.call(
            "remove_candidates",
            {
                "campaign": campaign,
                "candidates": candidates,
            },
            _results.INTAKE,
        )

    async def remove_candidates_by_csv(
        self,
        campaign: CampaignId,
        csv: str,
    ) -> Intake:
        """Removes the candidates whose addresses stand in a CSV file; its other columns are
        not looked at. Each removal lands by itself.

        Raises as `import_candidates`.
        """
        return await self._calls.call(
            "remove_candidates_by_csv",
            {
                "campaign": campaign,
                "csv": csv,
            },
            _results.INTAKE,
        )

    async def remove_content(
        self,
        module: ModuleId,
        content: ContentId,
    ) -> VersionedModule:
        """Takes a content out of a module.

        Raises:
            `Refused` when the module is not the actor's or is retired, or the content
            is not in it; `StoreError` when the store failed.
        """
        return await self._calls.call(
            "remove_content",
            {
                "module": module,
                "content": content,
            },
            _results.VERSIONED_MODULE,
        )

    async def remove_module(
        self,
        module: ModuleId,
        child: ModuleId,
    ) -> VersionedModule:
        """Takes a sub-module out of a module.

        Raises:
            `Refused` when the module is not the actor's or is retired, or the other is
            not in it; `StoreError` when the store failed.
        """
        return await self._calls.call(
            "remove_module",
            {
                "module": module,
                "child": child,
            },
            _results.VERSIONED_MODULE,
        )

    async def reopen_pair(
        self,
        pair: Pair | Mapping[str, object],
    ) -> Review:
        """Takes the opinion on two answers back.

        Raises as `dismiss_pair`, when there is none.
        """
        return await self._calls.call(
            "reopen_pair",
            {
                "pair": pair,
            },
            _results.REVIEW,
        )

    async def report(
        self,
        submission: SubmissionId,
    ) -> Report | None:
        """Everything that judging a submission found, hidden validators included: for those
        who may grade it, never for its learner.

        Raises as `submission`.
        """
        return await self._calls.call(
            "report",
            {
                "submission": submission,
            },
            _results.MAYBE_REPORT,
        )

    async def results(
        self,
        campaign: CampaignId,
        order: RowOrder | Mapping[str, object],
        *,
        filter: Filter | Mapping[str, object] = Filter(),
        after: str | None = None,
        limit: int = 20,
    ) -> ResultRowPage:
        """The raw results of a campaign, filtered and in an order, page by page.

        Args:
            after: Where the page before ended; none for the first.
            limit: The most items wanted, 1 to 100.

        Raises:
            `Refused` when the campaign is not there for the actor, or the page is not
            one of this order; `StoreError` when the store failed.
        """
        return await self._calls.call(
            "results",
            {
                "campaign": campaign,
                "filter": filter,
                "order": order,
                "page": {"after": after, "limit": limit},
            },
            _results.RESULT_ROW_PAGE,
        )

    async def results_csv(
        self,
        campaign: CampaignId,
        order: RowOrder | Mapping[str, object],
        *,
        filter: Filter | Mapping[str, object] = Filter(),
    ) -> str:
        """Every candidate as the rows of a CSV file, with the header first.

        Raises as `results`.
        """
        return await self._calls.call(
            "results_csv",
            {
                "campaign": campaign,
                "filter": filter,
                "order": order,
            },
            _results.TEXT,
        )

    async def results_summary(
        self,
        campaign: CampaignId,
        *,
        filter: Filter | Mapping[str, object] = Filter(),
    ) -> Summary:
        """The results of a campaign, or of a part of it, in a few numbers: what charts are
        drawn from.

        Raises as `results`.
        """
        return await self._calls.call(
            "results_summary",
            {
                "campaign": campaign,
                "filter": filter,
            },
            _results.SUMMARY,
        )

    async def resume_attempt(
        self,
        attempt: AttemptId,
    ) -> AttemptView:
        """Comes back to an attempt, with its answers and its clock as they were. From now on it
        goes on here only: the answer names the seat.

        Raises:
            `Refused` when the actor is not the candidate, or as
            `Attempt::decide_resume` says; `StoreError` when the store failed.
        """
        return await self._calls.call(
            "resume_attempt",
            {
                "attempt": attempt,
            },
            _results.ATTEMPT_VIEW,
        )

    async def retire_content(
        self,
        content: ContentId,
    ) -> None:
        """Deletes a content. Nobody finds or answers it any more; its versions, submissions
        and grades stay, and so does its slug.

        Raises:
            `Refused` when the content is not the actor's or is retired already;
            `StoreError` when the store failed.
        """
        return await self._calls.call(
            "retire_content",
            {
                "content": content,
            },
            _results.NOTHING,
        )

    async def retire_item(
        self,
        item: ItemId,
    ) -> None:
        """Takes an item off sale. Who bought it keeps it.

        Raises:
            `Refused` when it is not the actor's own or was retired before;
            `StoreError` when the store failed.
        """
        return await self._calls.call(
            "retire_item",
            {
                "item": item,
            },
            _results.NOTHING,
        )

    async def retire_module(
        self,
        module: ModuleId,
    ) -> None:
        """Deletes a module. Nobody finds it any more; its contents, and the progress that was
        made in it, stay.

        Raises:
            `Refused` when it is not the actor's or is retired already;
            `StoreError` when the store failed.
        """
        return await self._calls.call(
            "retire_module",
            {
                "module": module,
            },
            _results.NOTHING,
        )

    async def review(
        self,
        *,
        marks: Sequence[Marks | Mapping[str, object]],
        submission: SubmissionId,
        comment: str = "",
        remarks: Sequence[Remark | Mapping[str, object]] = (),
    ) -> SubmissionView:
        """Marks what programs could not judge of a submission, and grades it: the grade, what
        it earns and what the learner is told land together.

        Args:
            marks: The marks for each validator that waits for them.
            submission: The submission.
            comment: What the learner is told about the whole.
            remarks: What the learner is told about single criteria.

        Raises:
            `Refused` when the actor may not mark it, it does not wait for a person,
            or the marks break a rule of their rubric; `StoreError` when the store failed.
        """
        return await self._calls.call(
            "review",
            {
                "review": {"marks": marks, "submission": submission, "comment": comment, "remarks": remarks},
            },
            _results.SUBMISSION_VIEW,
        )

    async def review_answer(
        self,
        submission: SubmissionId,
        marks: Sequence[Marks | Mapping[str, object]],
    ) -> TestGrade | None:
        """Marks by their rubrics what programs could not judge of an answer of a test; an
        attempt that is over gets its grade once nothing else is waited for.

        Raises as `mark_answer`; `Refused` also when the answer does not wait for
        a person, or the marks break a rule of their rubric.
        """
        return await self._calls.call(
            "review_answer",
            {
                "submission": submission,
                "marks": marks,
            },
            _results.MAYBE_TEST_GRADE,
        )

    async def revoke_certificate(
        self,
        certificate: CertificateId,
        reason: RevocationReason,
    ) -> Certificate:
        """Takes a certificate back for good, as the module's author does.

        Raises:
            `Refused` when there is none, the actor may not, or it was taken back
            before; `StoreError` when the store failed.
        """
        return await self._calls.call(
            "revoke_certificate",
            {
                "certificate": certificate,
                "reason": reason,
            },
            _results.CERTIFICATE,
        )

    async def run_validator(
        self,
        *,
        answer: Answer | Mapping[str, object],
        component: ComponentId,
        content: ContentId,
        validator: ValidatorId,
    ) -> Feedback:
        """Tries an answer against one visible validator. Nothing is stored and nothing is earned.

        Args:
            answer: The answer.
            component: The submittable in it.
            content: The content.
            validator: The validator.

        Raises:
            `Refused` when the actor may not answer, there is no such visible validator
            (a hidden one looks the same as none) or the answer does not fit;
            `SandboxError` or `StoreError` when the world failed.
        """
        return await self._calls.call(
            "run_validator",
            {
                "run": {"answer": answer, "component": component, "content": content, "validator": validator},
            },
            _results.FEEDBACK,
        )

    async def save_answer(
        self,
        save: SaveAnswer | Mapping[str, object],
    ) -> int:
        """Saves an answer, which is submitted by itself when the attempt ends. Returns its
        revision.

        Raises:
            `Refused` when the actor is not the candidate, the answer does not fit, or
            as `Attempt::decide_save` says; `StoreError` when the store failed.
        """
        return await self._calls.call(
            "save_answer",
            {
                "save": save,
            },
            _results.COUNT,
        )

    async def save_draft(
        self,
        content: ContentId,
        draft: ContentDraft | Mapping[str, object],
        *,
        version: Version | None = None,
    ) -> VersionedSavedDraft:
        """Saves what an author writes, without publishing it: nobody else sees it, and what
        was published stays as it is. `read` is the version of the draft that was read; none when
        there was no draft beside the published version.

        Raises:
            `Refused` when the content is not the actor's, is retired, the draft is too
            large, or somebody saved one after `read`; `StoreError` when the store failed.
        """
        return await self._calls.call(
            "save_draft",
            {
                "content": content,
                "version": version,
                "draft": draft,
            },
            _results.VERSIONED_SAVED_DRAFT,
        )

    async def schedule_campaign(
        self,
        campaign: CampaignId,
    ) -> CampaignView:
        """Makes the plan firm: candidates can be invited, and the campaign opens and closes by
        itself.

        Raises:
            `Refused` when the actor may not, or as `Campaign::decide_schedule` says;
            `StoreError` when the store failed.
        """
        return await self._calls.call(
            "schedule_campaign",
            {
                "campaign": campaign,
            },
            _results.CAMPAIGN_VIEW,
        )

    async def share_content(
        self,
        content: ContentId,
        co_authors: Set[UserId],
    ) -> Authorship:
        """Chooses who else may edit a content; only its author does.

        Raises:
            `Refused` when the actor is not its author, it is retired, or there are too
            many co-authors; `StoreError` when the store failed.
        """
        return await self._calls.call(
            "share_content",
            {
                "content": content,
                "co_authors": co_authors,
            },
            _results.AUTHORSHIP,
        )

    async def share_module(
        self,
        module: ModuleId,
        co_authors: Set[UserId],
    ) -> VersionedModule:
        """Chooses who else may edit a module; only its author does.

        Raises:
            `Refused` when the actor is not its author, it is retired, or there are too
            many co-authors; `StoreError` when the store failed.
        """
        return await self._calls.call(
            "share_module",
            {
                "module": module,
                "co_authors": co_authors,
            },
            _results.VERSIONED_MODULE,
        )

    async def similar_pairs(
        self,
        content: ContentId,
        *,
        after: str | None = None,
        limit: int = 20,
    ) -> ReviewPage:
        """The pairs of answers to a content that are alike, the most alike first.

        Args:
            after: Where the page before ended; none for the first.
            limit: The most items wanted, 1 to 100.

        Raises as `compare_answers`.
        """
        return await self._calls.call(
            "similar_pairs",
            {
                "content": content,
                "page": {"after": after, "limit": limit},
            },
            _results.REVIEW_PAGE,
        )

    async def similar_pairs_of_campaign(
        self,
        campaign: CampaignId,
        *,
        after: str | None = None,
        limit: int = 20,
    ) -> ReviewPage:
        """The pairs of answers in a campaign that are alike, the most alike first.

        Args:
            after: Where the page before ended; none for the first.
            limit: The most items wanted, 1 to 100.

        Raises as `compare_campaign`.
        """
        return await self._calls.call(
            "similar_pairs_of_campaign",
            {
                "campaign": campaign,
                "page": {"after": after, "limit": limit},
            },
            _results.REVIEW_PAGE,
        )

    async def similarity(
        self,
        pair: Pair | Mapping[str, object],
    ) -> Similarity | None:
        """Where two answers are alike, measured anew; none when they are not any more.

        Raises as `dismiss_pair`.
        """
        return await self._calls.call(
            "similarity",
            {
                "pair": pair,
            },
            _results.MAYBE_SIMILARITY,
        )

    async def start_test(
        self,
        candidate: CandidateId,
    ) -> AttemptView:
        """Starts the test of a campaign: the clock runs from now on. One that was started
        before and is not over is resumed instead.

        Raises:
            `Refused` when the actor is not the candidate, or as
            `Attempt::decide_start` and `Attempt::decide_resume` say; `StoreError` when
            the store failed.
        """
        return await self._calls.call(
            "start_test",
            {
                "candidate": candidate,
            },
            _results.ATTEMPT_VIEW,
        )

    async def submission(
        self,
        submission: SubmissionId,
    ) -> SubmissionView:
        """A submission and how far it has come, for its user and for the content's authors.

        Raises:
            `Refused` when it is not there for the actor; `StoreError` when
            the store failed.
        """
        return await self._calls.call(
            "submission",
            {
                "submission": submission,
            },
            _results.SUBMISSION_VIEW,
        )

    async def submissions(
        self,
        user: UserId,
        *,
        content: ContentId | None = None,
        after: str | None = None,
        limit: int = 20,
    ) -> SubmissionPage:
        """A user's submissions, of one content or of all, newest first.

        Args:
            after: Where the page before ended; none for the first.
            limit: The most items wanted, 1 to 100.

        Raises:
            `Refused` when they are not the actor's own or the page is none;
            `StoreError` when the store failed.
        """
        return await self._calls.call(
            "submissions",
            {
                "user": user,
                "content": content,
                "page": {"after": after, "limit": limit},
            },
            _results.SUBMISSION_PAGE,
        )

    async def submissions_to_review(
        self,
        content: ContentId,
        *,
        after: str | None = None,
        limit: int = 20,
    ) -> ReviewTaskPage:
        """The submissions to a content that wait for a person, those that wait longest first.

        Args:
            after: Where the page before ended; none for the first.
            limit: The most items wanted, 1 to 100.

        Raises:
            `Refused` when the actor may not mark them, or the content is not there;
            `StoreError` when the store failed.
        """
        return await self._calls.call(
            "submissions_to_review",
            {
                "content": content,
                "page": {"after": after, "limit": limit},
            },
            _results.REVIEW_TASK_PAGE,
        )

    async def submit(
        self,
        *,
        answer: Answer | Mapping[str, object],
        component: ComponentId,
        content: ContentId,
        user: UserId,
        id: SubmissionId | None = None,
    ) -> Outcome:
        """Takes an answer, judges it, and books what it earns.

        The answer is stored before it is judged: if judging fails for a reason of ours, or the
        process dies, the submission is kept and `grade` does the rest. One that is sent
        again with its id earns nothing again.

        Args:
            answer: The answer.
            component: The submittable in it.
            content: The content.
            user: Who answers.
            id: The submission's id where the caller chooses it: a UUID v7 that was never given before. An
                answer that is sent again with its id is taken once, whatever became of the first reply.

        Raises as `receive`; `SandboxError` when it can't be judged now.
        """
        return await self._calls.call(
            "submit",
            {
                "submit": {"answer": answer, "component": component, "content": content, "user": user, "id": id},
            },
            _results.OUTCOME,
        )

    async def submit_attempt(
        self,
        attempt: AttemptId,
        seat: SeatId,
    ) -> AttemptView:
        """Hands the whole attempt in, with the answers that were only saved. It is graded by
        the next `tick`.

        Raises:
            `Refused` when the actor is not the candidate, or as
            `Attempt::decide_submit` says; `StoreError` when the store failed.
        """
        return await self._calls.call(
            "submit_attempt",
            {
                "attempt": attempt,
                "seat": seat,
            },
            _results.ATTEMPT_VIEW,
        )

    async def team(
        self,
        team: TeamId,
    ) -> TeamView:
        """A team as those in it see it; also one that was dissolved, for those who run the platform
        and for the parts of it that write mails.

        Raises:
            `Refused` when the actor is not in it; `DirectoryError` when the
            host's directory failed; `StoreError` when the store failed.
        """
        return await self._calls.call(
            "team",
            {
                "team": team,
            },
            _results.TEAM_VIEW,
        )

    async def team_invitations(
        self,
        *,
        after: str | None = None,
        limit: int = 20,
    ) -> TeamInvitationPage:
        """The invitations that the actor can answer now, the one that lapses first before
        others.

        Args:
            after: Where the page before ended; none for the first.
            limit: The most items wanted, 1 to 100.

        Raises:
            `Refused` when the actor did not sign in or the page is not one;
            `StoreError` when the store failed.
        """
        return await self._calls.call(
            "team_invitations",
            {
                "page": {"after": after, "limit": limit},
            },
            _results.TEAM_INVITATION_PAGE,
        )

    async def team_ranking(
        self,
        *,
        after: str | None = None,
        limit: int = 20,
    ) -> PublicTeamPage:
        """All teams, those with the most polypoints first; equal ones share a place. A team has
        no points of its own: its place is that of what its members' wallets hold together.

        Args:
            after: Where the page before ended; none for the first.
            limit: The most items wanted, 1 to 100.

        Raises:
            `Refused` when the page is not one; `StoreError` when the store
            failed.
        """
        return await self._calls.call(
            "team_ranking",
            {
                "page": {"after": after, "limit": limit},
            },
            _results.PUBLIC_TEAM_PAGE,
        )

    async def test(
        self,
        test: TestId,
    ) -> VersionedTest:
        """A test with everything its author wrote, at its newest version. Not for candidates.

        Raises:
            `Refused` when it is not there for the actor; `StoreError` when
            the store failed.
        """
        return await self._calls.call(
            "test",
            {
                "test": test,
            },
            _results.VERSIONED_TEST,
        )

    async def test_answers(
        self,
        attempt: AttemptId,
    ) -> list[TestAnswer]:
        """The answers of an attempt with everything that judging found, for whoever marks
        them. Not for candidates.

        Raises:
            `Refused` when the attempt is not there for the actor;
            `StoreError` when the store failed.
        """
        return await self._calls.call(
            "test_answers",
            {
                "attempt": attempt,
            },
            _results.TEST_ANSWER_LIST,
        )

    async def test_at(
        self,
        test: TestId,
        version: Version,
    ) -> Test:
        """A test as it was at a version. Not for candidates.

        Raises as `test`.
        """
        return await self._calls.call(
            "test_at",
            {
                "test": test,
                "version": version,
            },
            _results.TEST,
        )

    async def test_introduction(
        self,
        candidate: CandidateId,
    ) -> TestIntroduction:
        """What the actor may read before they start; that they did is noted once the campaign
        is open.

        Raises:
            `Refused` when the actor is not the candidate, or they are out of the
            campaign; `StoreError` when the store failed.
        """
        return await self._calls.call(
            "test_introduction",
            {
                "candidate": candidate,
            },
            _results.TEST_INTRODUCTION,
        )

    async def tests(
        self,
        *,
        after: str | None = None,
        limit: int = 20,
    ) -> VersionedTestPage:
        """The tests of the actor, the newest first.

        Args:
            after: Where the page before ended; none for the first.
            limit: The most items wanted, 1 to 100.

        Raises:
            `Refused` when the actor may not or the page is none; `StoreError`
            when the store failed.
        """
        return await self._calls.call(
            "tests",
            {
                "page": {"after": after, "limit": limit},
            },
            _results.VERSIONED_TEST_PAGE,
        )

    async def tick(
        self,
    ) -> Ticked:
        """Does what is due by now: campaigns open and close, invitations lapse, candidates are sent
        the test, attempts end at their deadlines and are graded,
        invitations to teams lapse, regrades go on.

        To be called every few seconds, by one process or by several. At most 100 things of each
        kind are done in a call, and 100 submissions of each regrade; `Ticked::more` says when to
        call again at once. Calling it twice does nothing twice, and a call that comes late changes
        no deadline: each thing happens as of when it was due.

        Raises:
            `StoreError` when the store failed. What was done before stays done.
        """
        return await self._calls.call(
            "tick",
            {},
            _results.TICKED,
        )

    async def timeline_summary(
        self,
        user: UserId,
        content: ContentId,
    ) -> TimelineSummary:
        """How a user typed the answers to a content, in a few numbers; for the user and for
        who may see the answers.

        Raises:
            `Refused` when nothing was recorded or the actor may not see it;
            `StoreError` when the store failed.
        """
        return await self._calls.call(
            "timeline_summary",
            {
                "user": user,
                "content": content,
            },
            _results.TIMELINE_SUMMARY,
        )

    async def try_question(
        self,
        validator: ValidatorId,
        *,
        answer: Answer | Mapping[str, object],
        attempt: AttemptId,
        component: ComponentId,
        question: ContentId,
        seat: SeatId,
    ) -> Feedback:
        """Tries an answer to an open question against one visible validator, as long as there
        is time. Nothing is stored and nothing is earned.

        Args:
            answer: The answer.
            attempt: The attempt.
            component: The submittable in it.
            question: The question, which was opened.
            seat: Where it is sat: what starting or resuming it gave.

        Raises:
            `Refused` when the actor is not the candidate, there is no such visible
            validator, the answer does not fit, or as `Attempt::check_may_try` says;
            `SandboxError` or `StoreError` when the world failed.
        """
        return await self._calls.call(
            "try_question",
            {
                "to": {"answer": answer, "attempt": attempt, "component": component, "question": question, "seat": seat},
                "validator": validator,
            },
            _results.FEEDBACK,
        )

    async def update_content(
        self,
        content: ContentId,
        version: Version,
        draft: ContentDraft | Mapping[str, object],
    ) -> VersionedContent:
        """Publishes a new version of a content at once. Submissions made before are still
        judged by the version they were made to.

        Raises:
            `Refused` when it is not the actor's, breaks a rule, its new slug is taken,
            or somebody published a version after `read`; `StoreError` when the store failed.
        """
        return await self._calls.call(
            "update_content",
            {
                "content": content,
                "version": version,
                "draft": draft,
            },
            _results.VERSIONED_CONTENT,
        )

    async def update_item(
        self,
        item: ItemId,
        draft: ItemDraft | Mapping[str, object],
    ) -> VersionedItem:
        """Writes an item anew. Who bought it sees it as it is now.

        Raises:
            `Refused` when it is not the actor's own, was retired, or the draft breaks
            a rule; `StoreError` when the store failed.
        """
        return await self._calls.call(
            "update_item",
            {
                "item": item,
                "draft": draft,
            },
            _results.VERSIONED_ITEM,
        )

    async def update_profile(
        self,
        user: UserId,
        profile: UserProfile | Mapping[str, object],
    ) -> UserAccount:
        """Writes what a user says about themselves anew.

        Raises:
            `Refused` when it is not the actor's own account, there is none, or the
            profile breaks a rule; `StoreError` when the store failed.
        """
        return await self._calls.call(
            "update_profile",
            {
                "user": user,
                "profile": profile,
            },
            _results.USER_ACCOUNT,
        )

    async def update_settings(
        self,
        user: UserId,
        settings: Settings | Mapping[str, object],
    ) -> UserAccount:
        """Writes how a user wants the product to be anew.

        Raises:
            `Refused` when it is not the actor's own account, or there is none;
            `StoreError` when the store failed.
        """
        return await self._calls.call(
            "update_settings",
            {
                "user": user,
                "settings": settings,
            },
            _results.USER_ACCOUNT,
        )

    async def update_team(
        self,
        team: TeamId,
        profile: TeamProfile | Mapping[str, object],
    ) -> TeamCard:
        """Writes what a team says about itself anew.

        Raises:
            `Refused` when the actor is not its captain or the profile breaks a rule;
            `StoreError` when the store failed.
        """
        return await self._calls.call(
            "update_team",
            {
                "team": team,
                "profile": profile,
            },
            _results.TEAM_CARD,
        )

    async def user_ranking(
        self,
        *,
        after: str | None = None,
        limit: int = 20,
    ) -> PublicUserPage:
        """The users with polypoints, those with the most first; equal ones share a place.

        Who does not want to be seen is left out and keeps the place, so a page may hold less than
        was asked for though there is a next one.

        Args:
            after: Where the page before ended; none for the first.
            limit: The most items wanted, 1 to 100.

        Raises:
            `Refused` when the page is not one; `DirectoryError` when the
            host's directory failed; `StoreError` when the store failed.
        """
        return await self._calls.call(
            "user_ranking",
            {
                "page": {"after": after, "limit": limit},
            },
            _results.PUBLIC_USER_PAGE,
        )

    async def verify_certificate(
        self,
        code: str,
    ) -> Verification:
        """Tells anybody who has its code whether a certificate is good. Codes are read as
        people type them; one that is wrong looks like one that was never given.

        Raises:
            `Refused` when there is no certificate of this code;
            `StoreError` when the store failed.
        """
        return await self._calls.call(
            "verify_certificate",
            {
                "code": code,
            },
            _results.VERIFICATION,
        )

    async def wallet(
        self,
        user: UserId,
    ) -> Wallet:
        """What a user owns.

        Raises as `progress`.
        """
        return await self._calls.call(
            "wallet",
            {
                "user": user,
            },
            _results.WALLET,
        )

    async def withdraw(
        self,
        candidate: CandidateId,
    ) -> None:
        """Declines after having accepted, as long as the test was not started.

        Raises:
            `Refused` when the actor is not the candidate, has started or is out
            already; `StoreError` when the store failed.
        """
        return await self._calls.call(
            "withdraw",
            {
                "candidate": candidate,
            },
            _results.NOTHING,
        )

    async def withdraw_team_invitation(
        self,
        team: TeamId,
        user: UserId,
    ) -> None:
        """Takes an invitation back.

        Raises:
            `Refused` when the actor is not the captain or the user is not invited;
            `StoreError` when the store failed.
        """
        return await self._calls.call(
            "withdraw_team_invitation",
            {
                "team": team,
                "user": user,
            },
            _results.NOTHING,
        )

    async def withdraw_timeline(
        self,
        content: ContentId,
    ) -> None:
        """The actor does not agree any more; what was recorded is erased.

        Raises:
            `Refused` when they did not agree; `StoreError` when the store
            failed.
        """
        return await self._calls.call(
            "withdraw_timeline",
            {
                "content": content,
            },
            _results.NOTHING,
        )

    async def workspace(
        self,
        place: WorkspacePlace | Mapping[str, object],
    ) -> Workspace:
        """The actor's own files in a code editor, or those they start from.

        Raises:
            `Refused` when they are not the actor's, or there is no such editor or
            language; `StoreError` when the store failed.
        """
        return await self._calls.call(
            "workspace",
            {
                "place": place,
            },
            _results.WORKSPACE,
        )
