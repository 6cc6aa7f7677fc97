"""From PolyCode's events to the school's grades."""

from decimal import Decimal

from django.db import transaction
from polycode import Logged
from polycode.models import AdvancedProgressEvent

from .judging import engine
from .models import Grade, Lesson

FULL = 1_000_000


def write_grade(logged: Logged) -> None:
    """Writes the grade that an event tells of, if it is about an exercise of the school's.

    It may be called twice with the same event, and after later ones: the newest grade stays.
    """
    match logged.event:
        case AdvancedProgressEvent(user=user, content=content, score=score):
            lesson = Lesson.objects.filter(exercise=content).first()
            if lesson is None:
                return
            where = {"learner_id": int(user), "lesson": lesson}
            grade = {"percent": Decimal(score * 100) / FULL, "updated_at": logged.at}
            with transaction.atomic():
                kept, is_new = Grade.objects.select_for_update().get_or_create(
                    **where, defaults=grade
                )
                if not is_new and kept.updated_at <= logged.at:
                    Grade.objects.filter(pk=kept.pk).update(**grade)


def write_grades() -> int:
    """Writes what the next events tell of; gives how many there were.

    PolyCode keeps how far the consumer `grades` has come. An event whose grade could not be
    written comes again.
    """
    return engine().consume("grades", write_grade)
