"""What the engines are beside their use cases."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Generic, Self, TypeVar

from . import _native
from ._calls import Calls
from ._subscription import EVENTS_AT_ONCE, EventHook, OnError, Pauses
from .models import Actor

S = TypeVar("S")


class Opened(Generic[S]):
    """An open engine: on whose behalf it is called, hooks in the background, and its end."""

    def __init__(self, native: _native.Engine | Calls) -> None:
        """Takes over an open engine; hosts call `open`."""
        self._calls = native if isinstance(native, Calls) else Calls(native)

    def acting_as(self, actor: Actor | Mapping[str, object]) -> Self:
        """The same engine on behalf of somebody else, who may do what their roles may.

        See `polycode.user` and `polycode.guest`.
        """
        return type(self)(self._calls.acting_as(actor))

    def on_event(
        self,
        consumer: str,
        hook: EventHook,
        *,
        limit: int = EVENTS_AT_ONCE,
        every: float = 1.0,
        on_error: OnError | None = None,
    ) -> S:
        """Calls a hook in the background with every event that the consumer has not dealt with,
        from the first of the log on, and with each as it comes; see `consume`.

        `Engine` does so in a thread of its own, `AsyncEngine` in a task of the running event loop.
        How far the consumer has come is kept after ``limit`` events, or when all was told; then the
        log is looked at again in ``every`` seconds. When the hook raises, ``on_error`` is told, or
        else the logger ``polycode``, and the event comes again: at first in ``every`` seconds,
        later in up to a minute.
        """
        return self._subscribed(consumer, hook, limit, Pauses(consumer, every, on_error))

    def _subscribed(self, consumer: str, hook: EventHook, limit: int, pauses: Pauses) -> S:
        raise NotImplementedError

    def close(self) -> None:
        """Lets go of the store; calls that come later fail."""
        self._calls.close()
