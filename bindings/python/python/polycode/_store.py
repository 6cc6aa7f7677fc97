"""A store of the host's own, for hosts that have no database of ours to give."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Mapping, Sequence
from typing import Protocol, runtime_checkable

import msgspec

from . import _native, _wire
from ._hooks import waited


@runtime_checkable
class Store(Protocol):
    """Keeps texts under keys, in the order of the keys: what an engine needs of a host that has a
    store of its own.

    Keys are printable ASCII and compare as Python's texts do; a database compares them byte by
    byte (``COLLATE "C"`` in PostgreSQL). Values are texts, to be given back as they were. What a
    read gives is what every write left that had ended before.

    The methods are called in threads, many at the same time, or awaited in the engine's event loop
    where they give awaitables. When one raises, the call fails with `polycode.errors.StoreError`,
    whose ``__cause__`` is what was raised, and which is ``temporary``: trying again may help. A store
    that knows better raises a `polycode.errors.StoreError` of its own.
    """

    def get(self, keys: Sequence[str], /) -> Mapping[str, str] | Awaitable[Mapping[str, str]]:
        """The values of some keys; what is not there is left out."""
        ...

    def scan(
        self, first: str, end: str, limit: int, reverse: bool, /
    ) -> Sequence[tuple[str, str]] | Awaitable[Sequence[tuple[str, str]]]:
        """The keys from ``first``, which is one of them, to ``end``, which is not, with their values:
        the first ``limit``, or the last ones from the last back if ``reverse``."""
        ...

    def write(
        self, expected: Mapping[str, str | None], changes: Mapping[str, str | None], /
    ) -> bool | Awaitable[bool]:
        """Makes all changes, or none and gives ``False`` if some key does not hold what is expected.

        ``None`` is for a key that must not be there, or that goes. Nothing that another write does
        comes between looking and changing, and none of the changes is lost once this has ended.
        """
        ...


_KEYS = msgspec.json.Decoder(list[str])


class _Scan(msgspec.Struct):
    first: str
    end: str
    limit: int
    reverse: bool


class _Write(msgspec.Struct):
    expected: dict[str, str | None]
    changes: dict[str, str | None]


_SCAN = msgspec.json.Decoder(_Scan)
_WRITE = msgspec.json.Decoder(_Write)


def native_store(
    store: str | Store, loop: asyncio.AbstractEventLoop | None = None
) -> str | _native.Store:
    """A URL as it is, or the store as the native half calls it."""
    if isinstance(store, str):
        return store
    return _native.Store(Calls(checked_store(store), loop))


def checked_store(store: object) -> Store:
    """The store, if it is one."""
    if not isinstance(store, Store):
        raise TypeError(f"store: is a URL or has get, scan and write, not {type(store).__name__}")
    return store


class Calls:
    """A store as the native half calls it."""

    def __init__(self, store: Store, loop: asyncio.AbstractEventLoop | None) -> None:
        self._store = store
        self._loop = loop

    def __call__(self, method: str, given: bytes) -> bytes:
        # This is a thread of the native half's: the loop goes on meanwhile.
        return _wire.write("answer", waited(self._answer(method, given), self._loop))

    def _answer(self, method: str, given: bytes) -> object:
        if method == "get":
            return self._store.get(_KEYS.decode(given))
        if method == "scan":
            scan = _SCAN.decode(given)
            return self._store.scan(scan.first, scan.end, scan.limit, scan.reverse)
        write = _WRITE.decode(given)
        return self._store.write(write.expected, write.changes)
