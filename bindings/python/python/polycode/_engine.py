"""The engine: every use case of PolyCode over the host's store."""

from __future__ import annotations

from collections.abc import Mapping
from os import PathLike
from types import TracebackType

from . import _native, _wire
from ._runner import Runner
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
    SubmissionView,
    SubmissionId,
    SubmissionPage,
    VersionedContent,
    Wallet,
)


class Engine:
    """Every use case of PolyCode. Threads may share it; others run while it works.

    Wherever a content is asked for, its id and its slug will do. Use it as a context manager, or
    `close` it, when it is no longer needed.
    """

    def __init__(self, native: _native.Engine) -> None:
        """Takes over an open engine; hosts call `open`."""
        self._open: _native.Engine | None = native

    @classmethod
    def open(
        cls,
        url: str,
        *,
        home: str | PathLike[str] | None = None,
        runner: Runner | None = None,
    ) -> Engine:
        """Opens the store that a URL names: ``memory:``, or ``sqlite:`` and a file.

        ``home`` is the folder that installed languages are in. Engines that should share a
        sandbox are given the same ``runner`` instead.
        """
        sandbox = _native.Runner(home) if runner is None else runner._native
        call = _native.Engine.open(url, sandbox)
        return cls(call.wait())

    def close(self) -> None:
        """Lets go of the store; calls that come later fail."""
        self._open = None

    def __enter__(self) -> Engine:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def _native(self) -> _native.Engine:
        if self._open is None:
            raise Closed("the engine was closed", "closed")
        return self._open

    def import_course(self, path: str | PathLike[str]) -> Imported:
        """Publishes the course in a folder: creates new contents, and new versions of changed ones."""
        return _wire.IMPORTED.wait(self._native.import_course(path))

    def create_content(self, draft: ContentDraft | Mapping[str, object]) -> VersionedContent:
        """Publishes a new content."""
        call = self._native.create_content(_wire.write("draft", draft))
        return _wire.VERSIONED_CONTENT.wait(call)

    def update_content(
        self,
        content: str,
        version: int,
        draft: ContentDraft | Mapping[str, object],
    ) -> VersionedContent:
        """Publishes a new version of a content that was read at ``version``."""
        call = self._native.update_content(content, version, _wire.write("draft", draft))
        return _wire.VERSIONED_CONTENT.wait(call)

    def contents(self, *, after: str | None = None, limit: int = 20) -> ContentSummaryPage:
        """A page of contents by slug; ``after`` is the ``next`` of the page before."""
        return _wire.CONTENT_PAGE.wait(self._native.contents(after, limit))

    def content(self, content: str) -> ContentView:
        """A content as learners see it: no hidden validator, no right option."""
        return _wire.CONTENT_VIEW.wait(self._native.content(content))

    def authored_content(self, content: str) -> VersionedContent:
        """A content with everything its author wrote. Not for learners."""
        return _wire.VERSIONED_CONTENT.wait(self._native.authored_content(content))

    def submit(
        self,
        *,
        user: str,
        content: str,
        component: str,
        answer: Answer | Mapping[str, object],
    ) -> Outcome:
        """Takes an answer, judges it, and books what it earns.

        The answer is stored before it is judged: if judging fails for a reason that is not the
        learner's, the submission is kept and `grade` does the rest.
        """
        call = self._native.submit(user, content, component, _wire.write("answer", answer))
        return _wire.OUTCOME.wait(call)

    def receive(
        self,
        *,
        user: str,
        content: str,
        component: str,
        answer: Answer | Mapping[str, object],
    ) -> SubmissionId:
        """Takes an answer and stores it, to be judged by `grade`."""
        call = self._native.receive(user, content, component, _wire.write("answer", answer))
        return _wire.SUBMISSION_ID.wait(call)

    def grade(self, submission: str) -> Outcome:
        """Judges a stored submission and books what it earns, once."""
        return _wire.OUTCOME.wait(self._native.grade(submission))

    def grade_pending(self, limit: int = 100) -> int:
        """Grades submissions that wait, as after a crash; gives how many were graded."""
        return _wire.COUNT.wait(self._native.grade_pending(limit))

    def run_validator(
        self,
        *,
        content: str,
        component: str,
        validator: str,
        answer: Answer | Mapping[str, object],
    ) -> Feedback:
        """Tries an answer against one visible validator. Nothing is stored, nothing is earned."""
        call = self._native.run_validator(content, component, validator, _wire.write("answer", answer))
        return _wire.FEEDBACK.wait(call)

    def submission(self, submission: str) -> SubmissionView:
        """A submission and how far it has come."""
        return _wire.SUBMISSION.wait(self._native.submission(submission))

    def answer(self, submission: str) -> Answer:
        """What a user answered."""
        return _wire.ANSWER.wait(self._native.answer(submission))

    def feedback(self, submission: str) -> Feedback | None:
        """What the learner is told of a submission, once it is judged."""
        return _wire.MAYBE_FEEDBACK.wait(self._native.feedback(submission))

    def report(self, submission: str) -> Report | None:
        """Everything that judging found, hidden validators included. Not for learners."""
        return _wire.MAYBE_REPORT.wait(self._native.report(submission))

    def submissions(
        self,
        user: str,
        *,
        content: str | None = None,
        after: str | None = None,
        limit: int = 20,
    ) -> SubmissionPage:
        """A page of a user's submissions, of one content or of all, newest first."""
        call = self._native.submissions(user, content, after, limit)
        return _wire.SUBMISSION_PAGE.wait(call)

    def progress(self, user: str, content: str) -> Progress:
        """How far a user has come in a content."""
        return _wire.PROGRESS.wait(self._native.progress(user, content))

    def wallet(self, user: str) -> Wallet:
        """What a user owns."""
        return _wire.WALLET.wait(self._native.wallet(user))

    def entries(self, user: str, *, after: str | None = None, limit: int = 20) -> EntryPage:
        """A page of the ledger's lines that concern a user, newest first."""
        return _wire.ENTRY_PAGE.wait(self._native.entries(user, after, limit))

    def events(self, after: int = 0, limit: int = 100) -> list[Logged]:
        """The events after a place in the log, at most 1,000 of them."""
        return _wire.LOGGED.wait(self._native.events(after, limit))
