"""The cases that every face of PolyCode judges alike."""

from __future__ import annotations

import asyncio
import json
import re
from pathlib import Path
from typing import Any

import msgspec
import polycode
import pytest
from conftest import ROOT
from polycode import errors
from polycode.models import Case, Report

JUDGING = sorted((ROOT / "conformance" / "judging").rglob("*.json"))
INVALID = sorted((ROOT / "conformance" / "invalid").rglob("*.json"))


def slice_of_abuse() -> list[Path]:
    """One attack of each kind in each language; Rust's own tests judge them all."""
    kinds: dict[tuple[str, str], Path] = {}
    for path in sorted((ROOT / "conformance" / "abuse").rglob("*.json")):
        language: str = json.loads(path.read_bytes())["language"]
        kinds.setdefault((path.parent.name, language), path)
    return list(kinds.values())


ABUSE = slice_of_abuse()
CASES = JUDGING + ABUSE


def name(path: Path) -> str:
    return str(path.relative_to(ROOT / "conformance"))


@pytest.fixture(scope="module")
def reports() -> dict[Path, Report | errors.PolycodeError]:
    """The reports on all cases, judged side by side."""

    async def judge_all() -> dict[Path, Report | errors.PolycodeError]:
        runner = polycode.AsyncRunner()

        async def judge(path: Path) -> Report | errors.PolycodeError:
            try:
                return await runner.judge(path)
            except errors.PolycodeError as error:
                return error

        return dict(zip(CASES, await asyncio.gather(*map(judge, CASES)), strict=True))

    return asyncio.run(judge_all())


@pytest.fixture(scope="module")
def of_rust(target: Path) -> dict[str, Any]:
    """The reports on all cases that the tests in Rust left."""
    reports = {}
    for folder in ("judging", "abuse"):
        kept = target / "tmp" / f"reports-of-{folder}.json"
        assert kept.is_file(), "test it first: cargo test -p polycode-runner --test conformance"
        reports.update(json.loads(kept.read_bytes()))
    return reports


def test_there_are_cases() -> None:
    assert len(JUDGING) >= 60
    assert len(ABUSE) >= 60
    assert len(INVALID) >= 10


@pytest.mark.parametrize("path", CASES, ids=name)
def test_a_case_is_judged_as_expected(
    path: Path, reports: dict[Path, Report | errors.PolycodeError]
) -> None:
    case = msgspec.json.decode(path.read_bytes(), type=Case)
    report = reports[path]
    assert isinstance(report, Report), report
    expect = case.expect
    assert expect is not None
    given = {judgement.validator: judgement.verdict for judgement in report.judgements}
    assert (report.verdict, given | dict(expect.validators)) == (expect.verdict, given)
    assert expect.score in (None, report.score)


@pytest.mark.parametrize("path", CASES, ids=name)
def test_a_report_is_that_of_rust(
    path: Path, reports: dict[Path, Report | errors.PolycodeError], of_rust: dict[str, Any]
) -> None:
    report = reports[path]
    assert isinstance(report, Report), report
    ours = json.loads(msgspec.json.encode(report))
    assert timeless(ours) == timeless(of_rust[name(path)])


def test_bytes_are_those_of_rust(runner: polycode.Runner, of_rust: dict[str, Any]) -> None:
    for path in CASES[:20] + ABUSE[:20]:
        ours = runner._native.judge(path.read_bytes()).wait().decode()
        theirs = json.dumps(of_rust[name(path)], ensure_ascii=False, separators=(",", ":"))
        assert WALL.sub("", ours) == WALL.sub("", theirs)


@pytest.mark.parametrize("path", INVALID, ids=name)
def test_a_bad_case_is_refused_in_clear_words(path: Path, runner: polycode.Runner) -> None:
    fragment = path.with_suffix(".error.txt").read_text().strip()
    # What only a runner can see, such as a language that it does not know, is not `Invalid`.
    wanted = errors.SandboxError if path.parent.name == "runner" else errors.Invalid
    with pytest.raises(wanted, match=re.escape(fragment)) as caught:
        runner.judge(path)
    assert not caught.value.temporary


WALL = re.compile(r'"wallUs":\d+')


def timeless(value: Any) -> Any:
    """The same JSON without the times on the wall."""
    if isinstance(value, dict):
        return {key: timeless(item) for key, item in value.items() if key != "wallUs"}
    if isinstance(value, list):
        return [timeless(item) for item in value]
    return value
