"""Runs untrusted programs in sandboxes, judges them, and keeps what they earn.

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
