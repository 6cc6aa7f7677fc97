"""A store of the host's own, written in Python."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence

import polycode
import pytest
from conftest import DOUBLE
from polycode import errors
from polycode.models import AdvancedProgressEvent, ContentDraft, Verdict
from polycode.testing import CheckedRule, acheck_store, check_store, store_rules
from shelf import AsyncShelf, Backwards, Careless, Hoarder, Shelf

CODE = polycode.code("javascript", DOUBLE["javascript"])
EVEN = polycode.choice("two", "four")


def test_there_are_rules() -> None:
    assert len(set(store_rules())) == len(store_rules()) >= 50


@pytest.mark.parametrize("rule", store_rules())
def test_a_store_of_python_keeps_the_rules_of_every_store(rule: str) -> None:
    assert check_store(Shelf, rules=[rule]) == [CheckedRule(rule)]


OVERWRITES = "a_write_that_finds_something_else_changes_nothing"
WINS = "one_of_many_that_expect_the_same_wins"


@pytest.mark.parametrize(
    ("broken", "rule", "said"),
    [
        (Careless, OVERWRITES, """("a", Some("2")) was expected and is not so, and `write` gave true"""),
        (Careless, WINS, "16 writes expected the same at the same time, of which one is made"),
        (Backwards, "a_range_gives_no_more_than_its_limit", "is_reversed: true } gave what is on the"),
        (Backwards, "submissions_are_paged_newest_first", "page"),
        (Hoarder, "a_key_that_goes_is_gone", "left == right"),
        (Hoarder, "the_oldest_pending_submissions_come_first", ""),
    ],
)
def test_a_store_that_is_wrong_is_found_out(broken: type[Shelf], rule: str, said: str) -> None:
    [checked] = check_store(broken, rules=[rule])
    assert checked.name == rule
    assert checked.broken is not None and said in checked.broken
    assert checked.raised is None


def test_a_broken_rule_hides_no_other() -> None:
    there = "a_key_that_is_not_there_is_left_out"
    checked = check_store(Careless, rules=[there, OVERWRITES, WINS, there])
    assert [rule.broken is None for rule in checked] == [True, False, False, True]


def test_the_rules_are_tried_in_an_event_loop() -> None:
    shelves: list[AsyncShelf] = []

    async def fresh() -> AsyncShelf:
        shelves.append(AsyncShelf())
        return shelves[-1]

    async def story() -> None:
        rules = [OVERWRITES, WINS, "credits_at_the_same_time_all_count"]
        checked = await acheck_store(fresh, rules=rules)
        assert checked == [CheckedRule(rule) for rule in rules]
        assert [shelf.loops for shelf in shelves] == [{asyncio.get_running_loop()}] * 3

    asyncio.run(asyncio.wait_for(story(), 120))


def test_what_a_store_raises_while_it_is_checked_is_kept() -> None:
    def fresh() -> Broken:
        store = Broken()
        store.raised = Boom("the network is down")
        return store

    [checked] = check_store(fresh, rules=[OVERWRITES])
    assert checked.broken is not None and "the network is down" in checked.broken
    assert isinstance(checked.raised, Boom)


def test_what_is_no_rule_and_no_store_is_told() -> None:
    with pytest.raises(errors.Invalid, match="there is no rule `no_such_rule`"):
        check_store(Shelf, rules=["no_such_rule"])
    with pytest.raises(TypeError, match="store: is a URL or has get, scan and write, not dict"):
        check_store(dict)  # type: ignore[arg-type]


def test_what_is_kept_is_there_for_the_next_engine(
    runner: polycode.Runner, draft: ContentDraft
) -> None:
    shelf = Shelf()
    with polycode.Engine.open(shelf, runner=runner) as engine:
        engine.create_content(draft)
        engine.submit(user="ada", content="doubles", component="double", answer=CODE)
        outcome = engine.submit(user="ada", content="doubles", component="even", answer=EVEN)
        assert (outcome.feedback.verdict, outcome.balance) == (Verdict.PASSED, 10)
    assert shelf.kept["wallet ada"] == '1\n{"user":"ada","balance":10}'
    with polycode.Engine.open(shelf, runner=runner) as engine:
        assert engine.wallet("ada").balance == 10
        assert len(engine.submissions("ada").items) == 2
        assert [shown.user for shown in engine.user_ranking().items] == ["ada"]


def test_keys_and_values_are_plain_texts(runner: polycode.Runner, draft: ContentDraft) -> None:
    shelf = Shelf()
    odd = "größe \0 🦉\n"
    with polycode.Engine.open(shelf, runner=runner) as engine:
        engine.create_content(draft)
        engine.submit(user="grö ße", content="doubles", component="even", answer=EVEN)
        profile = polycode.models.UserProfile(name="Ö", about=odd.replace("\0", ""))
        engine.acting_as(polycode.guest()).register(user="grö ße", profile=profile)
        assert engine.public_user("grö ße").name == "Ö"
    assert all(key.isascii() and key.isprintable() and key == key.strip() for key in shelf.kept)
    assert not any("\0" in value for value in shelf.kept.values())


def test_many_at_the_same_time_lose_nothing(runner: polycode.Runner, draft: ContentDraft) -> None:
    async def story() -> None:
        shelf = AsyncShelf()
        # Two engines over one store, as two processes have them.
        async with (
            await polycode.AsyncEngine.open(shelf, runner=runner) as one,
            await polycode.AsyncEngine.open(shelf, runner=runner) as other,
        ):
            await one.create_content(draft)
            await asyncio.gather(
                *(
                    (one, other)[number % 2].submit(
                        user=f"user-{number}", content="doubles", component="even", answer=EVEN
                    )
                    for number in range(32)
                )
            )
            events = await one.events(limit=1_000)
            assert [logged.cursor for logged in events] == list(range(1, len(events) + 1))
            advanced = [logged.event for logged in events if logged.subject == "progress"]
            users = {event.user for event in advanced if isinstance(event, AdvancedProgressEvent)}
            assert users == {f"user-{number}" for number in range(32)}
        assert shelf.loops == {asyncio.get_running_loop()}

    asyncio.run(asyncio.wait_for(story(), 120))


class Boom(Exception):
    """What a store of these tests raises."""


class Broken(Shelf):
    """A store that raises what it is told to, when it is written to."""

    raised: Exception | None = None

    def write(
        self, expected: Mapping[str, str | None], changes: Mapping[str, str | None]
    ) -> bool:
        if self.raised is not None:
            raise self.raised
        return super().write(expected, changes)


def test_what_a_store_raises_is_told(runner: polycode.Runner, draft: ContentDraft) -> None:
    store = Broken()
    with polycode.Engine.open(store, runner=runner) as engine:
        store.raised = Boom("the network is down")
        with pytest.raises(errors.StoreError, match="host's store failed: the network") as caught:
            engine.create_content(draft)
        assert caught.value.__cause__ is store.raised
        assert caught.value.temporary
        store.raised = errors.StoreError("the disk is gone")
        with pytest.raises(errors.StoreError, match="the disk is gone") as caught:
            engine.create_content(draft)
        assert not caught.value.temporary
        store.raised = None
        assert list(engine.contents().items) == []
        engine.create_content(draft)


class Wrong(Shelf):
    """A store that gives no lists of pairs."""

    def scan(self, first: str, end: str, limit: int, reverse: bool) -> Sequence[tuple[str, str]]:
        return [("no", "pair", "at all")]  # type: ignore[list-item]


def test_what_a_store_gives_must_fit(runner: polycode.Runner) -> None:
    with polycode.Engine.open(Wrong(), runner=runner) as engine:
        with pytest.raises(errors.StoreError, match="gave a wrong answer"):
            engine.contents()


def test_what_is_no_store_is_told(runner: polycode.Runner) -> None:
    with pytest.raises(TypeError, match="store: is a URL or has get, scan and write, not dict"):
        polycode.Engine.open({}, runner=runner)  # type: ignore[arg-type]
