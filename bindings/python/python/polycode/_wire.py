"""How values become JSON on their way to the native half, and values again on their way back."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import msgspec

from .errors import Invalid, Told

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
        told = Told(field=what, message=message)
        raise Invalid(f"{what}: {message}", "invalid", [told]) from error


def write_given(given: Mapping[str, object]) -> bytes:
    """The JSON of a use case's arguments by name."""
    try:
        return _encoder.encode(given)
    except (TypeError, ValueError, RecursionError):
        # Which of them it is takes long to find out.
        for name, value in given.items():
            write(name, value)
        raise


class Pending(Generic[T]):
    """Work that was asked for and has not begun: wait for it, or await it."""

    def __init__(self, call: Call[bytes], decoder: msgspec.json.Decoder[T]) -> None:
        self._call = call
        self._decoder = decoder

    def wait(self) -> T:
        """Does the work and gives its result."""
        return self._decoder.decode(self._call.wait())

    def __await__(self) -> Generator[Any, Any, T]:
        json = yield from done(self._call).__await__()
        return self._decoder.decode(json)


async def done(call: Call[T]) -> T:
    """Begins work and awaits it; when whoever awaits it is cancelled, it ends."""
    future = call.start()
    try:
        return await future
    except BaseException:
        call.stop()
        raise


class Result(Generic[T]):
    """What a native call gives, as a typed value."""

    def __init__(self, kind: Any) -> None:
        self._kind = kind

    @cached_property
    def _decoder(self) -> msgspec.json.Decoder[T]:
        # Made when it is first needed: most programs need few of them.
        return msgspec.json.Decoder(self._kind)

    def of(self, call: Call[bytes]) -> Pending[T]:
        """A call that gives such a value."""
        return Pending(call, self._decoder)
