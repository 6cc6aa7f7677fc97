"""What the two faces of the engine have in common: each call, from its arguments to its result."""

from __future__ import annotations

from collections.abc import Mapping
from os import PathLike

from . import _native, _wire
from ._wire import Pending
from .errors import Closed
from .models import (
    Answer,
    ContentDraft,
    ContentSummaryPage,
    ContentView,
    EntryPage,
    Feedback,
    Imported,
    Logged,
    Outcome,
    Progress,
    Report,
    SubmissionId,
    SubmissionPage,
    SubmissionView,
    VersionedContent,
    Wallet,
)


class Calls:
    """The calls of an open engine. `Engine` waits for them, `AsyncEngine` awaits them."""

    def __init__(self, native: _native.Engine) -> None:
        self._open: _native.Engine | None = native

    def close(self) -> None:
        self._open = None

    @property
    def _native(self) -> _native.Engine:
        if self._open is None:
            raise Closed("the engine was closed", "closed")
        return self._open

    def import_course(self, path: str | PathLike[str]) -> Pending[Imported]:
        return _wire.IMPORTED.of(self._native.import_course(path))

    def create_content(
        self, draft: ContentDraft | Mapping[str, object]
    ) -> Pending[VersionedContent]:
        json = _wire.write("draft", draft)
        return _wire.VERSIONED_CONTENT.of(self._native.create_content(json))

    def update_content(
        self, content: str, version: int, draft: ContentDraft | Mapping[str, object]
    ) -> Pending[VersionedContent]:
        json = _wire.write("draft", draft)
        return _wire.VERSIONED_CONTENT.of(self._native.update_content(content, version, json))

    def contents(self, after: str | None, limit: int) -> Pending[ContentSummaryPage]:
        return _wire.CONTENT_PAGE.of(self._native.contents(after, limit))

    def content(self, content: str) -> Pending[ContentView]:
        return _wire.CONTENT_VIEW.of(self._native.content(content))

    def authored_content(self, content: str) -> Pending[VersionedContent]:
        return _wire.VERSIONED_CONTENT.of(self._native.authored_content(content))

    def submit(
        self, user: str, content: str, component: str, answer: Answer | Mapping[str, object]
    ) -> Pending[Outcome]:
        json = _wire.write("answer", answer)
        return _wire.OUTCOME.of(self._native.submit(user, content, component, json))

    def receive(
        self, user: str, content: str, component: str, answer: Answer | Mapping[str, object]
    ) -> Pending[SubmissionId]:
        json = _wire.write("answer", answer)
        return _wire.SUBMISSION_ID.of(self._native.receive(user, content, component, json))

    def grade(self, submission: str) -> Pending[Outcome]:
        return _wire.OUTCOME.of(self._native.grade(submission))

    def grade_pending(self, limit: int) -> Pending[int]:
        return _wire.COUNT.of(self._native.grade_pending(limit))

    def run_validator(
        self, content: str, component: str, validator: str, answer: Answer | Mapping[str, object]
    ) -> Pending[Feedback]:
        json = _wire.write("answer", answer)
        return _wire.FEEDBACK.of(self._native.run_validator(content, component, validator, json))

    def submission(self, submission: str) -> Pending[SubmissionView]:
        return _wire.SUBMISSION.of(self._native.submission(submission))

    def answer(self, submission: str) -> Pending[Answer]:
        return _wire.ANSWER.of(self._native.answer(submission))

    def feedback(self, submission: str) -> Pending[Feedback | None]:
        return _wire.MAYBE_FEEDBACK.of(self._native.feedback(submission))

    def report(self, submission: str) -> Pending[Report | None]:
        return _wire.MAYBE_REPORT.of(self._native.report(submission))

    def submissions(
        self, user: str, content: str | None, after: str | None, limit: int
    ) -> Pending[SubmissionPage]:
        return _wire.SUBMISSION_PAGE.of(self._native.submissions(user, content, after, limit))

    def progress(self, user: str, content: str) -> Pending[Progress]:
        return _wire.PROGRESS.of(self._native.progress(user, content))

    def wallet(self, user: str) -> Pending[Wallet]:
        return _wire.WALLET.of(self._native.wallet(user))

    def entries(self, user: str, after: str | None, limit: int) -> Pending[EntryPage]:
        return _wire.ENTRY_PAGE.of(self._native.entries(user, after, limit))

    def events(self, after: int, limit: int) -> Pending[list[Logged]]:
        return _wire.LOGGED.of(self._native.events(after, limit))
