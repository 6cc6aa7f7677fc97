"""The stories that every face tells alike: the same calls, the same results to the byte."""

from __future__ import annotations

import inspect
import json
import re
from pathlib import Path
from typing import Any

import polycode
import pytest
from conftest import ROOT
from polycode import _wire, errors
from polycode.testing import Time
from shelf import Shelf

STORIES = sorted((ROOT / "conformance" / "stories").glob("*.json"))
WALL = re.compile(rb'"wallUs":\d+')


def test_there_are_stories() -> None:
    assert len(STORIES) >= 12


@pytest.mark.parametrize("path", STORIES, ids=lambda path: path.stem)
def test_a_story_has_the_results_that_are_kept(
    path: Path, url: str, runner: polycode.Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    told(path, url, runner, monkeypatch)


@pytest.mark.parametrize("path", STORIES, ids=lambda path: path.stem)
def test_a_story_has_them_over_a_store_of_the_host_s_own(
    path: Path, runner: polycode.Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    told(path, Shelf(), runner, monkeypatch)


def told(
    path: Path,
    store: str | polycode.Store,
    runner: polycode.Runner,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Tells a story and compares."""
    crossed: list[bytes] = []

    def wait(pending: _wire.Pending[Any]) -> Any:
        json = pending._call.wait()
        crossed.append(json)
        return pending._decoder.decode(json)

    story = json.loads(path.read_bytes())
    time = Time(story["now"])
    with polycode.Engine.open(store, runner=runner, time=time) as host:
        monkeypatch.setattr(_wire.Pending, "wait", wait)
        saved: dict[str, Any] = {}
        results = b""
        for step in story["steps"]:
            if "at" in step:
                time.set(step["at"])
            engine = host.acting_as(story["actors"][step["as"]]) if "as" in step else host
            crossed.clear()
            try:
                call(engine, step["call"], filled(step.get("given", {}), saved))
            except errors.PolycodeError as error:
                assert error.code == step.get("refused"), error
                results += written(error) + b"\n"
                continue
            assert "refused" not in step, step
            [result] = crossed
            found = json.loads(result)
            for pointer, expected in step.get("expect", {}).items():
                assert at(found, pointer) == filled(expected, saved), (step, pointer)
            for name, pointer in step.get("save", {}).items():
                saved[name] = at(found, pointer)
            results += WALL.sub(b'"wallUs":0', result) + b"\n"
    assert results.splitlines() == path.with_suffix(".results.jsonl").read_bytes().splitlines()


def call(engine: polycode.Engine, use_case: str, given: dict[str, Any]) -> None:
    """Calls the method of a use case: the arguments that it takes one by one are spread."""
    method = getattr(engine, use_case)
    takes = inspect.signature(method).parameters
    arguments: dict[str, Any] = {}
    for name, value in given.items():
        # A word of Python's own has a line after it.
        known = [known for known in (name, f"{name}_") if known in takes]
        if known:
            arguments[known[0]] = value
        else:
            arguments |= {snake(field): part for field, part in value.items()}
    method(**arguments)


def snake(name: str) -> str:
    return re.sub("[A-Z]", lambda letter: f"_{letter[0].lower()}", name)


def filled(value: Any, saved: dict[str, Any]) -> Any:
    """Puts what was saved where a text is `$` and its name."""
    match value:
        case str() if value.startswith("$"):
            return saved[value[1:]]
        case list():
            return [filled(item, saved) for item in value]
        case dict():
            return {name: filled(item, saved) for name, item in value.items()}
        case _:
            return value


def at(value: Any, pointer: str) -> Any:
    """What a JSON pointer points at; nothing when that is not there."""
    for part in pointer.split("/")[1:]:
        value = value[int(part)] if isinstance(value, list) else value.get(part)
    return value


def written(error: errors.PolycodeError) -> bytes:
    told = [
        {"message": told.message} | ({} if told.field is None else {"field": told.field})
        for told in error.errors
    ]
    failure = {
        "code": error.code,
        "message": str(error),
        "errors": told,
        "temporary": error.temporary,
    }
    return json.dumps(failure, ensure_ascii=False, separators=(",", ":")).encode()
