"""Writes the grades that PolyCode's events tell of; run it beside the web server."""

import time

from django.core.management.base import BaseCommand, CommandParser

from lessons.grades import write_grades


class Command(BaseCommand):
    """Follows the feed of events."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="Stop when all is written.")
        parser.add_argument("--every", type=float, default=2.0, help="Seconds between two looks.")

    def handle(self, *args: object, once: bool, every: float, **options: object) -> None:
        while True:
            while write_grades():
                pass
            if once:
                return
            time.sleep(every)
