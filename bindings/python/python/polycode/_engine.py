"""The engine: every use case of PolyCode over the host's store."""

from __future__ import annotations

from collections.abc import Mapping
from os import PathLike
from types import TracebackType

from . import _native
from ._calls import Calls
from ._runner import Runner
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


class Engine:
    """Every use case of PolyCode. Threads may share it; others run while it works.

    Wherever a content is asked for, its id and its slug will do. Use it as a context manager, or
    `close` it, when it is no longer needed.
    """

    def __init__(self, native: _native.Engine) -> None:
        """Takes over an open engine; hosts call `open`."""
        self._calls = Calls(native)

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
        self._calls.close()

    def __enter__(self) -> Engine:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def import_course(self, path: str | PathLike[str]) -> Imported:
        """Publishes the course in a folder: creates new contents, and new versions of changed ones."""
        return self._calls.import_course(path).wait()

    def create_content(self, draft: ContentDraft | Mapping[str, object]) -> VersionedContent:
        """Publishes a new content."""
        return self._calls.create_content(draft).wait()

    def update_content(
        self,
        content: str,
        version: int,
        draft: ContentDraft | Mapping[str, object],
    ) -> VersionedContent:
        """Publishes a new version of a content that was read at ``version``."""
        return self._calls.update_content(content, version, draft).wait()

    def contents(self, *, after: str | None = None, limit: int = 20) -> ContentSummaryPage:
        """A page of contents by slug; ``after`` is the ``next`` of the page before."""
        return self._calls.contents(after, limit).wait()

    def content(self, content: str) -> ContentView:
        """A content as learners see it: no hidden validator, no right option."""
        return self._calls.content(content).wait()

    def authored_content(self, content: str) -> VersionedContent:
        """A content with everything its author wrote. Not for learners."""
        return self._calls.authored_content(content).wait()

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
        return self._calls.submit(user, content, component, answer).wait()

    def receive(
        self,
        *,
        user: str,
        content: str,
        component: str,
        answer: Answer | Mapping[str, object],
    ) -> SubmissionId:
        """Takes an answer and stores it, to be judged by `grade`."""
        return self._calls.receive(user, content, component, answer).wait()

    def grade(self, submission: str) -> Outcome:
        """Judges a stored submission and books what it earns, once."""
        return self._calls.grade(submission).wait()

    def grade_pending(self, limit: int = 100) -> int:
        """Grades submissions that wait, as after a crash; gives how many were graded."""
        return self._calls.grade_pending(limit).wait()

    def run_validator(
        self,
        *,
        content: str,
        component: str,
        validator: str,
        answer: Answer | Mapping[str, object],
    ) -> Feedback:
        """Tries an answer against one visible validator. Nothing is stored, nothing is earned."""
        return self._calls.run_validator(content, component, validator, answer).wait()

    def submission(self, submission: str) -> SubmissionView:
        """A submission and how far it has come."""
        return self._calls.submission(submission).wait()

    def answer(self, submission: str) -> Answer:
        """What a user answered."""
        return self._calls.answer(submission).wait()

    def feedback(self, submission: str) -> Feedback | None:
        """What the learner is told of a submission, once it is judged."""
        return self._calls.feedback(submission).wait()

    def report(self, submission: str) -> Report | None:
        """Everything that judging found, hidden validators included. Not for learners."""
        return self._calls.report(submission).wait()

    def submissions(
        self,
        user: str,
        *,
        content: str | None = None,
        after: str | None = None,
        limit: int = 20,
    ) -> SubmissionPage:
        """A page of a user's submissions, of one content or of all, newest first."""
        return self._calls.submissions(user, content, after, limit).wait()

    def progress(self, user: str, content: str) -> Progress:
        """How far a user has come in a content."""
        return self._calls.progress(user, content).wait()

    def wallet(self, user: str) -> Wallet:
        """What a user owns."""
        return self._calls.wallet(user).wait()

    def entries(self, user: str, *, after: str | None = None, limit: int = 20) -> EntryPage:
        """A page of the ledger's lines that concern a user, newest first."""
        return self._calls.entries(user, after, limit).wait()

    def events(self, after: int = 0, limit: int = 100) -> list[Logged]:
        """The events after a place in the log, at most 1,000 of them."""
        return self._calls.events(after, limit).wait()
