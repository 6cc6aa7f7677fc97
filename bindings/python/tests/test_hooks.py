"""Code of the host that the engine calls: events, graders, a directory of users."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Mapping, Sequence
from datetime import timedelta

import polycode
import pytest
from conftest import DOUBLE
from polycode import errors
from polycode.models import (
    AdvancedProgressEvent,
    ContentDraft,
    GradedJudgingState,
    Logged,
    PendingJudgingState,
    UserProfile,
    Verdict,
)
from polycode.testing import Time

STYLE = {
    "slug": "style",
    "name": "Style",
    "type": "exercise",
    "reward": 10,
    "root": {
        "id": "code",
        "kind": "code_editor",
        "languages": {"javascript": {}},
        "validators": [
            {"id": "short", "kind": "host", "grader": "length", "options": {"most": 30}},
        ],
    },
}
SHORT = polycode.code("javascript", "console.log(1)")
LONG = polycode.code("javascript", "console.log(1) // " + "long " * 10)


class Boom(Exception):
    """What a hook of these tests raises."""


def length(task: polycode.GraderTask) -> polycode.GraderOpinion:
    """Judges how long the source is."""
    [source] = task.program.files.values()
    assert task.options is not None
    if len(source) <= task.options["most"]:
        return polycode.GraderOpinion(score=1_000_000, note=f"wrote {task.stdout.strip()}")
    return polycode.GraderOpinion(score=250_000, reason="too long")


def submit(engine: polycode.Engine, answer: polycode.models.Answer) -> polycode.models.Outcome:
    return engine.submit(user="ada", content="style", component="code", answer=answer)


def test_a_grader_of_the_host_judges(url: str, runner: polycode.Runner) -> None:
    with polycode.Engine.open(url, runner=runner, graders={"length": length}) as engine:
        engine.create_content(STYLE)
        told = submit(engine, LONG).feedback
        assert told.verdict == Verdict.WRONG_ANSWER
        assert (told.score, told.validators[0].reason) == (250_000, "too long")
        outcome = submit(engine, SHORT)
        assert (outcome.feedback.verdict, outcome.awarded) == (Verdict.PASSED, 10)
        report = engine.report(outcome.submission.id)
        assert report is not None
        assert report.judgements[0].note == "wrote 1"
        # A program that failed is not asked about.
        crashed = submit(engine, polycode.code("javascript", "throw 1"))
        assert crashed.feedback.verdict == Verdict.RUNTIME_ERROR


def test_a_grader_that_fails_is_our_failure_and_never_a_verdict(
    url: str, runner: polycode.Runner
) -> None:
    broken = True

    def grader(task: polycode.GraderTask) -> polycode.GraderOpinion:
        if broken:
            raise Boom("no disk")
        return length(task)

    with polycode.Engine.open(url, runner=runner, graders={"length": grader}) as engine:
        engine.create_content(STYLE)
        with pytest.raises(errors.GraderError, match="grader `length` failed: no disk") as caught:
            submit(engine, SHORT)
        assert isinstance(caught.value.__cause__, Boom)
        assert caught.value.temporary
        [kept] = engine.submissions("ada").items
        assert isinstance(kept.judging, PendingJudgingState)
        assert engine.wallet("ada").balance == 0
        broken = False
        assert engine.grade_pending(limit=10) == 1
        [graded] = engine.submissions("ada").items
        assert isinstance(graded.judging, GradedJudgingState)
        assert engine.wallet("ada").balance == 10


def test_what_a_grader_says_must_be_an_opinion(url: str, runner: polycode.Runner) -> None:
    def wrong(task: polycode.GraderTask) -> polycode.GraderOpinion:
        return polycode.GraderOpinion(score=1_000_001)

    with polycode.Engine.open(url, runner=runner, graders={"length": wrong}) as engine:
        engine.create_content(STYLE)
        with pytest.raises(errors.GraderError, match="gave a wrong answer: score"):
            submit(engine, SHORT)


def test_a_grader_that_is_not_there(engine: polycode.Engine) -> None:
    engine.create_content(STYLE)
    with pytest.raises(errors.GraderError, match="has no grader `length`") as caught:
        submit(engine, SHORT)
    assert not caught.value.temporary


def test_graders_of_coroutines_run_in_the_event_loop_and_never_block_it(
    url: str, runner: polycode.Runner
) -> None:
    async def story() -> None:
        all_asked = asyncio.Barrier(8)
        loops: set[asyncio.AbstractEventLoop] = set()

        async def slow(task: polycode.GraderTask) -> polycode.GraderOpinion:
            loops.add(asyncio.get_running_loop())
            # None goes on before all were asked.
            await all_asked.wait()
            return length(task)

        opening = polycode.AsyncEngine.open(url, runner=runner, graders={"length": slow})
        async with await opening as engine:
            await engine.create_content(STYLE)
            outcomes = await asyncio.gather(
                *(
                    engine.submit(user=f"u{n}", content="style", component="code", answer=SHORT)
                    for n in range(8)
                )
            )
            assert {outcome.feedback.verdict for outcome in outcomes} == {Verdict.PASSED}
            assert loops == {asyncio.get_running_loop()}

    asyncio.run(asyncio.wait_for(story(), 120))


def test_a_coroutine_that_grades_for_a_sync_engine(url: str, runner: polycode.Runner) -> None:
    async def grader(task: polycode.GraderTask) -> polycode.GraderOpinion:
        return length(task)

    with polycode.Engine.open(url, runner=runner, graders={"length": grader}) as engine:
        engine.create_content(STYLE)
        assert submit(engine, SHORT).feedback.verdict == Verdict.PASSED


def test_the_host_s_directory_names_its_users(
    url: str, runner: polycode.Runner, draft: ContentDraft
) -> None:
    people = {"ada": UserProfile(name="Ada L.", about="Numbers."), "eve": UserProfile(name="Eve")}
    asked: list[Sequence[str]] = []

    def directory(users: Sequence[str]) -> Mapping[str, UserProfile]:
        asked.append(users)
        return {user: people[user] for user in users if user in people}

    with polycode.Engine.open(url, runner=runner, directory=directory) as engine:
        engine.create_content(draft)
        code = polycode.code("javascript", DOUBLE["javascript"])
        for user in ("ada", "bob"):
            engine.submit(user=user, content="doubles", component="double", answer=code)
            even = polycode.choice("two", "four")
            engine.submit(user=user, content="doubles", component="even", answer=even)
        guest = engine.acting_as(polycode.guest())
        ranking = guest.user_ranking().items
        assert [(shown.user, shown.name) for shown in ranking] == [("ada", "Ada L."), ("bob", None)]
        assert asked == [["ada", "bob"]], "one question for a page"
        assert guest.public_user("eve").name == "Eve"
        # Who has an account here speaks for themselves.
        engine.acting_as(polycode.guest()).register(user="ada", profile=UserProfile(name="Countess"))
        assert guest.public_user("ada").name == "Countess"


def test_a_directory_that_fails(url: str, runner: polycode.Runner) -> None:
    def directory(users: Sequence[str]) -> Mapping[str, UserProfile]:
        raise Boom("ldap is away")

    with polycode.Engine.open(url, runner=runner, directory=directory) as engine:
        with pytest.raises(errors.DirectoryError, match="ldap is away") as caught:
            engine.public_user("ada")
        assert isinstance(caught.value.__cause__, Boom)


def advance(engine: polycode.Engine, user: str) -> None:
    answer = polycode.choice("two", "four")
    engine.submit(user=user, content="doubles", component="even", answer=answer)


def who(seen: Sequence[Logged]) -> list[str]:
    events = [logged.event for logged in seen]
    return [event.user for event in events if isinstance(event, AdvancedProgressEvent)]


def test_sy_6_each_consumer_goes_on_where_it_was_also_after_a_restart(
    url: str, runner: polycode.Runner, draft: ContentDraft
) -> None:
    seen: list[Logged] = []
    with polycode.Engine.open(url, runner=runner) as engine:
        engine.create_content(draft)
        advance(engine, "ada")
        assert engine.consume("grades", seen.append) == len(seen) > 0
        assert engine.consume("grades", seen.append) == 0
    with polycode.Engine.open(url, runner=runner) as engine:
        advance(engine, "bob")
        engine.consume("grades", seen.append)
        assert who(seen) == ["ada", "bob"]
        assert len({logged.id for logged in seen}) == len(seen)
        other: list[Logged] = []
        engine.consume("mails", other.append)
        assert other == seen


def test_sy_6_an_event_for_which_a_hook_raises_comes_again(
    engine: polycode.Engine, draft: ContentDraft
) -> None:
    engine.create_content(draft)
    advance(engine, "ada")
    seen: list[Logged] = []

    def third_fails(logged: Logged) -> None:
        if len(seen) == 2:
            raise Boom
        seen.append(logged)

    with pytest.raises(Boom):
        engine.consume("grades", third_fails)
    assert engine.consumed("grades") == seen[-1].cursor
    again: list[Logged] = []
    engine.consume("grades", again.append)
    assert [logged.cursor for logged in seen + again] == sorted(
        {logged.cursor for logged in engine.events()}
    )


def test_a_hook_of_a_sync_engine_may_be_a_coroutine(
    engine: polycode.Engine, draft: ContentDraft
) -> None:
    engine.create_content(draft)
    seen: list[Logged] = []

    async def hook(logged: Logged) -> None:
        seen.append(logged)

    assert engine.consume("grades", hook) == len(seen) > 0


def test_the_place_is_kept_after_so_many_events_as_the_host_says(
    engine: polycode.Engine, draft: ContentDraft
) -> None:
    engine.create_content(draft)
    advance(engine, "ada")
    [first, second, *_] = engine.events()
    assert engine.consume("grades", lambda logged: None, limit=1) == 1
    assert engine.consumed("grades") == first.cursor
    places: list[int] = []
    done = threading.Event()

    def hook(logged: Logged) -> None:
        places.append(engine.consumed("mails"))
        if logged.cursor == second.cursor:
            done.set()

    with engine.on_event("mails", hook, limit=1):
        assert done.wait(60)
    assert places[:2] == [0, first.cursor]


def test_nothing_comes_after_a_stop_in_the_middle_of_many_events(
    engine: polycode.Engine, draft: ContentDraft
) -> None:
    engine.create_content(draft)
    advance(engine, "ada")
    seen: list[Logged] = []
    begun, stopped = threading.Event(), threading.Event()

    def hook(logged: Logged) -> None:
        seen.append(logged)
        begun.wait(60)
        subscription.stop()
        stopped.set()

    subscription = engine.on_event("grades", hook)
    begun.set()
    assert stopped.wait(60)
    subscription.stop()
    [first] = seen
    assert engine.consumed("grades") == first.cursor


def test_a_hook_that_finds_another_engine_closed_is_told_of_and_called_again(
    engine: polycode.Engine, url: str, runner: polycode.Runner, draft: ContentDraft
) -> None:
    engine.create_content(draft)
    told: list[Exception] = []
    came = threading.Event()
    other = polycode.Engine.open("memory:", runner=runner)
    other.close()

    def hook(logged: Logged) -> None:
        if told:
            came.set()
        else:
            other.wallet("ada")

    with engine.on_event("grades", hook, every=0.01, on_error=told.append):
        assert came.wait(60)
    assert [type(error) for error in told] == [errors.Closed]


def test_a_hook_is_called_in_the_background_until_it_is_stopped(
    engine: polycode.Engine, draft: ContentDraft
) -> None:
    engine.create_content(draft)
    told: list[Exception] = []
    seen: list[Logged] = []
    came = threading.Event()

    def hook(logged: Logged) -> None:
        if not told:
            raise Boom
        seen.append(logged)
        if who(seen) == ["ada"]:
            came.set()

    with engine.on_event("grades", hook, every=0.01, on_error=told.append):
        advance(engine, "ada")
        assert came.wait(60)
    assert [type(error) for error in told] == [Boom]
    advance(engine, "bob")
    assert who(seen) == ["ada"], "nothing comes once it is stopped"


def test_hooks_of_asyncio(url: str, runner: polycode.Runner, draft: ContentDraft) -> None:
    async def story() -> None:
        async with await polycode.AsyncEngine.open(url, runner=runner) as engine:
            await engine.create_content(draft)
            came: asyncio.Queue[Logged] = asyncio.Queue()
            threads: set[threading.Thread] = set()

            def in_a_thread(logged: Logged) -> None:
                threads.add(threading.current_thread())

            async with engine.on_event("grades", came.put, every=0.01):
                first = await came.get()
            assert first.subject == "content"
            seen: list[Logged] = []

            async def stops(logged: Logged) -> None:
                seen.append(logged)
                await subscription.stop()

            subscription = engine.on_event("stopping", stops)
            await subscription._task
            assert [logged.cursor for logged in seen] == [await engine.consumed("stopping")]
            assert await engine.consume("mails", in_a_thread) > 0
            assert threading.main_thread() not in threads

            async def fails(logged: Logged) -> None:
                raise Boom

            with pytest.raises(Boom):
                await engine.consume("others", fails)

    asyncio.run(asyncio.wait_for(story(), 60))


def test_time_stands_where_a_test_puts_it(runner: polycode.Runner) -> None:
    def told() -> list[object]:
        time = Time("2026-01-05T09:00:00Z")
        with polycode.Engine.open("memory:", runner=runner, time=time) as engine:
            first = engine.create_content(STYLE).value.id
            time.advance(timedelta(hours=1))
            second = engine.create_content(STYLE | {"slug": "other"}).value.id
            assert [logged.at.hour for logged in engine.events()] == [9, 10]
            return [first, second]

    assert told() == told()
    with pytest.raises(ValueError, match="time zone"):
        Time("2026-01-05T09:00:00")
