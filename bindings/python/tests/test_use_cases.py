"""Every use case of core can be reached."""

from __future__ import annotations

import inspect

import polycode
import pytest
from polycode import errors

# Methods that are no use cases of core.
OF_THE_FACE = {"open", "close", "acting_as", "follow", "import_course", "consume", "on_event"}


def methods(kind: type) -> dict[str, inspect.Signature]:
    found = inspect.getmembers(kind, inspect.isfunction)
    return {name: inspect.signature(method) for name, method in found if name[0] != "_"}


def test_both_engines_have_the_same_use_cases() -> None:
    waiting, awaiting = methods(polycode.Engine), methods(polycode.AsyncEngine)
    assert len(waiting) > 140
    own = {"open", "follow"}
    assert {name: text for name, text in waiting.items() if name not in own} == {
        name: text for name, text in awaiting.items() if name not in own
    }


def test_every_use_case_is_explained() -> None:
    for name, method in inspect.getmembers(polycode.Engine, inspect.isfunction):
        if name[0] != "_":
            doc = inspect.getdoc(method)
            assert doc and doc[0].isupper(), name


def test_every_use_case_is_known_to_the_native_half(engine: polycode.Engine) -> None:
    for name, signature in methods(polycode.Engine).items():
        if name in OF_THE_FACE:
            continue
        with pytest.raises(errors.PolycodeError) as caught:
            engine._calls._native.call(name, b'{"never": "an argument"}').wait()
        # It is refused for its argument, and not for its name.
        assert [told.field for told in caught.value.errors] != ["useCase"], name
        assert signature.parameters
    with pytest.raises(errors.Invalid, match="there is no use case `dance`"):
        engine._calls._native.call("dance", b"{}").wait()
