"""A learner does the exercise of a lesson, and the school has the grade."""

import json
import shutil
import tempfile
from decimal import Decimal
from pathlib import Path
from unittest.mock import patch

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import OperationalError
from django.db.models import QuerySet
from django.test import TransactionTestCase, override_settings

from . import judging
from .grades import write_grade, write_grades
from .models import Grade, Lesson

RIGHT = """\
const [a, b] = require("fs").readFileSync(0, "utf8").split(" ").map(Number);
console.log(a + b);
"""


class SchoolTest(TransactionTestCase):
    """The school over databases of its own."""

    def setUp(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="school-"))
        store = override_settings(POLYCODE_STORE=f"sqlite:{self.folder / 'polycode.db'}")
        store.enable()
        self.addCleanup(store.disable)
        self.addCleanup(self.close_engine)
        call_command("sample_school")
        users = get_user_model().objects
        self.ada = users.create_user("ada")
        self.bob = users.create_user("bob")
        self.client.force_login(self.ada)

    def close_engine(self) -> None:
        judging.engine().close()
        judging.engine.cache_clear()
        # SQLite removes files of its own while the engine lets go of them.
        shutil.rmtree(self.folder, ignore_errors=True)

    def submit(self, source: str, language: str = "javascript") -> tuple[int, dict[str, object]]:
        answered = self.client.post("/lessons/sums/answers", {"language": language, "source": source})
        return answered.status_code, json.loads(answered.content)

    def test_who_is_not_signed_in_is_asked_to(self) -> None:
        self.client.logout()
        self.assertRedirects(self.client.get("/lessons/sums"), "/login?next=/lessons/sums")

    def test_a_lesson_shows_its_exercise_and_nothing_hidden(self) -> None:
        page = self.client.get("/lessons/sums").content.decode()
        self.assertIn("The sum of two numbers", page)
        self.assertIn("Read two numbers", page)
        self.assertNotIn("42", page)

    def test_a_grade_is_written_back_to_the_school_and_only_ever_rises(self) -> None:
        status, told = self.submit("console.log(3)")
        self.assertEqual((status, told["verdict"], told["percent"]), (200, "wrong_answer", 25.0))
        self.assertEqual(told["hiddenPassed"], False)
        self.assertEqual(Grade.objects.count(), 0)
        call_command("write_grades", "--once")
        self.assertEqual(Grade.objects.get().percent, Decimal(25))

        _, told = self.submit(RIGHT)
        self.assertEqual((told["verdict"], told["polypoints"]), ("passed", 10))
        self.submit("console.log('worse')")
        call_command("write_grades", "--once")
        grade = Grade.objects.get()
        self.assertEqual((grade.learner, grade.lesson.slug, grade.percent), (self.ada, "sums", 100))
        self.assertIn("100.00 %", self.client.get("/").content.decode())

        self.client.force_login(self.bob)
        self.assertIn("not done yet", self.client.get("/").content.decode())

    def test_no_grade_is_lost_when_the_school_s_database_fails(self) -> None:
        self.submit(RIGHT)
        failing = patch.object(QuerySet, "get_or_create", side_effect=OperationalError)
        with failing, self.assertRaises(OperationalError):
            write_grades()
        self.assertEqual(Grade.objects.count(), 0)
        # The engine of another process goes on at the same place.
        judging.engine().close()
        judging.engine.cache_clear()
        while write_grades():
            pass
        self.assertEqual(Grade.objects.get().percent, 100)
        self.assertEqual(write_grades(), 0)

    def test_an_event_that_comes_again_changes_no_newer_grade(self) -> None:
        self.submit("console.log(3)")
        self.submit(RIGHT)
        events = judging.engine().events()
        for logged in [*events, *events]:
            write_grade(logged)
        self.assertEqual(Grade.objects.get().percent, 100)
        # What was first told of is told of once more, by a process that was slow.
        for logged in reversed(events):
            write_grade(logged)
        self.assertEqual(Grade.objects.get().percent, 100)

    def test_what_does_not_fit_is_told_by_field(self) -> None:
        status, told = self.submit("print(1)", language="cobol")
        self.assertEqual(status, 422)
        assert isinstance(told["errors"], list)
        self.assertEqual([problem["field"] for problem in told["errors"]], ["answer.language"])

    def test_a_learner_may_not_read_what_an_author_may(self) -> None:
        from polycode import errors

        exercise = str(Lesson.objects.get().exercise)
        with self.assertRaises(errors.PolycodeError):
            judging.engine_for(self.ada).authored_content(exercise)
