"""What tests of a host need: time that stands where they put it, and the rules of a store of their own.

>>> from polycode.testing import Time, check_store
>>> time = Time("2026-01-05T09:00:00Z")
>>> engine = polycode.Engine.open("memory:", time=time)
>>> time.advance(timedelta(hours=1))
>>> [rule.name for rule in check_store(Shelf) if rule.broken]
[]
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from . import _native
from ._rules import CheckedRule, acheck_store, check_store, store_rules

__all__ = ["CheckedRule", "Time", "acheck_store", "check_store", "store_rules"]


class Time:
    """Time that stands where it is put. Engines that are opened with it make ids and tokens that
    follow each other: the same calls in the same order give the same results. Everybody can guess
    those tokens, so it is for tests only.
    """

    def __init__(self, now: datetime | str) -> None:
        """Time that stands here; a text is RFC 3339."""
        self._now = _read(now)
        self._native = _native.Time(_write(self._now))

    @property
    def now(self) -> datetime:
        """Where it stands."""
        return self._now

    def set(self, now: datetime | str) -> None:
        """Puts it somewhere else."""
        self._now = _read(now)
        self._native.set(_write(self._now))

    def advance(self, by: timedelta) -> None:
        """Lets some time go by."""
        self.set(self._now + by)


def _read(now: datetime | str) -> datetime:
    time = datetime.fromisoformat(now) if isinstance(now, str) else now
    if time.tzinfo is None:
        raise ValueError("now: a time needs a time zone")
    return time.astimezone(UTC)


def _write(now: datetime) -> str:
    return now.isoformat().replace("+00:00", "Z")
