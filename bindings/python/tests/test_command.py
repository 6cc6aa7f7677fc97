"""The command that comes with the package."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from test_conformance import timeless


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*map(str, arguments)], check=False, capture_output=True, text=True)


@pytest.fixture(params=["module", "script"])
def ours(request: pytest.FixtureRequest) -> list[str]:
    if request.param == "module":
        return [sys.executable, "-m", "polycode"]
    return [str(Path(sys.executable).parent / "polycode")]


def test_a_program_is_run_with_its_output_and_exit_code(ours: list[str], tmp_path: Path) -> None:
    program = tmp_path / "main.js"
    program.write_text(
        "process.stdout.write('got ' + require('fs').readFileSync(0, 'utf8')); process.exit(3);"
    )
    given = tmp_path / "given.txt"
    given.write_text("it")
    done = run(*ours, "run", program, "--stdin", given)
    assert (done.stdout, done.returncode) == ("got it", 3), done.stderr


def test_a_case_is_judged_as_by_the_command_of_rust(
    ours: list[str], command: Path, root: Path
) -> None:
    cases = sorted((root / "conformance" / "judging" / "verdicts").rglob("*.json"))[:3]
    given, wanted = (run(*by, "judge", "--json", *cases) for by in (ours, [command]))
    assert given.returncode == wanted.returncode == 0, given.stderr

    ours_and_theirs = [
        [timeless(json.loads(line)) for line in done.stdout.split("\n") if line]
        for done in (given, wanted)
    ]
    assert ours_and_theirs[0] == ours_and_theirs[1]
    assert len(ours_and_theirs[0]) == 3


def test_what_can_not_be_done_is_said(ours: list[str]) -> None:
    done = run(*ours, "dance")
    assert done.returncode == 2
    assert "unrecognized subcommand 'dance'" in done.stderr
    assert run(*ours, "--version").stdout.startswith("polycode ")
