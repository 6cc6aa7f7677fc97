"""The same engine for asyncio."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import polycode
import pytest
import uvloop
from conftest import DOUBLE
from polycode import errors
from polycode.models import ContentDraft, Verdict


def test_many_submissions_at_once(url: str, runner: polycode.Runner, draft: ContentDraft) -> None:
    async def story() -> None:
        async with await polycode.AsyncEngine.open(url, runner=runner) as engine:
            await engine.create_content(draft)
            answer = polycode.code("javascript", DOUBLE["javascript"])
            outcomes = await asyncio.gather(
                *(
                    engine.submit(
                        user=f"user-{number}", content="doubles", component="double", answer=answer
                    )
                    for number in range(16)
                )
            )
            assert {outcome.feedback.verdict for outcome in outcomes} == {Verdict.PASSED}
            assert len({outcome.submission.id for outcome in outcomes}) == 16
            runs = [outcome.feedback.validators[0].run for outcome in outcomes]
            assert len({run.fuel for run in runs if run is not None}) == 1, "fuel is the same in every run"

    asyncio.run(story())


def test_many_calls_at_once(url: str, runner: polycode.Runner) -> None:
    async def story() -> None:
        async with await polycode.AsyncEngine.open(url, runner=runner) as engine:
            users = [f"user-{number}" for number in range(500)]
            wallets = await asyncio.gather(*map(engine.wallet, users))
            assert [wallet.user for wallet in wallets] == users

    asyncio.run(story())


def test_awards_land_once(url: str, runner: polycode.Runner, draft: ContentDraft) -> None:
    async def story() -> None:
        engine = await polycode.AsyncEngine.open(url, runner=runner)
        await engine.create_content(draft)
        code = polycode.code("javascript", DOUBLE["javascript"])
        await engine.submit(user="ada", content="doubles", component="double", answer=code)
        answer = polycode.choice("two", "four")
        outcomes = await asyncio.gather(
            *(
                engine.submit(user="ada", content="doubles", component="even", answer=answer)
                for _ in range(8)
            )
        )
        assert sorted(outcome.awarded for outcome in outcomes) == [0] * 7 + [10]
        assert (await engine.wallet("ada")).balance == 10
        assert len((await engine.entries("ada")).items) == 1
        engine.close()
        with pytest.raises(errors.Closed):
            await engine.wallet("ada")

    asyncio.run(story())


def test_errors_are_the_same(runner: polycode.Runner) -> None:
    async def story() -> None:
        async with await polycode.AsyncEngine.open("memory:", runner=runner) as engine:
            with pytest.raises(errors.NotFound):
                await engine.content("nothing")

    asyncio.run(story())


def test_the_event_loop_goes_on_and_a_cancelled_run_stops() -> None:
    async def story() -> None:
        runner = polycode.AsyncRunner(workers=1)
        limits = polycode.Limits(time_ms=120_000)
        endless = asyncio.create_task(
            runner.run("while (true) {}", language="javascript", limits=limits)
        )
        await asyncio.sleep(0)
        endless.cancel()
        with pytest.raises(asyncio.CancelledError):
            await endless
        # There is one worker: this one gets it only if the endless program was stopped.
        result = await runner.run("console.log('next')", language="javascript")
        assert result.stdout == "next\n"

    asyncio.run(story())


def test_a_runner_is_let_go_of_while_its_threads_tell_results() -> None:
    async def story() -> None:
        runner = polycode.AsyncRunner()
        runs = (runner.run("console.log('one')", language="javascript") for _ in range(8))
        assert {result.stdout for result in await asyncio.gather(*runs)} == {"one\n"}

    # Each ends with the last reference to its runner, under the interpreter's lock.
    for _ in range(25):
        asyncio.run(story())


class Deaf(asyncio.SelectorEventLoop):
    """Looks at no files, as that of Windows."""

    def add_reader(self, fd: object, callback: object, *args: object) -> None:
        raise NotImplementedError


@pytest.mark.parametrize("make", [asyncio.new_event_loop, uvloop.new_event_loop, Deaf])
def test_event_loops_of_every_kind_are_woken(
    make: Callable[[], asyncio.AbstractEventLoop], runner: polycode.Runner, url: str
) -> None:
    async def story() -> None:
        runs = (polycode.AsyncRunner(workers=1), polycode.AsyncRunner(workers=2))
        results = await asyncio.gather(
            *(runs[n % 2].run(f"console.log({n})", language="javascript") for n in range(40))
        )
        assert [result.stdout for result in results] == [f"{n}\n" for n in range(40)]
        async with await polycode.AsyncEngine.open(url, runner=runner) as engine:
            assert (await engine.wallet("ada")).balance == 0

    with asyncio.Runner(loop_factory=make) as loop:
        loop.run(story())


def test_event_loops_take_turns_on_a_thread() -> None:
    runner = polycode.AsyncRunner()
    loops = [asyncio.new_event_loop() for _ in range(3)]
    tasks = [loop.create_task(runner.run("console.log(1)", language="javascript")) for loop in loops]
    for loop in loops:
        loop.run_until_complete(asyncio.sleep(0))
    for loop, task in zip(loops, tasks, strict=True):
        assert loop.run_until_complete(task).stdout == "1\n"
        loop.close()


def test_events_are_followed_as_they_come(
    url: str, runner: polycode.Runner, draft: ContentDraft
) -> None:
    async def story() -> None:
        async with await polycode.AsyncEngine.open(url, runner=runner) as engine:
            feed = engine.follow(every=0.001)
            first = asyncio.ensure_future(anext(feed))
            created = await engine.create_content(draft)
            logged = await first
            assert (logged.subject, logged.event.type) == ("content", "published")
            second = asyncio.ensure_future(anext(feed))
            await engine.update_content(created.value.id, created.version, draft)
            assert (await second).cursor > logged.cursor
            again = engine.follow(after=logged.cursor)
            assert await anext(again) == await second

    asyncio.run(story())


def test_a_thread_follows_events(engine: polycode.Engine, draft: ContentDraft) -> None:
    engine.create_content(draft)
    assert next(engine.follow()).event.type == "published"
