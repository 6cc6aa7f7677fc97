"""The school's own tables: it had them before it had PolyCode."""

from django.conf import settings
from django.db import models


class Course(models.Model):
    """Some lessons on one subject."""

    title = models.CharField(max_length=200)


class Lesson(models.Model):
    """A text, and an exercise that PolyCode judges."""

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="lessons")
    slug = models.SlugField(unique=True)
    title = models.CharField(max_length=200)
    text = models.TextField()
    exercise = models.UUIDField(unique=True, help_text="The id of its content in PolyCode.")


class Grade(models.Model):
    """What a learner got for the exercise of a lesson, in percent."""

    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    lesson = models.ForeignKey(Lesson, on_delete=models.CASCADE, related_name="grades")
    percent = models.DecimalField(max_digits=5, decimal_places=2)
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["learner", "lesson"], name="one_grade_per_lesson")
        ]
