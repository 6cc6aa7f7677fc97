"""Runs untrusted programs in sandboxes, judges them, and keeps what they earn.

`Runner` runs and judges programs, and keeps nothing. `Engine` does every use case over a store. `AsyncRunner`
and `AsyncEngine` are the same for asyncio. `program`, `code` and `choice` write programs and answers in few words,
`user` and `guest` whoever a call is made for; `each` and `aeach` read whole lists. What goes in and comes out is in
`polycode.models`, what is raised in `polycode.errors`, and what tests need in `polycode.testing`.

>>> import polycode
>>> with polycode.Engine.open("memory:") as engine:
...     engine.wallet("ada").balance
0
"""

from . import errors, models
from ._actors import guest, user
from ._answers import choice, code, program
from ._async_engine import AsyncEngine
from ._engine import Engine
from ._hooks import Directory, Grader
from ._pages import aeach, each
from ._runner import AsyncRunner, Runner
from ._store import Store
from ._subscription import AsyncSubscription, Subscription
from .errors import PolycodeError
from .models import Actor, Case, GraderOpinion, GraderTask, Limits, Logged, Role, Verdict

__all__ = [
    "Actor",
    "AsyncEngine",
    "AsyncRunner",
    "AsyncSubscription",
    "Case",
    "Directory",
    "Engine",
    "Grader",
    "GraderOpinion",
    "GraderTask",
    "Limits",
    "Logged",
    "PolycodeError",
    "Role",
    "Runner",
    "Store",
    "Subscription",
    "Verdict",
    "aeach",
    "choice",
    "code",
    "each",
    "errors",
    "guest",
    "models",
    "program",
    "user",
]
