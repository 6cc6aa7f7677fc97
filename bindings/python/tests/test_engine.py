"""The life of contents, submissions, progress and points, over a database of its own."""

from __future__ import annotations

from pathlib import Path

import polycode
import pytest
from conftest import DOUBLE, SECRET
from polycode.models import (
    AwardEntryReason,
    ContentDraft,
    CreditedWalletEvent,
    ExitedEnding,
    GradedJudgingState,
    PendingJudgingState,
    Verdict,
    WalletAccount,
)


@pytest.mark.parametrize("language", ["javascript", "python"])
def test_an_answer_is_judged_graded_and_rewarded(
    engine: polycode.Engine, draft: ContentDraft, language: str
) -> None:
    content = engine.create_content(draft)
    answer = polycode.code(language, DOUBLE[language])
    code = engine.submit(user="ada", content="doubles", component="double", answer=answer)
    assert code.feedback.verdict is Verdict.PASSED
    assert code.feedback.hidden_passed is True
    assert (code.progress.score, code.awarded) == (500_000, 0)

    partly = engine.submit(
        user="ada", content=content.value.id, component="even", answer=polycode.choice("two")
    )
    assert partly.feedback.verdict is Verdict.WRONG_ANSWER
    assert (partly.feedback.score, partly.progress.score) == (500_000, 750_000)
    assert (partly.awarded, partly.balance) == (7, 7)

    fully = engine.submit(
        user="ada", content="doubles", component="even", answer=polycode.choice("two", "four")
    )
    assert (fully.progress.score, fully.awarded, fully.balance) == (1_000_000, 3, 10)

    again = engine.submit(user="ada", content="doubles", component="double", answer=answer)
    assert (again.awarded, again.balance) == (0, 10), "an improvement pays the difference only"
    assert engine.wallet("ada").balance == 10
    entries = engine.entries("ada").items
    assert [entry.points for entry in entries] == [3, 7]
    assert all(entry.credit == WalletAccount(user="ada") for entry in entries)
    assert isinstance(entries[0].reason, AwardEntryReason)
    assert engine.progress("ada", "doubles").best == {"double": 1_000_000, "even": 1_000_000}
    assert engine.wallet("grace").balance == 0


def test_everything_is_there_after_opening_again(
    url: str, runner: polycode.Runner, draft: ContentDraft
) -> None:
    with polycode.Engine.open(url, runner=runner) as engine:
        engine.create_content(draft)
        answer = polycode.code("javascript", DOUBLE["javascript"])
        outcome = engine.submit(user="ada", content="doubles", component="double", answer=answer)
    with polycode.Engine.open(url, runner=runner) as engine:
        submission = engine.submission(outcome.submission.id)
        assert submission == outcome.submission
        assert isinstance(submission.judging, GradedJudgingState)
        assert submission.judging.passed
        assert engine.answer(submission.id) == answer
        assert engine.feedback(submission.id) == outcome.feedback
        assert [item.id for item in engine.submissions("ada").items] == [submission.id]


def test_what_is_hidden_stays_hidden(engine: polycode.Engine, draft: ContentDraft) -> None:
    engine.create_content(draft)
    answer = polycode.code("javascript", "console.log(require('fs').readFileSync(0, 'utf8') * 2)")
    outcome = engine.submit(user="ada", content="doubles", component="double", answer=answer)
    assert outcome.feedback.verdict is Verdict.WRONG_ANSWER
    assert outcome.feedback.hidden_passed is False
    assert [validator.validator for validator in outcome.feedback.validators] == ["open"]
    seen = repr([outcome, engine.content("doubles"), engine.feedback(outcome.submission.id)])
    assert SECRET not in seen and "'secret'" not in seen

    report = engine.report(outcome.submission.id)
    assert report is not None
    assert [judgement.verdict for judgement in report.judgements] == ["passed", "wrong_answer"]
    authored = engine.authored_content("doubles")
    assert SECRET in repr(authored)
    with pytest.raises(polycode.errors.NotFound):
        engine.run_validator(
            content="doubles", component="double", validator="secret", answer=answer
        )


