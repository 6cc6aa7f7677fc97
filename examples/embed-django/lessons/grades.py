"""From PolyCode's events to the school's grades."""

from decimal import Decimal

from polycode import Logged
from polycode.models import AdvancedProgressEvent

from .judging import engine
from .models import Grade, Lesson

FULL = 1_000_000


def write_grade(logged: Logged) -> None:
    """Writes the grade that an event tells of, if it is about an exercise of the school's.

    It may be called twice with the same event, and the same grade is there afterwards.
    """
    match logged.event:
        case AdvancedProgressEvent(user=user, content=content, score=score):
            lesson = Lesson.objects.filter(exercise=content).first()
            if lesson is not None:
                grade = {"percent": Decimal(score * 100) / FULL, "updated_at": logged.at}
                Grade.objects.update_or_create(
                    learner_id=int(user), lesson=lesson, defaults=grade
                )


def write_grades() -> int:
    """Writes what the next events tell of; gives how many there were.

    PolyCode keeps how far the consumer `grades` has come. An event whose grade could not be
    written comes again.
    """
    return engine().consume("grades", write_grade)
