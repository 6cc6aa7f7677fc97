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
from ._pages import aeach, each
from ._runner import AsyncRunner, Runner
from .errors import PolycodeError
from .models import Actor, Case, Limits, Role, Verdict

__all__ = [
    "Actor",
    "AsyncEngine",
    "AsyncRunner",
    "Case",
    "Engine",
    "Limits",
    "PolycodeError",
    "Role",
    "Runner",
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
