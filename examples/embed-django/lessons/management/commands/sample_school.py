"""Makes a course of one lesson, and publishes its exercise in PolyCode."""

from django.core.management.base import BaseCommand
from polycode.models import CodeEditorComponent, ContentDraft, ContentKind, OutputValidator, Starter

from lessons.judging import engine
from lessons.models import Course, Lesson

EXERCISE = ContentDraft(
    slug="sum-of-two",
    name="The sum of two numbers",
    type=ContentKind.EXERCISE,
    reward=10,
    root=CodeEditorComponent(
        id="code",
        languages={
            "javascript": Starter(files={"main.js": "// Read two numbers and print their sum.\n"})
        },
        validators=[
            OutputValidator(id="small", stdin="1 2\n", expected="3\n"),
            OutputValidator(id="large", stdin="40 2\n", expected="42\n", hidden=True, weight=3),
        ],
    ),
)


class Command(BaseCommand):
    """Makes the sample."""

    help = __doc__

    def handle(self, *args: object, **options: object) -> None:
        content = engine().create_content(EXERCISE)
        course = Course.objects.create(title="First steps")
        Lesson.objects.create(
            course=course,
            slug="sums",
            title="Sums",
            text="A program reads its input, computes and prints.",
            exercise=content.value.id,
        )
