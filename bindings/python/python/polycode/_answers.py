"""Answers and programs, written in few words."""

from __future__ import annotations

from collections.abc import Mapping

from . import _native
from .models import ChoiceAnswer, CodeAnswer, Program


def program(
    language: str, source: str | Mapping[str, str], *, entry: str | None = None
) -> Program:
    """A program: one source text, or several by file name.

    ``entry`` is the file that is run; without it the language's usual one.
    """
    return Program(language=language, files=_files(language, source, entry), entry=entry)


def code(
    language: str, source: str | Mapping[str, str], *, entry: str | None = None
) -> CodeAnswer:
    """A program as an answer for a code editor; see `program`."""
    return CodeAnswer(language=language, files=_files(language, source, entry), entry=entry)


def choice(*selected: str) -> ChoiceAnswer:
    """Chosen options as an answer to a question."""
    return ChoiceAnswer(selected=frozenset(selected))


def _files(
    language: str, source: str | Mapping[str, str], entry: str | None
) -> Mapping[str, str]:
    if isinstance(source, str):
        return {entry or _native.usual_entry(language): source}
    return source
