"""How values become JSON on their way to the native half, and values again on their way back."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import msgspec

from . import models
from .errors import Invalid
from .models import Problem

if TYPE_CHECKING:
    from ._native import Call

T = TypeVar("T")

_encoder = msgspec.json.Encoder(order="deterministic")


def write(what: str, value: object) -> bytes:
    """The JSON of a model, or of plain dictionaries, lists and texts."""
    try:
        return _encoder.encode(value)
    except (TypeError, ValueError, RecursionError) as error:
        message = f"can't be written as JSON: {error}"
        problem = Problem(field=what, message=message)
        raise Invalid(f"{what}: {message}", "invalid", [problem]) from error


class Pending(Generic[T]):
    """Work that was asked for and has not begun: wait for it, or await it."""

    def __init__(self, call: Call[bytes], decoder: msgspec.json.Decoder[T]) -> None:
        self._call = call
        self._decoder = decoder

    def wait(self) -> T:
        """Does the work and gives its result."""
        return self._decoder.decode(self._call.wait())

    def __await__(self) -> Generator[Any, Any, T]:
        json = yield from self._call.start().__await__()
        return self._decoder.decode(json)


class Result(Generic[T]):
    """What a native call gives, as a typed value."""

    def __init__(self, kind: Any) -> None:
        self._decoder: msgspec.json.Decoder[T] = msgspec.json.Decoder(kind)

    def of(self, call: Call[bytes]) -> Pending[T]:
        """A call that gives such a value."""
        return Pending(call, self._decoder)


ANSWER = Result[models.Answer](models.Answer)
CONTENT_PAGE = Result[models.ContentSummaryPage](models.ContentSummaryPage)
CONTENT_VIEW = Result[models.ContentView](models.ContentView)
COUNT = Result[int](int)
ENTRY_PAGE = Result[models.EntryPage](models.EntryPage)
FEEDBACK = Result[models.Feedback](models.Feedback)
IMPORTED = Result[models.Imported](models.Imported)
LOGGED = Result[list[models.Logged]](list[models.Logged])
MAYBE_FEEDBACK = Result["models.Feedback | None"](models.Feedback | None)
MAYBE_REPORT = Result["models.Report | None"](models.Report | None)
OUTCOME = Result[models.Outcome](models.Outcome)
PROGRESS = Result[models.Progress](models.Progress)
REPORT = Result[models.Report](models.Report)
RUN_RESULT = Result[models.RunResult](models.RunResult)
SUBMISSION = Result[models.SubmissionView](models.SubmissionView)
SUBMISSION_ID = Result[models.SubmissionId](str)
SUBMISSION_PAGE = Result[models.SubmissionPage](models.SubmissionPage)
VERSIONED_CONTENT = Result[models.VersionedContent](models.VersionedContent)
WALLET = Result[models.Wallet](models.Wallet)
