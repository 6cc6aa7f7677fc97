"""The life of a campaign: a test is made, candidates are invited and sit it, results are read."""

from __future__ import annotations

import asyncio
import pickle
from datetime import UTC, datetime, timedelta

import polycode
import pytest
from conftest import DOUBLE
from polycode import Role, errors, models, user
from polycode.models import (
    CampaignPlan,
    CampaignText,
    CandidateProfile,
    CandidateView,
    ContentDraft,
    FinishedAttemptProgress,
    NewCandidate,
    Pool,
    Question,
    ResultRow,
    RowOrder,
    StatusName,
)


def plan(test: models.VersionedTest) -> CampaignPlan:
    """Open since an hour ago, until tomorrow."""
    now = datetime.now(UTC)
    return CampaignPlan(
        test=test.value.id,
        test_version=test.version,
        starts_at=now - timedelta(hours=1),
        ends_at=now + timedelta(days=1),
        pass_mark=500_000,
    )


def questions(engine: polycode.Engine, draft: ContentDraft) -> models.TestDraft:
    content = engine.create_content(draft)
    question = Question(content=content.value.id, version=content.version)
    return models.TestDraft(name="Doubles", time_limit=3_600, pools=[Pool(questions=[question])])


def test_as_7_as_18_as_22_st_1_a_campaign_from_its_test_to_its_results(
    engine: polycode.Engine, draft: ContentDraft
) -> None:
    author = engine.acting_as(user("grace", Role.ASSESSMENT_CREATOR))
    test = author.create_test(questions(engine, draft))
    campaign = author.create_campaign(CampaignText(name="Autumn"), plan(test))
    names = ["ada", "bob", "eve"]
    people = [NewCandidate(name=name, address=f"{name}@example.org") for name in names]
    assert author.add_candidates(campaign.id, people).added == 3
    assert author.schedule_campaign(campaign.id).id == campaign.id
    invitations = {sent.name: sent for sent in author.invite_candidates(campaign.id)}

    ada = engine.acting_as(user("ada"))
    assert ada.invitation(invitations["ada"].token).cover.name == "Doubles"
    ada.accept_invitation(invitations["ada"].token)
    engine.acting_as(polycode.guest()).decline_invitation(invitations["eve"].token)
    engine.tick()
    [open_test] = ada.open_tests().items
    attempt = ada.start_test(open_test.candidate)
    assert attempt.seat is not None
    [place] = attempt.questions
    view = ada.open_question(attempt.id, attempt.seat, place.content)
    assert view.content.name == "Doubles"
    answers: dict[str, models.Answer] = {
        "double": polycode.code("javascript", DOUBLE["javascript"]),
        "even": polycode.choice("two"),
    }
    for component, answer in answers.items():
        received = ada.answer_question(
            attempt=attempt.id,
            seat=attempt.seat,
            question=place.content,
            component=component,
            answer=answer,
        )
        assert received.feedback is None, "nothing is told while the test is sat"
    done = ada.submit_attempt(attempt.id, attempt.seat)
    assert isinstance(done.progress, FinishedAttemptProgress)
    assert engine.tick().grades == 1

    rows = author.results(campaign.id, RowOrder(by="name")).items
    assert [(row.name, row.status) for row in rows] == [
        ("ada", StatusName.TEST_FINISHED),
        ("bob", StatusName.CONFIRMATION_PENDING),
        ("eve", StatusName.DECLINED),
    ]
    assert rows[0].score == 750_000
    assert author.results_summary(campaign.id).candidates == 3
    table = author.results_csv(campaign.id, RowOrder(by="score")).splitlines()
    assert len(table) == 4
    assert table[1].count("ada") >= 1
    assert author.close_campaign(campaign.id).id == campaign.id


def test_as_12_as_17_candidates_by_csv_and_by_tag(
    engine: polycode.Engine, draft: ContentDraft
) -> None:
    author = engine.acting_as(user("grace", Role.ASSESSMENT_CREATOR))
    test = author.create_test(questions(engine, draft))
    campaign = author.create_campaign({"name": "Autumn"}, plan(test))
    csv = "name,email,tags\nAda,ada@example.org,east\nBob,bob@example.org,west\n"
    assert author.import_candidates(campaign.id, csv).added == 2
    [bob] = author.candidates(campaign.id, tag="west").items
    profile = CandidateProfile(name="Robert", address=bob.profile.address)
    assert author.edit_candidate(bob.id, profile).profile.name == "Robert"
    assert author.candidates(campaign.id, tag="west").items == []
    pages = [author.candidates(campaign.id, limit=1)]
    pages.append(author.candidates(campaign.id, after=pages[0].next, limit=1))
    assert {page.items[0].profile.name for page in pages} == {"Ada", "Robert"}


