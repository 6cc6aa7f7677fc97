"""Everything that crosses the border between Python and PolyCode, as typed values.

Generated from the JSON Schemas of the core by `cargo xtask codegen`: do not edit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar, Literal, TypeAlias

import msgspec

__all__ = [
    "Account",
    "AdvancedProgressEvent",
    "Answer",
    "AwardEntryReason",
    "ByteCount",
    "Case",
    "ChoiceAnswer",
    "ChoiceOption",
    "ChoiceValidator",
    "Choose",
    "CodeAnswer",
    "CodeEditorComponent",
    "CodeEditorComponentView",
    "Comparison",
    "CompletedProgressEvent",
    "Component",
    "ComponentId",
    "ComponentView",
    "ContainerComponent",
    "ContainerComponentView",
    "Content",
    "ContentDraft",
    "ContentEvent",
    "ContentId",
    "ContentKind",
    "ContentSummary",
    "ContentSummaryPage",
    "ContentView",
    "Credit",
    "CreditedWalletEvent",
    "Cursor",
    "DebitedWalletEvent",
    "Ending",
    "Entry",
    "EntryId",
    "EntryPage",
    "EntryReason",
    "Event",
    "EventId",
    "Evidence",
    "Excerpt",
    "ExitedEnding",
    "Expectation",
    "Feedback",
    "FileName",
    "FilesExhaustedEnding",
    "FoundUngradableSubmissionEvent",
    "Fuel",
    "FunctionValidator",
    "GradedJudgingState",
    "GradedSubmissionEvent",
    "GradedSubmissionStatus",
    "HostGuardEnding",
    "Imported",
    "ImportedContent",
    "ItemId",
    "Judgement",
    "JudgingState",
    "LanguageId",
    "Limits",
    "Logged",
    "MarkdownComponent",
    "MarkdownComponentView",
    "McqComponent",
    "McqComponentView",
    "MemoryExhaustedEnding",
    "MintAccount",
    "NumbersComparison",
    "OptionId",
    "Orientation",
    "Outcome",
    "OutputExhaustedEnding",
    "OutputValidator",
    "PageRequest",
    "PendingJudgingState",
    "PendingSubmissionStatus",
    "Points",
    "Problem",
    "Program",
    "Progress",
    "ProgressEvent",
    "PublishedContentEvent",
    "PurchaseEntryReason",
    "ReceivedSubmissionEvent",
    "Report",
    "RewardedProgressEvent",
    "RunFeedback",
    "RunProgram",
    "RunResult",
    "RunValidator",
    "Score",
    "ShopAccount",
    "Slug",
    "Starter",
    "Submission",
    "SubmissionEvent",
    "SubmissionId",
    "SubmissionPage",
    "SubmissionStatus",
    "SubmissionView",
    "Submit",
    "Tag",
    "TimeExhaustedEnding",
    "TrappedEnding",
    "UngradableJudgingState",
    "UngradableSubmissionStatus",
    "UserId",
    "Validator",
    "ValidatorFeedback",
    "ValidatorId",
    "Verdict",
    "Version",
    "VersionedContent",
    "Wallet",
    "WalletAccount",
    "WalletEvent",
    "Weight",
]

ByteCount: TypeAlias = int
"""A size in bytes."""

ComponentId: TypeAlias = str
"""A component of a content, named by its author, unique in the content."""

ContentId: TypeAlias = str
"""A content of the catalogue, over all its versions."""

Cursor: TypeAlias = int
"""A place in the event log; 0 is before the first event."""

EntryId: TypeAlias = str
"""A line of the polypoints ledger."""

EventId: TypeAlias = str
"""A fact in the event log; consumers use it to tell a redelivery."""

FileName: TypeAlias = str
"""The relative path of a file in a program's own folder.

Safe to use on any system: letters, digits, `.`, `_`, `-` and spaces inside, folders parted
by `/`, at most 200 bytes; no segment starts with `.`, `-` or a space, ends with `.` or a
space, or is the name of a device on Windows.
"""

Fuel: TypeAlias = int
"""Deterministic work, about one WebAssembly instruction each."""

ItemId: TypeAlias = str
"""Something that can be bought with polypoints."""

LanguageId: TypeAlias = str
"""A language that programs are written in, such as `python`."""

OptionId: TypeAlias = str
"""An option of a choice, named by its author, unique in its component."""

Points: TypeAlias = int
"""Polypoints: whole, never negative."""

Score: TypeAlias = int
"""A share of the full mark in millionths: 0 is nothing, 1,000,000 is everything.

