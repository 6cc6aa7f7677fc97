"""What a host adds to an engine: graders of its own, and its directory of users."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import TypeAlias

import msgspec

from . import _native, _wire
from .models import GraderOpinion, GraderTask, UserProfile

Grader: TypeAlias = Callable[[GraderTask], GraderOpinion | Awaitable[GraderOpinion]]
"""Judges what a program did, for validators of the kind ``host`` that name it.

It is called in a thread of its own, or awaited in the engine's event loop when it gives an
awaitable. When it raises, the call fails with `polycode.errors.GraderError`, whose ``__cause__`` is
what was raised: the submission is kept, and nothing is held against the learner.
"""

Profiles: TypeAlias = Mapping[str, UserProfile]

Directory: TypeAlias = Callable[[Sequence[str]], Profiles | Awaitable[Profiles]]
"""Gives what the host knows of users, by their ids; who has an account here speaks for themselves.

It is called as a grader is. Whoever is left out has no name in rankings and teams. When it raises, the
call fails with `polycode.errors.DirectoryError`, whose ``__cause__`` is what was raised.
"""

_TASK = msgspec.json.Decoder(GraderTask)
_USERS = msgspec.json.Decoder(list[str])


def native_hooks(
    graders: Mapping[str, Grader] | None,
    directory: Directory | None,
    loop: asyncio.AbstractEventLoop | None = None,
) -> _native.Hooks | None:
    """The hooks as the native half calls them; awaitables are awaited in the loop."""
    if not graders and directory is None:
        return None
    calls = _Calls(dict(graders or {}), directory, loop)
    return _native.Hooks(calls, list(graders or {}), directory is not None)


class _Calls:
    def __init__(
        self,
        graders: Mapping[str, Grader],
        directory: Directory | None,
        loop: asyncio.AbstractEventLoop | None,
    ) -> None:
        self._graders = graders
        self._directory = directory
        self._loop = loop

    def __call__(self, hook: str, given: bytes) -> bytes:
        if hook == "grade":
            task = _TASK.decode(given)
            return self._written(self._graders[task.grader](task))
        assert self._directory is not None
        return self._written(self._directory(_USERS.decode(given)))

    def _written(self, answer: object) -> bytes:
        # This is a thread of the native half's: the loop goes on meanwhile.
        return _wire.write("answer", waited(answer, self._loop))


def waited(answer: object, loop: asyncio.AbstractEventLoop | None = None) -> object:
    """The answer, once it is there: what is awaitable is awaited in the loop, or in one of its own."""
    if not inspect.isawaitable(answer):
        return answer

    async def wait() -> object:
        return await answer

    if loop is None:
        return asyncio.run(wait())
    return asyncio.run_coroutine_threadsafe(wait(), loop).result()