def test_whole_lists_are_read_page_after_page(
    url: str, engine: polycode.Engine, runner: polycode.Runner, draft: ContentDraft
) -> None:
    author = engine.acting_as(user("grace", Role.ASSESSMENT_CREATOR))
    test = author.create_test(questions(engine, draft))
    campaign = author.create_campaign({"name": "Autumn"}, plan(test))
    names = {f"p{number}" for number in range(7)}
    people = [NewCandidate(name=name, address=f"{name}@example.org") for name in names]
    author.add_candidates(campaign.id, people)
    listed = [view.profile.name for view in polycode.each(author.candidates, campaign.id, limit=3)]
    assert len(listed) == 7 and set(listed) == names

    async def all_of_them() -> list[str]:
        async with await polycode.AsyncEngine.open(url, runner=runner) as opened:
            grace = opened.acting_as(user("grace", Role.ASSESSMENT_CREATOR))
            views = polycode.aeach(grace.candidates, campaign.id, limit=2)
            return [view.profile.name async for view in views]

    assert asyncio.run(all_of_them()) == listed


def test_who_may_not_is_refused(engine: polycode.Engine, draft: ContentDraft) -> None:
    author = engine.acting_as(user("grace", Role.ASSESSMENT_CREATOR))
    test = author.create_test(questions(engine, draft))
    with pytest.raises(errors.NotAllowed) as caught:
        engine.acting_as(user("mallory")).create_test(test.value.draft)
    assert caught.value.code == "not_allowed"
    assert caught.value.errors == [errors.Told(message="making a test is not for you to do")]
    with pytest.raises(errors.NotFound):
        engine.acting_as(user("mallory", Role.ASSESSMENT_CREATOR)).test(test.value.id)
    with pytest.raises(errors.Invalid) as invalid:
        author.edit_test(test.value.id, test.version, {"name": "", "pools": []})
    assert {told.field for told in invalid.value.errors} == {"name", "pools"}
    with pytest.raises(errors.Stale):
        author.edit_test(test.value.id, test.version + 1, test.value.draft)
    with pytest.raises(errors.Invalid, match="roles"):
        engine.acting_as({"id": "ada", "roles": ["queen"]})


def test_values_are_frozen_can_be_pickled_and_tell_what_they_are(
    engine: polycode.Engine, draft: ContentDraft
) -> None:
    author = engine.acting_as(user("grace", Role.ASSESSMENT_CREATOR))
    test = author.create_test(questions(engine, draft))
    campaign = author.create_campaign(CampaignText(name="Autumn"), plan(test))
    author.add_candidates(campaign.id, [NewCandidate(name="Ada", address="ada@example.org")])
    [ada] = author.candidates(campaign.id).items
    assert pickle.loads(pickle.dumps(ada)) == ada
    assert pickle.loads(pickle.dumps(test)) == test
    assert repr(ada).startswith("CandidateView(campaign='")
    assert ada.status == "CONFIRMATION_PENDING"
    assert ada.status is StatusName.CONFIRMATION_PENDING
    with pytest.raises(AttributeError):
        ada.status = StatusName.DECLINED  # type: ignore[misc]
    assert isinstance(ada, CandidateView)


def test_a_campaign_for_asyncio(url: str, runner: polycode.Runner, draft: ContentDraft) -> None:
    async def story() -> list[ResultRow]:
        async with await polycode.AsyncEngine.open(url, runner=runner) as engine:
            content = await engine.create_content(draft)
            author = engine.acting_as(user("grace", Role.ASSESSMENT_CREATOR))
            pool = {"questions": [{"content": content.value.id, "version": content.version}]}
            test = await author.create_test({"name": "Doubles", "pools": [pool]})
            campaign = await author.create_campaign({"name": "Autumn"}, plan(test))
            people = [
                NewCandidate(name=f"p{number:02}", address=f"p{number}@example.org")
                for number in range(16)
            ]
            await author.add_candidates(campaign.id, people)
            await author.schedule_campaign(campaign.id)
            invitations = await author.invite_candidates(campaign.id)

            async def sit(name: str, token: str) -> None:
                person = engine.acting_as(user(name))
                accepted = await person.accept_invitation(token)
                await engine.tick()
                attempt = await person.start_test(accepted.candidate)
                assert attempt.seat is not None
                await person.open_question(attempt.id, attempt.seat, content.value.id)
                await person.answer_question(
                    attempt=attempt.id,
                    seat=attempt.seat,
                    question=content.value.id,
                    component="even",
                    answer=polycode.choice("two", "four"),
                )
                await person.submit_attempt(attempt.id, attempt.seat)

            await asyncio.gather(*(sit(sent.name, sent.token) for sent in invitations))
            while (await engine.tick()).more:
                pass
            page = await author.results(campaign.id, RowOrder(by="name"), limit=100)
            return list(page.items)

    rows = asyncio.run(story())
    assert {row.score for row in rows} == {500_000}
    assert len(rows) == 16
