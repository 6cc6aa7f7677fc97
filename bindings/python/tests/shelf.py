"""A store in a few lines of Python, and what goes wrong with such stores."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Mapping, Sequence


class Shelf:
    """Texts under keys in a dictionary: a complete store of a host's own."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}
        self.lock = threading.Lock()

    def get(self, keys: Sequence[str]) -> Mapping[str, str]:
        with self.lock:
            return {key: self.kept[key] for key in keys if key in self.kept}

    def scan(self, first: str, end: str, limit: int, reverse: bool) -> Sequence[tuple[str, str]]:
        with self.lock:
            keys = sorted((key for key in self.kept if first <= key < end), reverse=reverse)
            return [(key, self.kept[key]) for key in keys[:limit]]

    def write(
        self, expected: Mapping[str, str | None], changes: Mapping[str, str | None]
    ) -> bool:
        with self.lock:
            if any(self.kept.get(key) != value for key, value in expected.items()):
                return False
            for key, value in changes.items():
                if value is None:
                    self.kept.pop(key, None)
                else:
                    self.kept[key] = value
            return True


class AsyncShelf:
    """The same with coroutines, which let go of the event loop in the middle."""

    def __init__(self) -> None:
        self.shelf = Shelf()
        self.loops: set[asyncio.AbstractEventLoop] = set()

    async def get(self, keys: Sequence[str]) -> Mapping[str, str]:
        await self._network()
        return self.shelf.get(keys)

    async def scan(
        self, first: str, end: str, limit: int, reverse: bool
    ) -> Sequence[tuple[str, str]]:
        await self._network()
        return self.shelf.scan(first, end, limit, reverse)

    async def write(
        self, expected: Mapping[str, str | None], changes: Mapping[str, str | None]
    ) -> bool:
        await self._network()
        return self.shelf.write(expected, changes)

    async def _network(self) -> None:
        self.loops.add(asyncio.get_running_loop())
        await asyncio.sleep(0)


class Careless(Shelf):
    """It writes without looking at what is expected."""

    def write(
        self, expected: Mapping[str, str | None], changes: Mapping[str, str | None]
    ) -> bool:
        return super().write({}, changes)


class Hoarder(Shelf):
    """It keeps what is to go."""

    def write(
        self, expected: Mapping[str, str | None], changes: Mapping[str, str | None]
    ) -> bool:
        kept = {key: value for key, value in changes.items() if value is not None}
        return super().write(expected, kept)


class Backwards(Shelf):
    """It gives the first where the last are wanted."""

    def scan(self, first: str, end: str, limit: int, reverse: bool) -> Sequence[tuple[str, str]]:
        return super().scan(first, end, limit, False)