Fixed-point, so that grades add up alike on every machine; it is rounded for people only
where it is shown.
"""

Slug: TypeAlias = str
"""The name of a content in addresses and course folders, unique in a store."""

SubmissionId: TypeAlias = str
"""One user's answer to one submittable."""

Tag: TypeAlias = str
"""A keyword on a content."""

UserId: TypeAlias = str
"""Someone known to the host: an opaque text of the host's own, never looked into."""

ValidatorId: TypeAlias = str
"""A validator, named by its author, unique in its component."""

Version: TypeAlias = int
"""How often a document was written; 1 is its first version."""

Weight: TypeAlias = int
"""How much a validator or a component counts beside its siblings, 0 to 10,000."""



class Choose(StrEnum):
    """How many options may be chosen."""

    ONE = "one"
    """Exactly one."""

    MANY = "many"
    """Any number, or none."""


class ContentKind(StrEnum):
    """What a content is for."""

    EXERCISE = "exercise"
    """Something to solve."""

    LESSON = "lesson"
    """Something to read."""

    QUESTION = "question"
    """Something to answer."""


class Credit(StrEnum):
    """What a partly right choice earns."""

    ALL_OR_NOTHING = "all_or_nothing"
    """Nothing: only exactly the right options earn the mark."""

    PARTIAL = "partial"
    """One share per right option chosen, less one per wrong option chosen, never below zero."""


class Orientation(StrEnum):
    """In which direction components follow each other."""

    VERTICAL = "vertical"
    """From top to bottom."""

    HORIZONTAL = "horizontal"
    """Side by side."""


class Verdict(StrEnum):
    """The opinion on one validator, or on a whole submission."""

    PASSED = "passed"
    """The answer is what was expected."""

    WRONG_ANSWER = "wrong_answer"
    """The program ended well, but with another answer."""

    COMPILE_ERROR = "compile_error"
    """The program is not valid in its language; it never ran."""

    RUNTIME_ERROR = "runtime_error"
    """The program crashed, or ended with an exit code other than 0."""

    TIME_LIMIT = "time_limit"
    """The program used up its time."""

    MEMORY_LIMIT = "memory_limit"
    """The program asked for more memory than it may have."""

    OUTPUT_LIMIT = "output_limit"
    """The program wrote more output or files than it may."""

    SYSTEM_ERROR = "system_error"
    """We failed, not the learner; never final, and it costs no attempt."""


class MintAccount(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="mint"
):
    """Where all points come from; what it owes is what all wallets hold."""

    kind: ClassVar[Literal["mint"]] = "mint"


class WalletAccount(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="wallet"
):
    """A user's wallet."""

    kind: ClassVar[Literal["wallet"]] = "wallet"

    user: UserId
    """The user."""


class ShopAccount(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="shop"
):
    """Where the price of what is bought goes."""

    kind: ClassVar[Literal["shop"]] = "shop"


class CodeAnswer(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="code"
):
    """A program, for a code editor."""

    kind: ClassVar[Literal["code"]] = "code"

    files: Mapping[str, str]
    """Its source files."""

    language: LanguageId
    """The language it is written in."""

    entry: FileName | None = None
    """The file that is run; without it the language's usual one (`main.py`, `main.js` …), or
    else the only file there is.
    """


class ChoiceAnswer(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="choice"
):
    """Chosen options, for a multiple-choice question."""

    kind: ClassVar[Literal["choice"]] = "choice"

    selected: Set[OptionId]
    """The chosen options."""


