"""Running and judging programs without a store."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from os import PathLike
from pathlib import Path

from . import _native, _wire
from ._answers import program
from ._wire import Result
from .models import Case, Limits, Report, RunProgram, RunResult

_REPORT: Result[Report] = Result(Report)
_RUN_RESULT: Result[RunResult] = Result(RunResult)


class Runner:
    """A sandbox for untrusted programs. Threads and engines may share it.

    ``home`` is the folder that installed languages are in, ``workers`` how many programs run at
    the same time, ``queue`` how many may wait beside them.
    """

    def __init__(
        self,
        *,
        home: str | PathLike[str] | None = None,
        workers: int | None = None,
        queue: int | None = None,
    ) -> None:
        self._native = _native.Runner(home, workers, queue)

    def run(
        self,
        source: str | Mapping[str, str],
        *,
        language: str,
        entry: str | None = None,
        stdin: str = "",
        args: Sequence[str] = (),
        files: Mapping[str, str] | None = None,
        collect: Sequence[str] = (),
        limits: Limits | None = None,
    ) -> RunResult:
        """Runs a program once: one source text, or several by file name.

        ``files`` are laid beside the program, ``collect`` names files to report if it leaves
        them behind.
        """
        run = _run_program(source, language, entry, stdin, args, files, collect, limits)
        return _RUN_RESULT.of(self._native.run(run)).wait()

    def judge(self, case: Case | Mapping[str, object] | str | PathLike[str]) -> Report:
        """Judges a case, or the case in a JSON file."""
        return _REPORT.of(self._native.judge(_case(case))).wait()


class AsyncRunner:
    """A `Runner` for asyncio. Cancelling a call stops its program."""

    def __init__(
        self,
        *,
        home: str | PathLike[str] | None = None,
        workers: int | None = None,
        queue: int | None = None,
    ) -> None:
        self._native = _native.Runner(home, workers, queue)

    async def run(
        self,
        source: str | Mapping[str, str],
        *,
        language: str,
        entry: str | None = None,
        stdin: str = "",
        args: Sequence[str] = (),
        files: Mapping[str, str] | None = None,
        collect: Sequence[str] = (),
        limits: Limits | None = None,
    ) -> RunResult:
        """Runs a program once; see `Runner.run`."""
        run = _run_program(source, language, entry, stdin, args, files, collect, limits)
        return await _RUN_RESULT.of(self._native.run(run))

    async def judge(self, case: Case | Mapping[str, object] | str | PathLike[str]) -> Report:
        """Judges a case, or the case in a JSON file."""
        return await _REPORT.of(self._native.judge(_case(case)))


def _run_program(
    source: str | Mapping[str, str],
    language: str,
    entry: str | None,
    stdin: str,
    args: Sequence[str],
    files: Mapping[str, str] | None,
    collect: Sequence[str],
    limits: Limits | None,
) -> bytes:
    run = RunProgram(
        program=program(language, source, entry=entry),
        stdin=stdin,
        args=args,
        files=files or {},
        collect=collect,
        limits=limits or Limits(),
    )
    return _wire.write("program", run)


def _case(case: Case | Mapping[str, object] | str | PathLike[str]) -> bytes:
    if isinstance(case, (str, PathLike)):
        return Path(case).read_bytes()
    return _wire.write("case", case)
