"""The engine for asyncio: every use case of PolyCode over the host's store."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from os import PathLike
from typing import Self

from . import _native, _wire
from ._async_use_cases import AsyncUseCases
from ._hooks import Directory, Grader, native_hooks
from ._opened import Opened
from ._runner import AsyncRunner, Runner
from ._store import Store, native_store
from ._subscription import EVENTS_AT_ONCE, AsyncSubscription, EventHook, Pauses, call
from .models import Imported, Logged
from .testing import Time


class AsyncEngine(AsyncUseCases, Opened[AsyncSubscription]):
    """Every use case of PolyCode as a coroutine. Tasks may share it.

    Calls are made on behalf of the host itself, or of whom `acting_as` names. Wherever a content
    is asked for, its id and its slug will do. Use it as a context manager, or `close` it, when it
    is no longer needed. Cancelling a call stops its work; a grader that was asked goes on.
    """

    @classmethod
    async def open(
        cls,
        store: str | Store,
        *,
        home: str | PathLike[str] | None = None,
        runner: Runner | AsyncRunner | None = None,
        graders: Mapping[str, Grader] | None = None,
        directory: Directory | None = None,
        time: Time | None = None,
    ) -> AsyncEngine:
        """Opens a store: the one that a URL names, which is ``memory:``, ``sqlite:`` and a file, or
        ``postgresql://user:password@host/database``; or one of the host's own, see
        `polycode.Store`.

        ``home`` is the folder that installed languages are in. Engines that should share a
        sandbox are given the same ``runner`` instead. ``graders`` judge for validators that name
        them, and ``directory`` knows the host's users: see `polycode.Grader` and
        `polycode.Directory`. ``time`` is for tests: see `polycode.testing`.
        """
        sandbox = _native.Runner(home) if runner is None else runner._native
        loop = asyncio.get_running_loop()
        hooks = native_hooks(graders, directory, loop)
        kept = native_store(store, loop)
        given = None if time is None else time._native
        opening = _native.Engine.open(kept, sandbox, hooks, given)
        return cls(await _wire.done(opening))

    async def import_course(self, path: str | PathLike[str]) -> Imported:
        """Publishes the course in a folder: creates new contents, and new versions of changed ones."""
        return await self._calls.import_course(path)

    async def follow(self, after: int = 0, *, every: float = 1.0) -> AsyncIterator[Logged]:
        """Every event after a place in the log: those that are there, then each as it comes.

        It never ends by itself. When all was told, the log is looked at again in ``every``
        seconds. Whoever keeps the ``cursor`` of what was dealt with can go on from there.
        """
        while True:
            events = await self.events(after=after, limit=EVENTS_AT_ONCE)
            for logged in events:
                yield logged
                after = logged.cursor
            if not events:
                await asyncio.sleep(every)

    async def consume(
        self, consumer: str, hook: EventHook, *, limit: int = EVENTS_AT_ONCE
    ) -> int:
        """Calls a hook with the next events, up to ``limit``, one after the other; gives how many.

        The engine keeps how far each ``consumer`` has come, beside the log, so that the next call
        goes on there, in this process or another. What the hook raises carries through, and its
        event comes again: each event comes after its commit, and at least once. A hook that is no
        coroutine function is called in a thread.
        """
        done = place = await self.consumed(consumer)
        events = await self.events(after=place, limit=limit)
        try:
            for logged in events:
                await call(hook, logged)
                done = logged.cursor
        finally:
            if done != place:
                await self.note_consumed(consumer, done)
        return len(events)

    def _subscribed(
        self, consumer: str, hook: EventHook, limit: int, pauses: Pauses
    ) -> AsyncSubscription:
        async def deliver(told: EventHook) -> int:
            return await self.consume(consumer, told, limit=limit)

        return AsyncSubscription(hook, deliver, pauses, self._calls)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *raised: object) -> None:
        self.close()
