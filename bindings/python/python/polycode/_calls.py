"""What the two faces of the engine have in common: each call, from its arguments to its result."""

from __future__ import annotations

from collections.abc import Mapping
from os import PathLike
from typing import TypeVar

from . import _native, _wire
from ._wire import Pending, Result
from .errors import Closed
from .models import Actor, Imported

T = TypeVar("T")

_IMPORTED: Result[Imported] = Result(Imported)


class Calls:
    """The calls of an open engine. `Engine` waits for them, `AsyncEngine` awaits them."""

    def __init__(self, native: _native.Engine) -> None:
        self._open: _native.Engine | None = native

    def close(self) -> None:
        self._open = None

    @property
    def is_open(self) -> bool:
        """Whether it was not closed."""
        return self._open is not None

    @property
    def _native(self) -> _native.Engine:
        if self._open is None:
            raise Closed("the engine was closed", "closed")
        return self._open

    def acting_as(self, actor: Actor | Mapping[str, object]) -> Calls:
        """The same calls on behalf of somebody else."""
        return Calls(self._native.acting_as(_wire.write("actor", actor)))

    def call(self, use_case: str, given: Mapping[str, object], result: Result[T]) -> Pending[T]:
        """Calls a use case with its arguments by name."""
        return result.of(self._native.call(use_case, _wire.write_given(given)))

    def import_course(self, path: str | PathLike[str]) -> Pending[Imported]:
        """Publishes the course in a folder."""
        return _IMPORTED.of(self._native.import_folder(path))
