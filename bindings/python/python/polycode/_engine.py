"""The engine: every use case of PolyCode over the host's store."""

from __future__ import annotations

import time as clock
from collections.abc import Iterator, Mapping
from os import PathLike
from typing import Self

from . import _native
from ._hooks import Directory, Grader, native_hooks, waited
from ._opened import Opened
from ._runner import Runner
from ._store import Store, native_store
from ._subscription import EVENTS_AT_ONCE, EventHook, Pauses, Subscription
from ._use_cases import UseCases
from .models import Imported, Logged
from .testing import Time


class Engine(UseCases, Opened[Subscription]):
    """Every use case of PolyCode. Threads may share it; others run while it works.

    Calls are made on behalf of the host itself, or of whom `acting_as` names. Wherever a content
    is asked for, its id and its slug will do. Use it as a context manager, or `close` it, when it
    is no longer needed. A process that forks opens its engines after that.
    """

    @classmethod
    def open(
        cls,
        store: str | Store,
        *,
        home: str | PathLike[str] | None = None,
        runner: Runner | None = None,
        graders: Mapping[str, Grader] | None = None,
        directory: Directory | None = None,
        time: Time | None = None,
    ) -> Engine:
        """Opens a store: the one that a URL names, which is ``memory:``, ``sqlite:`` and a file, or
        ``postgresql://user:password@host/database``; or one of the host's own, see
        `polycode.Store`.

        ``home`` is the folder that installed languages are in. Engines that should share a
        sandbox are given the same ``runner`` instead. ``graders`` judge for validators that name
        them, and ``directory`` knows the host's users: see `polycode.Grader` and
        `polycode.Directory`. ``time`` is for tests: see `polycode.testing`.
        """
        sandbox = _native.Runner(home) if runner is None else runner._native
        hooks = native_hooks(graders, directory)
        given = None if time is None else time._native
        call = _native.Engine.open(native_store(store), sandbox, hooks, given)
        return cls(call.wait())

    def import_course(self, path: str | PathLike[str]) -> Imported:
        """Publishes the course in a folder: creates new contents, and new versions of changed ones."""
        return self._calls.import_course(path).wait()

    def follow(self, after: int = 0, *, every: float = 1.0) -> Iterator[Logged]:
        """Every event after a place in the log: those that are there, then each as it comes.

        It never ends by itself. When all was told, the log is looked at again in ``every``
        seconds. Whoever keeps the ``cursor`` of what was dealt with can go on from there.
        """
        while True:
            events = self.events(after=after, limit=EVENTS_AT_ONCE)
            for logged in events:
                yield logged
                after = logged.cursor
            if not events:
                clock.sleep(every)

    def consume(
        self, consumer: str, hook: EventHook, *, limit: int = EVENTS_AT_ONCE
    ) -> int:
        """Calls a hook with the next events, up to ``limit``, one after the other; gives how many.

        The engine keeps how far each ``consumer`` has come, beside the log, so that the next call
        goes on there, in this process or another. What the hook raises carries through, and its
        event comes again: each event comes after its commit, and at least once.
        """
        done = place = self.consumed(consumer)
        events = self.events(after=place, limit=limit)
        try:
            for logged in events:
                waited(hook(logged))
                done = logged.cursor
        finally:
            if done != place:
                self.note_consumed(consumer, done)
        return len(events)

    def _subscribed(
        self, consumer: str, hook: EventHook, limit: int, pauses: Pauses
    ) -> Subscription:
        def deliver(told: EventHook) -> int:
            return self.consume(consumer, told, limit=limit)

        return Subscription(hook, deliver, pauses, self._calls)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()
