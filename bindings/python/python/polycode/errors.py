"""Every exception of this package.

Match on the class, or on ``code``, never on the message.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

__all__ = [
    "AlreadyDone",
    "AlreadyGraded",
    "Busy",
    "CannotAfford",
    "CaptainMustStay",
    "Closed",
    "Contended",
    "DirectoryError",
    "GraderError",
    "Invalid",
    "InvitationNotValid",
    "LimitReached",
    "NotAllowed",
    "NotFound",
    "NotInstalled",
    "PolycodeError",
    "Refused",
    "SandboxError",
    "Stale",
    "StoreError",
    "TakenOver",
    "TimeUp",
    "Told",
    "UnknownLanguage",
    "WrongState",
]


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that is wrong."""

    message: str
    """What is wrong, and the limit where there is one."""

    field: str | None = None
    """The path of the field that it is about, such as ``root.validators[2].weight``."""


class PolycodeError(Exception):
    """Something that was asked for did not come about."""

    code: str
    """The stable name of the kind of failure."""

    errors: Sequence[Told]
    """What is wrong, one by one and never empty: each broken rule with its field when the input is
    what is wrong, else the message."""

    temporary: bool
    """Whether the same call may succeed later without anybody mending anything."""

    def __init__(
        self,
        message: str,
        code: str = "internal",
        errors: Sequence[Told] = (),
        temporary: bool = False,
    ) -> None:
        # All of them are the arguments, so that the exception can be pickled.
        super().__init__(message, code, errors, temporary)
        self.code = code
        self.errors = errors or [Told(message=message)]
        self.temporary = temporary

    def __str__(self) -> str:
        return str(self.args[0])


class Refused(PolycodeError):
    """A rule said no; the caller may fix it."""


class Invalid(Refused):
    """Something in the input breaks a rule: ``errors`` says what, and where."""


class NotFound(Refused):
    """There is no such thing, or the caller may not see it."""


class AlreadyGraded(Refused):
    """The submission was graded before; the first grade stands."""


class NotAllowed(Refused):
    """The actor may see it, and may not do this."""


class InvitationNotValid(Refused):
    """The invitation is unknown, used, withdrawn or expired; all look alike."""


class TimeUp(Refused):
    """It came too late."""


class WrongState(Refused):
    """It is not in a state in which this can be done."""


class LimitReached(Refused):
    """There is no room for one more."""


class CannotAfford(Refused):
    """The wallet holds less than the price."""


class AlreadyDone(Refused):
    """It was done before, and is done once only."""


class CaptainMustStay(Refused):
    """A captain hands the captaincy over, or dissolves the team, first."""


class TakenOver(Refused):
    """The attempt goes on somewhere else."""


class Stale(Refused):
    """Somebody else changed the document since it was read."""


class SandboxError(PolycodeError):
    """Nothing could be run; a submission that was received is kept."""


class UnknownLanguage(SandboxError):
    """There is no such language."""


class NotInstalled(SandboxError):
    """The language's runtime is not on this machine."""


class Busy(SandboxError):
    """Too many programs are waiting already."""


class GraderError(SandboxError):
    """A grader of the host gave no opinion; ``__cause__`` is what it raised."""


class StoreError(PolycodeError):
    """The store failed."""


class DirectoryError(PolycodeError):
    """The host's directory of users gave no answer; ``__cause__`` is what it raised."""


class Contended(PolycodeError):
    """Too many others write the same documents; worth trying again."""


class Closed(PolycodeError):
    """The engine was closed before."""


_CLASSES: dict[str, type[PolycodeError]] = {
    "already_done": AlreadyDone,
    "already_graded": AlreadyGraded,
    "busy": Busy,
    "cannot_afford": CannotAfford,
    "captain_must_stay": CaptainMustStay,
    "contended": Contended,
    "directory_failed": DirectoryError,
    "grader_failed": GraderError,
    "invalid": Invalid,
    "invitation_not_valid": InvitationNotValid,
    "limit_reached": LimitReached,
    "not_allowed": NotAllowed,
    "not_found": NotFound,
    "not_installed": NotInstalled,
    "sandbox_failed": SandboxError,
    "stale": Stale,
    "store_failed": StoreError,
    "taken_over": TakenOver,
    "time_up": TimeUp,
    "unknown_language": UnknownLanguage,
    "wrong_state": WrongState,
}


class _Failure(msgspec.Struct, frozen=True):
    code: str
    message: str
    errors: list[Told]
    temporary: bool


def _error_of(failure: str) -> PolycodeError:
    """The exception of a failure that the native half found."""
    found = msgspec.json.decode(failure, type=_Failure)
    error = _CLASSES.get(found.code, PolycodeError)
    return error(found.message, found.code, found.errors, found.temporary)