class Case(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """A program to judge by validators."""

    files: Mapping[str, str]
    """The program's source files by name."""

    id: str
    """Its name, repeated in the result."""

    language: LanguageId
    """The language of the program."""

    validators: Sequence[Validator]
    """What is expected, 1 to 1,000 validators."""

    args: Sequence[str] = ()
    """Arguments given to the program by output validators that have none of their own."""

    entry: FileName | None = None
    """The file that is run; without it the language's usual one, or else the only file."""

    expect: Expectation | None = None
    """What should come of judging; checked by the conformance suite and by `polycode judge`."""

    limits: Limits = msgspec.field(default_factory=lambda: Limits())
    """What each run may use."""


class ChoiceOption(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """Something that can be chosen."""

    id: OptionId
    """Its name, unique in the question."""

    text: str
    """What it says, in `CommonMark`."""


class NumbersComparisonOptions(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """The `numbers` of a `NumbersComparison`."""

    tolerance: float
    """The largest difference that counts as equal, absolute or relative to the expected
    number, whichever allows more.
    """


class NumbersComparison(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """Like `tokens`, but a word that is a number matches any number close enough."""

    numbers: NumbersComparisonOptions


class ContainerComponent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="container"
):
    """Other components, laid out."""

    kind: ClassVar[Literal["container"]] = "container"

    id: ComponentId
    """Its name, unique in the content."""

    components: Sequence[Component]
    """The components, in order."""

    orientation: Orientation = Orientation.VERTICAL
    """In which direction they follow each other."""


class MarkdownComponent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="markdown"
):
    """Text to read."""

    kind: ClassVar[Literal["markdown"]] = "markdown"

    id: ComponentId
    """Its name, unique in the content."""

    text: str
    """The text, in `CommonMark`; whoever shows it must sanitise it."""


class CodeEditorComponent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="code_editor"
):
    """A place to write a program; takes an answer."""

    kind: ClassVar[Literal["code_editor"]] = "code_editor"

    id: ComponentId
    """Its name, unique in the content."""

    languages: Mapping[str, Starter]
    """The languages it may be written in, each with the files a learner starts from."""

    validators: Sequence[Validator]
    """What is expected."""

    limits: Limits = msgspec.field(default_factory=lambda: Limits())
    """What each run may use."""

    weight: Weight = 1
    """How much the component counts in its content."""


class McqComponent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="mcq"
):
    """A question with options to choose from; takes an answer."""

    kind: ClassVar[Literal["mcq"]] = "mcq"

    id: ComponentId
    """Its name, unique in the content."""

    options: Sequence[ChoiceOption]
    """What can be chosen, 2 to 50 options."""

    question: str
    """The question, in `CommonMark`."""

    validators: Sequence[Validator]
    """What is expected."""

    choose: Choose = Choose.ONE
    """How many options may be chosen."""

    weight: Weight = 1
    """How much the component counts in its content."""


class ContainerComponentView(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="container"
):
    """Other components, laid out."""

    kind: ClassVar[Literal["container"]] = "container"

    id: ComponentId
    """Its name, unique in the content."""

    components: Sequence[ComponentView]
    """The components, in order."""

    orientation: Orientation
    """In which direction they follow each other."""


class MarkdownComponentView(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="markdown"
):
    """Text to read."""

    kind: ClassVar[Literal["markdown"]] = "markdown"

    id: ComponentId
    """Its name, unique in the content."""

    text: str
    """The text, in `CommonMark`; whoever shows it must sanitise it."""


class CodeEditorComponentView(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="code_editor"
):
    """A place to write a program."""

    kind: ClassVar[Literal["code_editor"]] = "code_editor"

    id: ComponentId
    """Its name, unique in the content."""

    has_hidden: bool
    """Whether there are hidden validators as well."""

    languages: Mapping[str, Starter]
    """The languages it may be written in, each with the files to start from."""

    limits: Limits
    """What each run may use."""

    validators: Sequence[Validator]
    """The visible validators, with all they expect."""

    weight: Weight
    """How much it counts in its content."""


class McqComponentView(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="mcq"
):
    """A question with options to choose from."""

    kind: ClassVar[Literal["mcq"]] = "mcq"

    id: ComponentId
    """Its name, unique in the content."""

    choose: Choose
    """How many options may be chosen."""

    options: Sequence[ChoiceOption]
    """What can be chosen."""

    question: str
    """The question, in `CommonMark`."""

    weight: Weight
    """How much it counts in its content."""


