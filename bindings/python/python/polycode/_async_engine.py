"""The engine for asyncio: every use case of PolyCode over the host's store."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from os import PathLike
from types import TracebackType

from . import _native
from ._async_use_cases import AsyncUseCases
from ._calls import Calls
from ._hooks import Directory, Grader, native_hooks
from ._runner import AsyncRunner, Runner
from ._subscription import AsyncSubscription, EventHook, OnError, call
from .models import Actor, Imported, Logged
from .testing import Time

_EVENTS_AT_ONCE = 1_000


class AsyncEngine(AsyncUseCases):
    """Every use case of PolyCode as a coroutine. Tasks may share it.

    Calls are made on behalf of the host itself, or of whom `acting_as` names. Wherever a content
    is asked for, its id and its slug will do. Use it as a context manager, or `close` it, when it
    is no longer needed. Cancelling a call stops its work.
    """

    def __init__(self, native: _native.Engine | Calls) -> None:
        """Takes over an open engine; hosts call `open`."""
        self._calls = native if isinstance(native, Calls) else Calls(native)

    @classmethod
    async def open(
        cls,
        url: str,
        *,
        home: str | PathLike[str] | None = None,
        runner: Runner | AsyncRunner | None = None,
        graders: Mapping[str, Grader] | None = None,
        directory: Directory | None = None,
        time: Time | None = None,
    ) -> AsyncEngine:
        """Opens the store that a URL names: ``memory:``, ``sqlite:`` and a
        file, or ``postgresql://user:password@host/database``.

        ``home`` is the folder that installed languages are in. Engines that should share a
        sandbox are given the same ``runner`` instead. ``graders`` judge for validators that name
        them, and ``directory`` knows the host's users: see `polycode.Grader` and
        `polycode.Directory`. ``time`` is for tests: see `polycode.testing`.
        """
        sandbox = _native.Runner(home) if runner is None else runner._native
        hooks = native_hooks(graders, directory, asyncio.get_running_loop())
        opening = _native.Engine.open(
            url, sandbox, hooks, None if time is None else time._native
        )
        return cls(await opening.start())

    def acting_as(self, actor: Actor | Mapping[str, object]) -> AsyncEngine:
        """The same engine on behalf of somebody else, who may do what their roles may.

        See `polycode.user` and `polycode.guest`.
        """
        return AsyncEngine(self._calls.acting_as(actor))

    async def import_course(self, path: str | PathLike[str]) -> Imported:
        """Publishes the course in a folder: creates new contents, and new versions of changed ones."""
        return await self._calls.import_course(path)

    async def follow(self, after: int = 0, *, every: float = 1.0) -> AsyncIterator[Logged]:
        """Every event after a place in the log: those that are there, then each as it comes.

        It never ends by itself. When all was told, the log is looked at again in ``every``
        seconds. Whoever keeps the ``cursor`` of what was dealt with can go on from there.
        """
        while True:
            events = await self.events(after=after, limit=_EVENTS_AT_ONCE)
            for logged in events:
                yield logged
                after = logged.cursor
            if not events:
                await asyncio.sleep(every)

    async def consume(
        self, consumer: str, hook: EventHook, *, limit: int = _EVENTS_AT_ONCE
    ) -> int:
        """Calls a hook with the next events, one after the other; gives how many there were.

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

    def on_event(
        self,
        consumer: str,
        hook: EventHook,
        *,
        every: float = 1.0,
        on_error: OnError | None = None,
    ) -> AsyncSubscription:
        """Calls a hook with every event from now on, in a task of its own; see `consume`.

        When all was told, the log is looked at again in ``every`` seconds. When the hook raises,
        ``on_error`` is told, or else the logger ``polycode``, and the event comes again: at first
        in ``every`` seconds, later in up to a minute.
        """
        return AsyncSubscription(consumer, lambda: self.consume(consumer, hook), every, on_error)

    def close(self) -> None:
        """Lets go of the store; calls that come later fail."""
        self._calls.close()

    async def __aenter__(self) -> AsyncEngine:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
