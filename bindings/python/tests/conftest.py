"""What all tests share: the repository's files, a runner, engines over fresh stores."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import polycode
import pytest
from polycode.models import (
    ChoiceOption,
    ChoiceValidator,
    CodeEditorComponent,
    ContainerComponent,
    ContentDraft,
    ContentKind,
    Credit,
    Choose,
    Limits,
    McqComponent,
    OutputValidator,
    Starter,
)

ROOT = Path(__file__).parents[3]
SECRET = "canary-2f61"


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def target(root: Path) -> Path:
    """The folder for everything that cargo makes."""
    return Path(os.environ.get("CARGO_TARGET_DIR", root / "target"))


@pytest.fixture(scope="session")
def command(target: Path) -> Path:
    """The `polycode` command, as cargo built it."""
    command = target / "debug" / "polycode"
    assert command.is_file(), "build it first: cargo build -p polycode-runner"
    return command


@pytest.fixture(scope="session")
def runner() -> polycode.Runner:
    return polycode.Runner()


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:{tmp_path / 'school.db'}"


@pytest.fixture
def engine(url: str, runner: polycode.Runner) -> Iterator[polycode.Engine]:
    with polycode.Engine.open(url, runner=runner) as engine:
        yield engine


@pytest.fixture(scope="session")
def draft() -> ContentDraft:
    """Two parts: double a number, with one of its validators hidden, and a question."""
    double = CodeEditorComponent(
        id="double",
        languages={"javascript": Starter(), "python": Starter()},
        limits=Limits(time_ms=1_000),
        validators=[
            OutputValidator(id="open", stdin="21\n", expected="42\n"),
            OutputValidator(id="secret", stdin="7\n", expected=f"14\n{SECRET}", hidden=True),
        ],
    )
    even = McqComponent(
        id="even",
        question="Which numbers are even?",
        options=[ChoiceOption(id=name, text=name) for name in ("one", "two", "four")],
        choose=Choose.MANY,
        validators=[ChoiceValidator(id="right", correct={"two", "four"}, credit=Credit.PARTIAL)],
    )
    return ContentDraft(
        slug="doubles",
        name="Doubles",
        type=ContentKind.EXERCISE,
        reward=10,
        pass_mark=700_000,
        root=ContainerComponent(id="page", components=[double, even]),
    )


DOUBLE = {
    "python": f"n = int(input())\nprint(n * 2)\nif n == 7: print('{SECRET}')\n",
    "javascript": "const n = +require('fs').readFileSync(0, 'utf8');\nconsole.log(n * 2);\n"
    f"if (n === 7) console.log('{SECRET}');\n",
}
