"""From PolyCode's events to the school's grades."""

from decimal import Decimal

from django.db import transaction
from polycode.models import AdvancedProgressEvent

from .judging import engine
from .models import FeedPlace, Grade, Lesson

AT_ONCE = 500
FULL = 1_000_000


@transaction.atomic
def write_grades() -> int:
    """Reads the next events and writes the grades that they tell of; gives how many it read.

    The grades and the place in the feed land together, so that no event is lost or counted twice,
    whenever this process dies.
    """
    place, _ = FeedPlace.objects.select_for_update().get_or_create(pk=1)
    events = engine().events(after=place.cursor, limit=AT_ONCE)
    for logged in events:
        match logged.event:
            case AdvancedProgressEvent(user=user, content=content, score=score):
                lesson = Lesson.objects.filter(exercise=content).first()
                if lesson is not None:
                    grade = {
                        "percent": Decimal(score * 100) / FULL,
                        "updated_at": logged.at,
                    }
                    Grade.objects.update_or_create(
                        learner_id=int(user), lesson=lesson, defaults=grade
                    )
    if events:
        place.cursor = events[-1].cursor
        place.save()
    return len(events)
