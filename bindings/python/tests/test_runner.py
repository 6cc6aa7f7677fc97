"""Programs run on their own."""

from __future__ import annotations

import _thread
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import polycode
import pytest
from polycode import errors
from polycode.models import Case, ExitedEnding, OutputValidator, Verdict

HELLO = {"javascript": "console.log('hello')", "python": "print('hello')"}


@pytest.mark.parametrize("language", ["javascript", "python"])
def test_a_program_runs(runner: polycode.Runner, language: str) -> None:
    result = runner.run(HELLO[language], language=language)
    assert (result.verdict, result.stdout) == (Verdict.PASSED, "hello\n")
    assert result.ending == ExitedEnding(code=0)
    assert result.fuel > 0 and result.peak_memory > 0
    again = runner.run(HELLO[language], language=language)
    assert again.fuel == result.fuel, "fuel is the same in every run"


def test_a_program_gets_its_input_and_leaves_files(runner: polycode.Runner) -> None:
    source = {
        "main.py": "import sys, tool\nopen('out.txt', 'w').write(tool.shout(input()))\n"
        "print(sys.argv[1:], open('in.txt').read())\n",
        "tool.py": "def shout(text): return text.upper()\n",
    }
    result = runner.run(
        source,
        language="python",
        stdin="grüße\n",
        args=["a", "b c"],
        files={"in.txt": "laid beside"},
        collect=["out.txt", "never.txt"],
    )
    assert (result.stderr, result.stdout) == ("", "['a', 'b c'] laid beside\n")
    assert result.files == {"out.txt": "GRÜSSE"}


def test_a_program_that_fails_says_why(runner: polycode.Runner) -> None:
    crash = runner.run("def f():\n    return 1 // 0\nf()\n", language="python")
    assert crash.verdict is Verdict.RUNTIME_ERROR
    assert "main.py" in crash.stderr and "ZeroDivisionError" in crash.stderr
    wrong = runner.run("let let = 1;", language="javascript")
    assert wrong.verdict is Verdict.COMPILE_ERROR
    assert wrong.diagnostics is not None and "main.js" in wrong.diagnostics
    assert wrong.ending is None
    endless = runner.run(
        "console.log('begun'); while (true) {}",
        language="javascript",
        limits=polycode.Limits(time_ms=100),
    )
    assert (endless.verdict, endless.stdout) == (Verdict.TIME_LIMIT, "begun\n")


def test_a_case_is_judged_however_it_is_given(runner: polycode.Runner, tmp_path: Path) -> None:
    case = Case(
        id="hello",
        language="javascript",
        files={"main.js": HELLO["javascript"]},
        validators=[
            OutputValidator(id="right", expected="hello"),
            OutputValidator(id="wrong", expected="bye"),
        ],
    )
    report = runner.judge(case)
    assert (report.verdict, report.score) == (Verdict.WRONG_ANSWER, 500_000)
    plain = {
        "id": "hello",
        "language": "javascript",
        "files": {"main.js": HELLO["javascript"]},
        "validators": [{"id": "right", "kind": "output", "expected": "hello"}],
    }
    assert runner.judge(plain).verdict is Verdict.PASSED
    file = tmp_path / "case.json"
    file.write_text('{"id": "x"}')
    with pytest.raises(errors.Invalid, match="language"):
        runner.judge(file)


def test_languages_that_are_not_there(runner: polycode.Runner, tmp_path: Path) -> None:
    with pytest.raises(errors.UnknownLanguage, match="cobol"):
        runner.run("DISPLAY 1.", language="cobol")
    elsewhere = polycode.Runner(home=tmp_path)
    with pytest.raises(errors.NotInstalled, match="polycode install python"):
        elsewhere.run("print(1)", language="python")


def test_limits_out_of_range_are_refused(runner: polycode.Runner) -> None:
    with pytest.raises(errors.Invalid) as caught:
        runner.run("1", language="javascript", limits=polycode.Limits(time_ms=0, file_count=10**6))
    assert [told.field for told in caught.value.errors] == [
        "limits.timeMs",
        "limits.fileCount",
    ]


def test_threads_share_a_runner(runner: polycode.Runner) -> None:
    outputs: dict[int, str] = {}

    def run(number: int) -> None:
        result = runner.run(f"console.log({number} * 2)", language="javascript")
        outputs[number] = result.stdout

    threads = [threading.Thread(target=run, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outputs == {number: f"{number * 2}\n" for number in range(8)}


@pytest.fixture
def interruptible() -> Iterator[None]:
    """Processes in the background begin with interrupts ignored."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("interruptible")
def test_other_threads_go_on_and_an_interrupt_ends_a_run(runner: polycode.Runner) -> None:
    begun, ended = threading.Event(), threading.Event()

    def interrupt() -> None:
        begun.wait()
        _thread.interrupt_main(signal.SIGINT)
        # One that arrives while Python is in a finalizer is lost there.
        while not ended.wait(timeout=5):
            _thread.interrupt_main(signal.SIGINT)

    thread = threading.Thread(target=interrupt)
    thread.start()
    with pytest.raises(KeyboardInterrupt):
        begun.set()
        try:
            runner.run(
                "while (true) {}", language="javascript", limits=polycode.Limits(time_ms=120_000)
            )
        finally:
            ended.set()
    thread.join()
    assert runner.run(HELLO["javascript"], language="javascript").verdict is Verdict.PASSED