class Content(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """A content of the catalogue."""

    id: ContentId
    """Its id, over all its versions."""

    name: str
    """Its title, 1 to 200 bytes."""

    root: Component
    """The tree of components."""

    slug: Slug
    """Its name in addresses and course folders, unique in a store."""

    type: ContentKind
    """What it is for."""

    description: str = ""
    """What it is about, in a sentence or two, at most 2,000 bytes."""

    pass_mark: Score = 1000000
    """The score at which it is passed, in millionths."""

    reward: Points = 0
    """What full credit pays, at most 1,000,000 polypoints."""

    tags: Set[Tag] = frozenset()
    """Its keywords."""


class ContentDraft(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """What the author of a content writes."""

    name: str
    """Its title, 1 to 200 bytes."""

    root: Component
    """The tree of components."""

    slug: Slug
    """Its name in addresses and course folders, unique in a store."""

    type: ContentKind
    """What it is for."""

    description: str = ""
    """What it is about, in a sentence or two, at most 2,000 bytes."""

    pass_mark: Score = 1000000
    """The score at which it is passed, in millionths."""

    reward: Points = 0
    """What full credit pays, at most 1,000,000 polypoints."""

    tags: Set[Tag] = frozenset()
    """Its keywords."""


class PublishedContentEvent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="type", tag="published"
):
    """A version of it was published."""

    subject: ClassVar[Literal["content"]] = "content"

    type: ClassVar[Literal["published"]] = "published"

    content: ContentId
    """The content."""

    version: Version
    """The version."""


class ContentSummary(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """A content in a list."""

    description: str
    """What it is about."""

    id: ContentId
    """Its id."""

    name: str
    """Its title."""

    reward: Points
    """What full credit pays."""

    slug: Slug
    """Its name in addresses."""

    tags: Set[Tag]
    """Its keywords."""

    type: ContentKind
    """What it is for."""

    version: Version
    """How often it was published."""


class ContentSummaryPage(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """A part of a list."""

    items: Sequence[ContentSummary]
    """The items."""

    next: str | None = None
    """Where the next page starts; none when this is the last."""


class ContentView(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """A content as learners see it."""

    description: str
    """What it is about."""

    id: ContentId
    """Its id."""

    name: str
    """Its title."""

    pass_mark: Score
    """The score at which it is passed, in millionths."""

    reward: Points
    """What full credit pays."""

    root: ComponentView
    """The tree of components."""

    slug: Slug
    """Its name in addresses."""

    tags: Set[Tag]
    """Its keywords."""

    type: ContentKind
    """What it is for."""

    version: Version
    """How often it was published."""


class ExitedEnding(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="exited"
):
    """By itself."""

    kind: ClassVar[Literal["exited"]] = "exited"

    code: int
    """The exit code; 0 is success."""


class TrappedEnding(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="trapped"
):
    """By a trap: memory out of bounds, unreachable code, a stack that is used up."""

    kind: ClassVar[Literal["trapped"]] = "trapped"

    reason: str
    """The kind of trap, in words fit for the learner."""


class TimeExhaustedEnding(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="time_exhausted"
):
    """By using up its fuel."""

    kind: ClassVar[Literal["time_exhausted"]] = "time_exhausted"


class MemoryExhaustedEnding(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="memory_exhausted"
):
    """By asking for more memory than the limit."""

    kind: ClassVar[Literal["memory_exhausted"]] = "memory_exhausted"


class OutputExhaustedEnding(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="output_exhausted"
):
    """By writing more than the limit to standard output and standard error."""

    kind: ClassVar[Literal["output_exhausted"]] = "output_exhausted"


class FilesExhaustedEnding(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="files_exhausted"
):
    """By making more files, or larger ones, than the limits."""

    kind: ClassVar[Literal["files_exhausted"]] = "files_exhausted"


class HostGuardEnding(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="host_guard"
):
    """By the guard that protects the host: far more processor time than the fuel should take."""

    kind: ClassVar[Literal["host_guard"]] = "host_guard"


class Entry(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """A line of the ledger; never changed, never removed."""

    at: datetime
    """When."""

    credit: Account
    """The account that gets."""

    debit: Account
    """The account that gives."""

    id: EntryId
    """Its id."""

    points: Points
    """How much."""

    reason: EntryReason
    """What for; a store keeps at most one entry for each reason."""


class EntryPage(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """A part of a list."""

    items: Sequence[Entry]
    """The items."""

    next: str | None = None
    """Where the next page starts; none when this is the last."""


class AwardEntryReason(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="award"
):
    """A content was passed, or passed better than before."""

    kind: ClassVar[Literal["award"]] = "award"

    content: ContentId
    """For which content."""

    total: Points
    """What the content has paid to the user with this entry: the same level can't be
    paid twice.
    """

    user: UserId
    """Who is paid."""


class PurchaseEntryReason(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="purchase"
):
    """An item was bought."""

    kind: ClassVar[Literal["purchase"]] = "purchase"

    item: ItemId
    """What: the same item can't be bought twice."""

    user: UserId
    """Who bought."""


class Evidence(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """What is kept of an `Observation`."""

    ending: Ending
    """How the run ended."""

    fuel: Fuel
    """Work done."""

    peak_memory: ByteCount
    """The most linear memory in use."""

    stderr: Excerpt
    """The beginning of standard error."""

    stdout: Excerpt
    """The beginning of standard output."""

    wall_us: int
    """Time on the wall in microseconds; differs from run to run."""

    returned: Excerpt | None = None
    """The beginning of the JSON text that the called function returned."""


class Excerpt(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """The beginning of something a program wrote, at most 8 KiB, as text."""

    bytes: ByteCount
    """How many bytes the program wrote in all."""

    text: str
    """The text; bytes that are not UTF-8 are shown as U+FFFD."""


class Expectation(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """What should come of judging a case."""

    verdict: Verdict
    """The verdict on the whole."""

    score: Score | None = None
    """The share of the mark."""

    validators: Mapping[str, Verdict] = msgspec.field(default_factory=dict)
    """The verdicts of some or all validators."""


class Feedback(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """A report as its learner sees it."""

    score: Score
    """The share of the mark that was earned."""

    validators: Sequence[ValidatorFeedback]
    """The visible validators, in the author's order."""

    verdict: Verdict
    """Passed when every validator passed; else the verdict of the first visible one that did
    not, or a wrong answer when only hidden ones failed, whatever happened in them.
    """

    diagnostics: str | None = None
    """The compiler's words, when the program is not valid in its language."""

    hidden_passed: bool | None = None
    """Whether all hidden validators passed, where there are any."""


class Imported(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """What came of importing a course."""

    contents: Sequence[ImportedContent]
    """Its contents, in order."""

    name: str
    """The course's title."""


class ImportedContent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """A content that was imported."""

    id: ContentId
    """Its id in the store."""

    slug: Slug
    """Its name in addresses."""

    version: Version
    """Its version; a content that is as it was keeps the version it had."""


class Judgement(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """The opinion on one validator."""

    hidden: bool
    """Whether the validator is hidden from learners."""

    score: Score
    """The share of the mark that was earned."""

    validator: ValidatorId
    """The validator."""

    verdict: Verdict
    """The opinion."""

    weight: Weight
    """How much it counts."""

    evidence: Evidence | None = None
    """What was seen, for validators that ran something."""

    reason: str | None = None
    """Why, in a few words, where the verdict alone does not say."""


class PendingJudgingState(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="pending"
):
    """It waits to be judged."""

    kind: ClassVar[Literal["pending"]] = "pending"


class GradedJudgingState(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="graded"
):
    """It was judged."""

    kind: ClassVar[Literal["graded"]] = "graded"

    at: datetime
    """When it was judged."""

    passed: bool
    """Whether every validator passed."""

    score: Score
    """The share of the mark that was earned."""


class UngradableJudgingState(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="ungradable"
):
    """It could not be judged, for a reason that is not the learner's."""

    kind: ClassVar[Literal["ungradable"]] = "ungradable"

    at: datetime
    """When that was found."""


class Limits(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """What one run may use; every limit has a verdict of its own."""

    file_bytes: ByteCount = 16777216
    """Bytes of all files the program leaves or makes, at most 256 MiB."""

    file_count: int = 256
    """How many files and folders the program may have made at one time, at most 10,000."""

    fuel: Fuel | None = None
    """The same limit as exact fuel; where given, it is the one that counts."""

    memory_bytes: ByteCount = 268435456
    """Bytes of linear memory, 1 MiB to 2 GiB, the language's own runtime included."""

    output_bytes: ByteCount = 1048576
    """Bytes written to standard output and standard error together, at most 64 MiB."""

    time_ms: int = 2000
    """Milliseconds of a reference core, 1 to 120,000. It is turned into `Fuel` by the
    language's calibration, so that a verdict never depends on the machine or its load.
    """


class Logged(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """An event with its place in the log."""

    at: datetime
    """When it was recorded."""

    cursor: Cursor
    """Its place; read on from here."""

    event: Event
    """What happened."""

    id: EventId
    """Its id, by which a consumer tells a redelivery."""

    schema: int
    """The version of the event's schema; schemas only grow."""


class Outcome(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """What came of a submission, as its learner may see it."""

    awarded: Points
    """The polypoints that this submission earned."""

    balance: Points
    """The polypoints that the learner has now."""

    feedback: Feedback
    """What the learner is told."""

    progress: Progress
    """How far the learner has come in the content now."""

    submission: SubmissionView
    """The submission and its grade."""


class PageRequest(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """A part of a list to read."""

    after: str | None = None
    """Where the page before ended; none for the first."""

    limit: int = 20
    """The most items wanted, 1 to 100."""


class Problem(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """One broken rule, and the field that breaks it."""

    field: str
    """The path of the field, such as `component.validators[2].weight`."""

    message: str
    """What is wrong, and the limit where there is one."""


class Program(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """A program to run."""

    files: Mapping[str, str]
    """Its source files."""

    language: LanguageId
    """The language it is written in."""

    entry: FileName | None = None
    """The file that is run; without it the language's usual one (`main.py`, `main.js` …), or
    else the only file there is.
    """


class Progress(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """How far a user has come in a content."""

    best: Mapping[str, Score]
    """The best score so far of each submittable that was answered."""

    content: ContentId
    """The content."""

    paid: Points
    """The polypoints it has paid to the user so far."""

    score: Score
    """The content's score: the weighted mean over all its submittables."""

    user: UserId
    """The user."""

    completed_at: datetime | None = None
    """When the content was first passed, if it was."""


class AdvancedProgressEvent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="type", tag="advanced"
):
    """A submittable was answered better than ever before."""

    subject: ClassVar[Literal["progress"]] = "progress"

    type: ClassVar[Literal["advanced"]] = "advanced"

    best: Score
    """Its new best score."""

    component: ComponentId
    """The submittable."""

    content: ContentId
    """The content."""

    score: Score
    """The content's new score."""

    user: UserId
    """The user."""


class CompletedProgressEvent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="type", tag="completed"
):
    """The content was passed for the first time."""

    subject: ClassVar[Literal["progress"]] = "progress"

    type: ClassVar[Literal["completed"]] = "completed"

    at: datetime
    """When."""

    content: ContentId
    """The content."""

    user: UserId
    """The user."""


class RewardedProgressEvent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="type", tag="rewarded"
):
    """The content owes the user more than it has paid."""

    subject: ClassVar[Literal["progress"]] = "progress"

    type: ClassVar[Literal["rewarded"]] = "rewarded"

    content: ContentId
    """The content."""

    points: Points
    """The difference to pay now."""

    total: Points
    """What the content will have paid in all."""

    user: UserId
    """The user."""


class Report(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """The judgements on all validators of a submittable, and what they come to."""

    judgements: Sequence[Judgement]
    """One judgement per validator, in the author's order."""

    score: Score
    """The weighted mean of the validators' scores."""

    verdict: Verdict
    """Passed when every validator passed; else the verdict of the first that did not."""

    diagnostics: str | None = None
    """The compiler's words, when the program is not valid in its language."""


class RunFeedback(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """What a learner's program did."""

    ending: Ending
    """How the run ended."""

    fuel: Fuel
    """Work done."""

    peak_memory: ByteCount
    """The most linear memory in use."""

    stderr: Excerpt
    """The beginning of standard error."""

    stdout: Excerpt
    """The beginning of standard output."""

    returned: Excerpt | None = None
    """The beginning of the JSON text that the called function returned."""


class RunProgram(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """A program to run once."""

    program: Program
    """The program."""

    args: Sequence[str] = ()
    """The arguments given to the program."""

    collect: Sequence[FileName] = ()
    """Names of files to report if the program leaves them behind."""

    files: Mapping[str, str] = msgspec.field(default_factory=dict)
    """Files laid beside the program before it starts."""

    limits: Limits = msgspec.field(default_factory=lambda: Limits())
    """What the run may use."""

    stdin: str = ""
    """The text given on standard input, which then ends."""


class RunResult(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """What a program did when it was run once."""

    fuel: Fuel
    """Work done: the same in every run of the same program with the same input."""

    peak_memory: ByteCount
    """The most linear memory in use."""

    stderr: str
    """Everything written to standard error, in the same way."""

    stdout: str
    """Everything written to standard output; bytes that are not UTF-8 are shown as U+FFFD."""

    verdict: Verdict
    """Passed when it ended by itself with exit code 0."""

    wall_us: int
    """Time on the wall in microseconds; differs from run to run."""

    diagnostics: str | None = None
    """The compiler's words, when the program is not valid in its language; it never ran then."""

    ending: Ending | None = None
    """How the run ended, if it ran."""

    files: Mapping[str, str] = msgspec.field(default_factory=dict)
    """The files asked for that the program left behind, in the same way."""

    reason: str | None = None
    """Why, in a few words, where the verdict alone does not say."""


class RunValidator(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """An answer to try against one visible validator."""

    answer: Answer
    """The answer."""

    component: ComponentId
    """The submittable in it."""

    content: ContentId
    """The content."""

    validator: ValidatorId
    """The validator."""


class Starter(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """What a learner starts from in one language."""

    entry: FileName | None = None
    """The file that is run; without it the language's usual one."""

    files: Mapping[str, str] = msgspec.field(default_factory=dict)
    """The files the editor opens with."""

    fixed: Mapping[str, str] = msgspec.field(default_factory=dict)
    """Files that are part of every program and that a learner can't change."""


class Submission(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """The life of a submission. The answer and the report are documents stored beside it."""

    component: ComponentId
    """The submittable in the content."""

    content: ContentId
    """What was answered …"""

    content_version: Version
    """… as it was then: the submission is judged by this version, however the content is edited."""

    id: SubmissionId
    """Its id."""

    received_at: datetime
    """When it arrived."""

    status: SubmissionStatus
    """How far it has come."""

    user: UserId
    """Who answered."""


class ReceivedSubmissionEvent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="type", tag="received"
):
    """It arrived."""

    subject: ClassVar[Literal["submission"]] = "submission"

    type: ClassVar[Literal["received"]] = "received"

    submission: Submission
    """The submission as it begins its life."""


class GradedSubmissionEvent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="type", tag="graded"
):
    """It was judged."""

    subject: ClassVar[Literal["submission"]] = "submission"

    type: ClassVar[Literal["graded"]] = "graded"

    at: datetime
    """When it was judged."""

    fuel: Fuel
    """All the work of judging it."""

    score: Score
    """The share of the mark that was earned."""

    submission: SubmissionId
    """The submission."""

    verdict: Verdict
    """The opinion on the whole."""


class FoundUngradableSubmissionEvent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="type", tag="found_ungradable"
):
    """We could not judge it."""

    subject: ClassVar[Literal["submission"]] = "submission"

    type: ClassVar[Literal["found_ungradable"]] = "found_ungradable"

    at: datetime
    """When that was found."""

    submission: SubmissionId
    """The submission."""


class SubmissionPage(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """A part of a list."""

    items: Sequence[SubmissionView]
    """The items."""

    next: str | None = None
    """Where the next page starts; none when this is the last."""


class PendingSubmissionStatus(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="pending"
):
    """It waits to be judged."""

    kind: ClassVar[Literal["pending"]] = "pending"


class GradedSubmissionStatus(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="graded"
):
    """It was judged."""

    kind: ClassVar[Literal["graded"]] = "graded"

    at: datetime
    """When it was judged."""

    fuel: Fuel
    """All the work of judging it."""

    score: Score
    """The share of the mark that was earned."""

    verdict: Verdict
    """The opinion on the whole."""


class UngradableSubmissionStatus(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="ungradable"
):
    """We could not judge it, for a reason of ours; it costs no attempt and can be graded later."""

    kind: ClassVar[Literal["ungradable"]] = "ungradable"

    at: datetime
    """When that was found."""


class SubmissionView(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """A submission as its learner sees it. `Feedback`(crate::judging::Feedback) has the verdict
    that learners may know.
    """

    component: ComponentId
    """The submittable in the content."""

    content: ContentId
    """What was answered …"""

    content_version: Version
    """… as it was then."""

    id: SubmissionId
    """Its id."""

    judging: JudgingState
    """How far judging has come."""

    received_at: datetime
    """When it arrived."""

    user: UserId
    """Who answered."""


class Submit(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """An answer to a submittable."""

    answer: Answer
    """The answer."""

    component: ComponentId
    """The submittable in it."""

    content: ContentId
    """The content."""

    user: UserId
    """Who answers."""


class OutputValidator(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="output"
):
    """Run the program and compare what it writes."""

    kind: ClassVar[Literal["output"]] = "output"

    id: ValidatorId
    """Its name, unique in its component."""

    hidden: bool = False
    """Whether learners may see what it expects and what they gave."""

    weight: Weight = 1
    """How much it counts beside the other validators."""

    args: Sequence[str] = ()
    """The arguments given to the program."""

    comparison: Comparison = "trimmed"
    """How expected and actual texts are compared."""

    expected: str | None = None
    """The expected standard output; without it, ending with exit code 0 passes."""

    expected_files: Mapping[str, str] = msgspec.field(default_factory=dict)
    """Expected texts of files that the program leaves behind."""

    files: Mapping[str, str] = msgspec.field(default_factory=dict)
    """Files laid beside the program before it starts."""

    stdin: str = ""
    """The text given on standard input, which then ends."""


class FunctionValidator(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="function"
):
    """Call a function of the program and compare what it returns."""

    kind: ClassVar[Literal["function"]] = "function"

    id: ValidatorId
    """Its name, unique in its component."""

    expected: Any
    """The value that it should return."""

    name: str
    """The name of the function in the entry file."""

    hidden: bool = False
    """Whether learners may see what it expects and what they gave."""

    weight: Weight = 1
    """How much it counts beside the other validators."""

    args: Sequence[Any] = ()
    """Its arguments, in order."""

    tolerance: float | None = None
    """The largest difference between two numbers that still counts as equal."""


class ChoiceValidator(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="kind", tag="choice"
):
    """Compare the chosen options with the right ones."""

    kind: ClassVar[Literal["choice"]] = "choice"

    id: ValidatorId
    """Its name, unique in its component."""

    correct: Set[OptionId]
    """The right options; may be empty where "none of them" is the answer."""

    hidden: bool = False
    """Whether learners may see what it expects and what they gave."""

    weight: Weight = 1
    """How much it counts beside the other validators."""

    credit: Credit = Credit.ALL_OR_NOTHING
    """What a partly right choice earns."""


class ValidatorFeedback(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """The judgement on one visible validator as its learner sees it."""

    score: Score
    """The share of the mark that was earned."""

    validator: ValidatorId
    """The validator."""

    verdict: Verdict
    """The opinion."""

    reason: str | None = None
    """Why, in a few words, where the verdict alone does not say."""

    run: RunFeedback | None = None
    """What the program did, for validators that ran it."""


class VersionedContent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """A document and how often it was written."""

    value: Content
    """The document."""

    version: Version
    """How often it was written."""


class Wallet(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"
):
    """A user's polypoints."""

    balance: Points
    """What it holds."""

    user: UserId
    """Whose it is."""


class CreditedWalletEvent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="type", tag="credited"
):
    """It got points."""

    subject: ClassVar[Literal["wallet"]] = "wallet"

    type: ClassVar[Literal["credited"]] = "credited"

    balance: Points
    """What it holds now."""

    entry: EntryId
    """The line of the ledger."""

    points: Points
    """How much."""

    user: UserId
    """Whose wallet."""


class DebitedWalletEvent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel",
    tag_field="type", tag="debited"
):
    """Points were spent from it."""

    subject: ClassVar[Literal["wallet"]] = "wallet"

    type: ClassVar[Literal["debited"]] = "debited"

    balance: Points
    """What it holds now."""

    entry: EntryId
    """The line of the ledger."""

    points: Points
    """How much."""

    user: UserId
    """Whose wallet."""


Account: TypeAlias = MintAccount | WalletAccount | ShopAccount
"""Somewhere that points come from or go to."""

Answer: TypeAlias = CodeAnswer | ChoiceAnswer
"""What a user answers."""

Comparison: TypeAlias = (
    Literal["exact", "trimmed", "tokens", "unordered_lines", "regex"]
    | NumbersComparison
)
"""How an expected text and an actual one are compared."""

Component: TypeAlias = (
    ContainerComponent
    | MarkdownComponent
    | CodeEditorComponent
    | McqComponent
)
"""A node of a content."""

ComponentView: TypeAlias = (
    ContainerComponentView
    | MarkdownComponentView
    | CodeEditorComponentView
    | McqComponentView
)
"""A component as learners see it."""

ContentEvent: TypeAlias = PublishedContentEvent
"""What happened to a content."""

Ending: TypeAlias = (
    ExitedEnding
    | TrappedEnding
    | TimeExhaustedEnding
    | MemoryExhaustedEnding
    | OutputExhaustedEnding
    | FilesExhaustedEnding
    | HostGuardEnding
)
"""How a run ended."""

EntryReason: TypeAlias = AwardEntryReason | PurchaseEntryReason
"""What an entry is for."""

JudgingState: TypeAlias = PendingJudgingState | GradedJudgingState | UngradableJudgingState
"""How far the judging of a submission has come."""

ProgressEvent: TypeAlias = (
    AdvancedProgressEvent
    | CompletedProgressEvent
    | RewardedProgressEvent
)
"""What happened in a user's way through a content."""

SubmissionEvent: TypeAlias = (
    ReceivedSubmissionEvent
    | GradedSubmissionEvent
    | FoundUngradableSubmissionEvent
)
"""What happened to a submission."""

SubmissionStatus: TypeAlias = (
    PendingSubmissionStatus
    | GradedSubmissionStatus
    | UngradableSubmissionStatus
)
"""How far a submission has come."""

Validator: TypeAlias = OutputValidator | FunctionValidator | ChoiceValidator
"""One expected response of a submittable."""

WalletEvent: TypeAlias = CreditedWalletEvent | DebitedWalletEvent
"""What happened to a wallet."""

Event: TypeAlias = ContentEvent | SubmissionEvent | ProgressEvent | WalletEvent
"""Something that happened."""
