"""Hooks that are called with every event."""

from __future__ import annotations

import asyncio
import inspect
import logging
import threading
from collections.abc import Awaitable, Callable
from types import TracebackType
from typing import TypeAlias

from .errors import Closed
from .models import Logged

EventHook: TypeAlias = Callable[[Logged], object]
"""Deals with an event, after it was committed and at least once; it can tell a repetition by the
event's ``id``. An event for which it raises comes again."""

OnError: TypeAlias = Callable[[Exception], object]
"""Is told of what a hook raised."""

_LONGEST_PAUSE = 60.0
_logger = logging.getLogger("polycode")


class Subscription:
    """A hook that is called with events in a thread of its own, until it is stopped."""

    def __init__(
        self, name: str, deliver: Callable[[], int], every: float, on_error: OnError | None
    ) -> None:
        """Begins at once; hosts call `Engine.on_event`."""
        self._deliver = deliver
        self._pauses = _Pauses(name, every, on_error)
        self._is_stopped = threading.Event()
        self._thread = threading.Thread(
            target=self._run, name=f"polycode events for {name}", daemon=True
        )
        self._thread.start()

    def _run(self) -> None:
        pause = 0.0
        while not self._is_stopped.wait(pause):
            try:
                pause = self._pauses.after(self._deliver())
            except Closed:
                return
            except Exception as error:
                pause = self._pauses.after_failure(error)

    def stop(self) -> None:
        """Calls the hook no more, and waits until it is done with what it was called with."""
        self._is_stopped.set()
        if threading.current_thread() is not self._thread:
            self._thread.join()

    def __enter__(self) -> Subscription:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()


class AsyncSubscription:
    """A `Subscription` that is a task of the running event loop."""

    def __init__(
        self,
        name: str,
        deliver: Callable[[], Awaitable[int]],
        every: float,
        on_error: OnError | None,
    ) -> None:
        """Begins at once; hosts call `AsyncEngine.on_event`."""
        self._deliver = deliver
        self._pauses = _Pauses(name, every, on_error)
        self._is_stopped = asyncio.Event()
        self._task = asyncio.create_task(self._run(), name=f"polycode events for {name}")

    async def _run(self) -> None:
        pause = 0.0
        while not await self._waited(pause):
            try:
                pause = self._pauses.after(await self._deliver())
            except Closed:
                return
            except Exception as error:
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

    async def __aenter__(self) -> AsyncSubscription:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.stop()


class _Pauses:
    """How long to wait before the log is looked at again."""

    def __init__(self, name: str, every: float, on_error: OnError | None) -> None:
        self._name = name
        self._every = every
        self._on_error = on_error
        self._failures = 0

    def after(self, delivered: int) -> float:
        self._failures = 0
        return 0.0 if delivered else self._every

    def after_failure(self, error: Exception) -> float:
        if self._on_error is None:
            _logger.error("the hook `%s` failed: its event comes again", self._name, exc_info=error)
        else:
            try:
                self._on_error(error)
            except Exception as another:
                _logger.error("`on_error` of the hook `%s` failed", self._name, exc_info=another)
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
