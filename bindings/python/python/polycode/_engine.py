"""The engine: every use case of PolyCode over the host's store."""

from __future__ import annotations

import time as clock
from collections.abc import Iterator, Mapping
from os import PathLike
from types import TracebackType

from . import _native
from ._calls import Calls
from ._hooks import Directory, Grader, native_hooks
from ._runner import Runner
from ._subscription import EventHook, OnError, Subscription
from ._use_cases import UseCases
from .models import Actor, Imported, Logged
from .testing import Time

_EVENTS_AT_ONCE = 1_000


class Engine(UseCases):
    """Every use case of PolyCode. Threads may share it; others run while it works.

    Calls are made on behalf of the host itself, or of whom `acting_as` names. Wherever a content
    is asked for, its id and its slug will do. Use it as a context manager, or `close` it, when it
    is no longer needed. A process that forks opens its engines after that.
    """

    def __init__(self, native: _native.Engine | Calls) -> None:
        """Takes over an open engine; hosts call `open`."""
        self._calls = native if isinstance(native, Calls) else Calls(native)

    @classmethod
    def open(
        cls,
        url: str,
        *,
        home: str | PathLike[str] | None = None,
        runner: Runner | None = None,
        graders: Mapping[str, Grader] | None = None,
        directory: Directory | None = None,
        time: Time | None = None,
    ) -> Engine:
        """Opens the store that a URL names: ``memory:``, ``sqlite:`` and a
        file, or ``postgresql://user:password@host/database``.

        ``home`` is the folder that installed languages are in. Engines that should share a
        sandbox are given the same ``runner`` instead. ``graders`` judge for validators that name
        them, and ``directory`` knows the host's users: see `polycode.Grader` and
        `polycode.Directory`. ``time`` is for tests: see `polycode.testing`.
        """
        sandbox = _native.Runner(home) if runner is None else runner._native
        hooks = native_hooks(graders, directory)
        call = _native.Engine.open(url, sandbox, hooks, None if time is None else time._native)
        return cls(call.wait())

    def acting_as(self, actor: Actor | Mapping[str, object]) -> Engine:
        """The same engine on behalf of somebody else, who may do what their roles may.

        See `polycode.user` and `polycode.guest`.
        """
        return Engine(self._calls.acting_as(actor))

    def import_course(self, path: str | PathLike[str]) -> Imported:
        """Publishes the course in a folder: creates new contents, and new versions of changed ones."""
        return self._calls.import_course(path).wait()

    def follow(self, after: int = 0, *, every: float = 1.0) -> Iterator[Logged]:
        """Every event after a place in the log: those that are there, then each as it comes.

        It never ends by itself. When all was told, the log is looked at again in ``every``
        seconds. Whoever keeps the ``cursor`` of what was dealt with can go on from there.
        """
        while True:
            events = self.events(after=after, limit=_EVENTS_AT_ONCE)
            for logged in events:
                yield logged
                after = logged.cursor
            if not events:
                clock.sleep(every)

    def consume(
        self, consumer: str, hook: EventHook, *, limit: int = _EVENTS_AT_ONCE
    ) -> int:
        """Calls a hook with the next events, one after the other; gives how many there were.

        The engine keeps how far each ``consumer`` has come, beside the log, so that the next call
        goes on there, in this process or another. What the hook raises carries through, and its
        event comes again: each event comes after its commit, and at least once.
        """
        done = place = self.consumed(consumer)
        events = self.events(after=place, limit=limit)
        try:
            for logged in events:
                hook(logged)
                done = logged.cursor
        finally:
            if done != place:
                self.note_consumed(consumer, done)
        return len(events)

    def on_event(
        self,
        consumer: str,
        hook: EventHook,
        *,
        every: float = 1.0,
        on_error: OnError | None = None,
    ) -> Subscription:
        """Calls a hook with every event from now on, in a thread of its own; see `consume`.

        When all was told, the log is looked at again in ``every`` seconds. When the hook raises,
        ``on_error`` is told, or else the logger ``polycode``, and the event comes again: at first
        in ``every`` seconds, later in up to a minute.
        """
        return Subscription(consumer, lambda: self.consume(consumer, hook), every, on_error)

    def close(self) -> None:
        """Lets go of the store; calls that come later fail."""
        self._calls.close()

    def __enter__(self) -> Engine:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
