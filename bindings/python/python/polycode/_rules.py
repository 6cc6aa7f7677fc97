"""The rules that a store of the host's own keeps."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass

import msgspec

from . import _native, _wire
from ._hooks import waited
from ._store import Calls, Store, checked_store

_BROKEN = msgspec.json.Decoder(str | None)


@dataclass(frozen=True)
class CheckedRule:
    """A rule, and whether the store keeps it."""

    name: str
    """What it says, in words with underscores between them."""
    broken: str | None = None
    """What is wrong; ``None`` where the store keeps the rule."""
    raised: BaseException | None = None
    """What the store itself raised first while the rule was tried, if it did."""


def store_rules() -> list[str]:
    """The names of the rules that every store keeps: first those of its three methods by themselves,
    then those of what an engine keeps in it.
    """
    return _native.rules()


def check_store(
    fresh: Callable[[], Store | Awaitable[Store]], *, rules: Iterable[str] | None = None
) -> list[CheckedRule]:
    """Tries the rules that every store keeps on a store of your own; see `polycode.Store`.

    ``fresh`` gives an empty store, and is called once for every rule. ``rules`` are the names of
    those to try; all of them when it is left out. It takes some seconds where the store is quick.

    >>> broken = [rule for rule in check_store(Shelf) if rule.broken]
    """
    checked = []
    for name in _named(rules):
        calls = _Noted(waited(fresh()))
        broken = _native.check_rule(name, _native.Store(calls)).wait()
        checked.append(calls.checked(name, broken))
    return checked


async def acheck_store(
    fresh: Callable[[], Store | Awaitable[Store]], *, rules: Iterable[str] | None = None
) -> list[CheckedRule]:
    """As `check_store`, for asyncio: what the methods give to await is awaited in this event loop, as
    `AsyncEngine` does it.
    """
    loop = asyncio.get_running_loop()
    checked = []
    for name in _named(rules):
        store = fresh()
        calls = _Noted(await store if inspect.isawaitable(store) else store, loop)
        broken = await _wire.done(_native.check_rule(name, _native.Store(calls)))
        checked.append(calls.checked(name, broken))
    return checked


def _named(rules: Iterable[str] | None) -> list[str]:
    return store_rules() if rules is None else list(rules)


class _Noted(Calls):
    """The calls of a store, with what it raised."""

    def __init__(self, store: object, loop: asyncio.AbstractEventLoop | None = None) -> None:
        super().__init__(checked_store(store), loop)
        self._raised: BaseException | None = None

    def __call__(self, method: str, given: bytes) -> bytes:
        try:
            return super().__call__(method, given)
        except BaseException as error:
            self._raised = self._raised or error
            raise

    def checked(self, name: str, broken: bytes) -> CheckedRule:
        return CheckedRule(name, _BROKEN.decode(broken), self._raised)
