"""The pages of the school."""

from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET, require_POST

import polycode
from polycode import errors
from polycode.models import CodeEditorComponentView

from .judging import engine_for
from .models import Course, Grade, Lesson


class LearnerRequest(HttpRequest):
    """A request of somebody who signed in, as `login_required` sees to."""

    user: User


@require_GET
@login_required
def courses(request: LearnerRequest) -> HttpResponse:
    """Every course with its lessons and the learner's own grades."""
    grades = dict(Grade.objects.filter(learner=request.user).values_list("lesson_id", "percent"))
    shelves = [
        (course, [(lesson, grades.get(lesson.pk)) for lesson in course.lessons.order_by("pk")])
        for course in Course.objects.order_by("pk").prefetch_related("lessons")
    ]
    return render(request, "lessons/courses.html", {"shelves": shelves})


@require_GET
@login_required
def lesson(request: LearnerRequest, slug: str) -> HttpResponse:
    """A lesson, and its exercise as PolyCode shows it to learners: nothing hidden is in it."""
    found = get_object_or_404(Lesson, slug=slug)
    exercise = engine_for(request.user).content(str(found.exercise))
    assert isinstance(exercise.root, CodeEditorComponentView)
    [(language, starter)] = exercise.root.languages.items()
    page = {
        "lesson": found,
        "exercise": exercise,
        "language": language,
        "source": "\n".join(starter.files.values()),
    }
    return render(request, "lessons/lesson.html", page)


@require_POST
@login_required
def answer(request: LearnerRequest, slug: str) -> HttpResponse:
    """Judges a learner's program and tells what a learner may know of it."""
    found = get_object_or_404(Lesson, slug=slug)
    try:
        outcome = engine_for(request.user).submit(
            user=str(request.user.pk),
            content=str(found.exercise),
            component="code",
            answer=polycode.code(
                request.POST.get("language", ""), request.POST.get("source", "")
            ),
        )
    except errors.Refused as refused:
        problems = [{"field": told.field, "message": told.message} for told in refused.errors]
        return JsonResponse({"message": str(refused), "errors": problems}, status=422)
    except errors.Busy:
        return JsonResponse({"message": "many programs are waiting: try again"}, status=503)
    feedback = outcome.feedback
    return JsonResponse(
        {
            "verdict": feedback.verdict,
            "percent": outcome.progress.score / 10_000,
            "polypoints": outcome.balance,
            "hiddenPassed": feedback.hidden_passed,
            "validators": [
                {
                    "id": judged.validator,
                    "verdict": judged.verdict,
                    "stdout": judged.run.stdout.text if judged.run else None,
                }
                for judged in feedback.validators
            ],
        }
    )
