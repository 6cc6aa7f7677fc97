"""One tree of exceptions, each with its code."""

from __future__ import annotations

import json
import pickle
import re
from pathlib import Path

import polycode
import pytest
from polycode import errors
from polycode.models import Answer, ContentDraft


def test_every_broken_rule_is_named(engine: polycode.Engine) -> None:
    text = {"id": "a", "kind": "markdown", "text": ""}
    with pytest.raises(errors.Invalid, match="lower-case") as caught:
        engine.create_content({"slug": "A Slug", "name": "x", "type": "lesson", "root": text})
    assert [told.field for told in caught.value.errors] == ["slug"]
    assert caught.value.code == "invalid"
    assert not caught.value.temporary

    page = {"id": "a", "kind": "container", "components": [
        {"id": "a", "kind": "code_editor", "languages": {}, "validators": []}]}
    with pytest.raises(errors.Invalid) as caught:
        engine.create_content({"slug": "x", "name": "", "type": "exercise", "root": page})
    assert len(caught.value.errors) > 2
    assert all(told.field and told.message for told in caught.value.errors)


def test_what_is_not_there_is_not_found(engine: polycode.Engine) -> None:
    for ask in (engine.content, engine.authored_content):
        with pytest.raises(errors.NotFound, match="content `nothing` was not found"):
            ask("nothing")
    with pytest.raises(errors.NotFound):
        engine.submission("00000000-0000-7000-8000-000000000000")
    with pytest.raises(errors.Invalid, match="^submission: "):
        engine.submission("nothing")


def test_an_answer_must_fit(engine: polycode.Engine, draft: ContentDraft) -> None:
    engine.create_content(draft)
    unfit: list[tuple[str, Answer, str]] = [
        ("double", polycode.choice("two"), "answer.kind"),
        ("double", polycode.code("cobol", "DISPLAY 1."), "answer.language"),
        ("even", polycode.choice("nine"), "answer.selected"),
        ("page", polycode.choice("two"), "component"),
    ]
    for component, answer, field in unfit:
        with pytest.raises(errors.Refused) as caught:
            engine.submit(user="ada", content="doubles", component=component, answer=answer)
        assert isinstance(caught.value, errors.Invalid)
        assert [told.field for told in caught.value.errors] == [field]
    assert engine.submissions("ada").items == []


def test_bad_names_are_told_by_field(engine: polycode.Engine) -> None:
    with pytest.raises(errors.Invalid, match="user: "):
        engine.wallet("")
    with pytest.raises(errors.Invalid, match="limit: "):
        engine.contents(limit=0)


def test_what_can_not_be_written_as_json_is_refused(engine: polycode.Engine) -> None:
    with pytest.raises(errors.Invalid, match="draft: can't be written as JSON"):
        engine.create_content({"slug": object()})


def test_a_store_that_can_not_be_opened(runner: polycode.Runner, tmp_path: Path) -> None:
    with pytest.raises(errors.StoreError, match="names no store") as caught:
        polycode.Engine.open("mysql://somewhere", runner=runner)
    assert caught.value.code == "store_failed"
    with pytest.raises(errors.StoreError):
        polycode.Engine.open(f"sqlite:{tmp_path}/no/such/folder/x.db", runner=runner)


def test_a_course_that_can_not_be_read(engine: polycode.Engine, tmp_path: Path) -> None:
    with pytest.raises(errors.PolycodeError):
        engine.import_course(tmp_path / "nothing")
    course = tmp_path / "course"
    course.mkdir()
    (course / "course.toml").write_text("name = 'x'\ncontents = ['missing']\n")
    with pytest.raises(errors.Invalid, match="missing/content.toml"):
        engine.import_course(course)


def test_a_closed_engine_says_so(engine: polycode.Engine) -> None:
    engine.close()
    with pytest.raises(errors.Closed):
        engine.wallet("ada")


def test_errors_can_be_pickled(engine: polycode.Engine) -> None:
    with pytest.raises(errors.Invalid) as caught:
        engine.wallet("")
    copy = pickle.loads(pickle.dumps(caught.value))
    assert type(copy) is errors.Invalid
    assert (str(copy), copy.code, copy.errors) == (
        str(caught.value),
        "invalid",
        caught.value.errors,
    )


def test_every_refusal_of_the_core_is_refused(root: Path) -> None:
    source = (root / "polycode-core" / "src" / "refusal.rs").read_text()
    codes = re.findall(r'Self::\w+(?:\(_\)| \{ \.\. \})? => "(\w+)"', source)
    assert "invalid" in codes
    for code in codes:
        failure = {"code": code, "message": "no", "errors": [], "temporary": False}
        error = errors._error_of(json.dumps(failure))
        assert isinstance(error, errors.Refused), code
        assert error.code == code
