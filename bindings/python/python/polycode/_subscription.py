"""Hooks that are called with every event."""

from __future__ import annotations

import asyncio
import inspect
import logging
import threading
from collections.abc import Awaitable, Callable
from typing import Self, TypeAlias

from ._calls import Calls
from .models import Logged

EventHook: TypeAlias = Callable[[Logged], object]
"""Deals with an event, after it was committed and at least once; it can tell a repetition by the
event's ``id``. It may be a coroutine function. An event for which it raises comes again."""

OnError: TypeAlias = Callable[[Exception], object]
"""Is told of what a hook raised."""

EVENTS_AT_ONCE = 1_000

_LONGEST_PAUSE = 60.0
_logger = logging.getLogger("polycode")


class _Stopped(Exception):
    """The subscription was stopped between two events."""


class Subscription:
    """A hook that is called with events in a thread of its own, until it is stopped."""

    def __init__(
        self, hook: EventHook, deliver: Callable[[EventHook], int], pauses: Pauses, calls: Calls
    ) -> None:
        """Begins at once; hosts call `Engine.on_event`."""
        self._hook = hook
        self._deliver = deliver
        self._pauses = pauses
        self._calls = calls
        self._is_stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name=pauses.name, daemon=True)
        self._thread.start()

    def _hooked(self, logged: Logged) -> object:
        if self._is_stopped.is_set():
            raise _Stopped
        return self._hook(logged)

    def _run(self) -> None:
        pause = 0.0
        while not self._is_stopped.wait(pause):
            try:
                pause = self._pauses.after(self._deliver(self._hooked))
            except _Stopped:
                return
            except Exception as error:
                if not self._calls.is_open:
                    return
                pause = self._pauses.after_failure(error)

    def stop(self) -> None:
        """Calls the hook no more, and waits until it is done with what it was called with."""
        self._is_stopped.set()
        if threading.current_thread() is not self._thread:
            self._thread.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self.stop()


class AsyncSubscription:
    """A `Subscription` that is a task of the running event loop."""

    def __init__(
        self,
        hook: EventHook,
        deliver: Callable[[EventHook], Awaitable[int]],
        pauses: Pauses,
        calls: Calls,
    ) -> None:
        """Begins at once; hosts call `AsyncEngine.on_event`."""
        self._hook = hook
        self._deliver = deliver
        self._pauses = pauses
        self._calls = calls
        self._is_stopped = asyncio.Event()
        self._task = asyncio.create_task(self._run(), name=pauses.name)

    async def _hooked(self, logged: Logged) -> None:
        if self._is_stopped.is_set():
            raise _Stopped
        await call(self._hook, logged)

    async def _run(self) -> None:
        pause = 0.0
        while not await self._waited(pause):
            try:
                pause = self._pauses.after(await self._deliver(self._hooked))
            except _Stopped:
                return
            except Exception as error:
                if not self._calls.is_open:
                    return
                pause = self._pauses.after_failure(error)

    async def _waited(self, pause: float) -> bool:
        """Waits; whether it is to stop."""
        try:
            await asyncio.wait_for(self._is_stopped.wait(), pause)
        except TimeoutError:
            return self._is_stopped.is_set()
        return True

    async def stop(self) -> None:
        """Calls the hook no more, and waits until it is done with what it was called with."""
        self._is_stopped.set()
        if asyncio.current_task() is not self._task:
            await self._task

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *raised: object) -> None:
        await self.stop()


class Pauses:
    """How long to wait before the log is looked at again."""

    def __init__(self, consumer: str, every: float, on_error: OnError | None) -> None:
        self.name = f"polycode events for {consumer}"
        self._consumer = consumer
        self._every = every
        self._on_error = on_error
        self._failures = 0

    def after(self, delivered: int) -> float:
        self._failures = 0
        return 0.0 if delivered else self._every

    def after_failure(self, error: Exception) -> float:
        if self._on_error is None:
            _logger.error(
                "the hook `%s` failed: its event comes again", self._consumer, exc_info=error
            )
        else:
            try:
                self._on_error(error)
            except Exception as another:
                _logger.error(
                    "`on_error` of the hook `%s` failed", self._consumer, exc_info=another
                )
        pause: float = self._every * 2.0 ** min(self._failures, 16)
        self._failures += 1
        return min(pause, _LONGEST_PAUSE)


async def call(hook: EventHook, logged: Logged) -> None:
    """Calls a hook in a thread of its own, or awaits it, so that the event loop goes on."""
    if inspect.iscoroutinefunction(hook):
        await hook(logged)
        return
    answer = await asyncio.to_thread(hook, logged)
    if inspect.isawaitable(answer):
        await answer
