"""Whole lists, page after page."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from typing import Any, ParamSpec, Protocol, TypeVar

T_co = TypeVar("T_co", covariant=True)
P = ParamSpec("P")


class Page(Protocol[T_co]):
    """A part of a list, and where the next one begins."""

    @property
    def items(self) -> Sequence[T_co]: ...

    @property
    def next(self) -> str | None: ...


def each(
    use_case: Callable[P, Page[T_co]], *args: P.args, **given: P.kwargs
) -> Iterator[T_co]:
    """Every item of a list: ``each(engine.contents, tag="loops")``.

    The next page is read when the one before is used up; ``limit`` is how long pages are.
    """
    read: Callable[..., Page[T_co]] = use_case
    named: dict[str, Any] = dict(given)
    while True:
        page = read(*args, **named)
        yield from page.items
        if page.next is None:
            return
        named["after"] = page.next


async def aeach(
    use_case: Callable[P, Awaitable[Page[T_co]]], *args: P.args, **given: P.kwargs
) -> AsyncIterator[T_co]:
    """As `each`, for the lists of an `AsyncEngine`: ``async for``."""
    read: Callable[..., Awaitable[Page[T_co]]] = use_case
    named: dict[str, Any] = dict(given)
    while True:
        page = await read(*args, **named)
        for item in page.items:
            yield item
        if page.next is None:
            return
        named["after"] = page.next