def test_one_validator_can_be_tried_for_nothing(
    engine: polycode.Engine, draft: ContentDraft
) -> None:
    engine.create_content(draft)
    answer = polycode.code("javascript", "console.log('41')")
    feedback = engine.run_validator(
        content="doubles", component="double", validator="open", answer=answer
    )
    [judged] = feedback.validators
    assert judged.verdict is Verdict.WRONG_ANSWER
    assert judged.run is not None
    assert judged.run.stdout.text == "41\n"
    assert judged.run.ending == ExitedEnding(code=0)
    assert engine.submissions("ada").items == []


def test_a_submission_can_be_graded_later(engine: polycode.Engine, draft: ContentDraft) -> None:
    engine.create_content(draft)
    answer = polycode.code("javascript", {"main.js": DOUBLE["javascript"]})
    first = engine.receive(user="ada", content="doubles", component="double", answer=answer)
    second = engine.receive(user="ada", content="doubles", component="double", answer=answer)
    assert engine.submission(first).judging == PendingJudgingState()
    assert engine.feedback(first) is None
    assert engine.report(first) is None
    assert engine.grade(first).feedback.verdict is Verdict.PASSED
    assert engine.grade_pending() == 1
    assert isinstance(engine.submission(second).judging, GradedJudgingState)
    with pytest.raises(polycode.errors.AlreadyGraded):
        engine.grade(first)


def test_lists_come_in_pages(engine: polycode.Engine, draft: ContentDraft) -> None:
    engine.create_content(draft)
    for count in range(3):
        engine.submit(
            user="ada", content="doubles", component="even", answer=polycode.choice(*["one"] * count)
        )
    first = engine.submissions("ada", content="doubles", limit=2)
    rest = engine.submissions("ada", content="doubles", limit=2, after=first.next)
    assert (len(first.items), len(rest.items), rest.next) == (2, 1, None)
    ids = [item.id for item in [*first.items, *rest.items]]
    assert ids == sorted(set(ids), reverse=True)


def test_events_are_read_by_cursor(engine: polycode.Engine, draft: ContentDraft) -> None:
    engine.create_content(draft)
    answer = polycode.choice("two", "four")
    engine.submit(user="ada", content="doubles", component="even", answer=answer)
    engine.submit(
        user="ada",
        content="doubles",
        component="double",
        answer=polycode.code("javascript", DOUBLE["javascript"]),
    )
    log = engine.events()
    kinds = [(logged.subject, logged.event.type) for logged in log]
    assert kinds[:4] == [
        ("content", "published"),
        ("submission", "received"),
        ("submission", "graded"),
        ("progress", "advanced"),
    ]
    credited = [x.event for x in log if isinstance(x.event, CreditedWalletEvent)]
    assert [event.balance for event in credited] == [10]
    assert engine.events(after=log[2].cursor) == log[3:]


def test_a_content_is_published_again(engine: polycode.Engine, draft: ContentDraft) -> None:
    created = engine.create_content(draft)
    changed = {"slug": "doubles", "name": "Twice", "type": "lesson", "root": {
        "id": "page", "kind": "markdown", "text": "Nothing to do."}}
    updated = engine.update_content("doubles", created.version, changed)
    assert (updated.version, updated.value.name) == (2, "Twice")
    assert engine.content(created.value.id).name == "Twice"
    with pytest.raises(polycode.errors.Stale):
        engine.update_content("doubles", created.version, draft)


def test_the_sample_course_is_imported_once(engine: polycode.Engine, root: Path) -> None:
    imported = engine.import_course(root / "examples" / "course")
    assert len(imported.contents) >= 12
    published = engine.events(limit=1_000)
    assert engine.import_course(str(root / "examples" / "course")) == imported
    listed = engine.contents(limit=100)
    assert {item.slug for item in listed.items} == {item.slug for item in imported.contents}
    assert published, "a first import is told"
    assert engine.events(limit=1_000) == published, "nothing was published twice"
