"""Who an engine acts for, written in few words."""

from __future__ import annotations

from .models import Actor, Role


def guest() -> Actor:
    """Somebody who did not sign in."""
    return Actor()


def user(name: str, *roles: Role) -> Actor:
    """Somebody who signed in, with what they are besides a user.

    ``name`` is the host's own id of them; it must not change.
    """
    return Actor(id=name, roles=frozenset({Role.USER, *roles}))
