"""``tandemwerk website``: make the pages that are missing, and leave the others as they are."""

from typing import Any

from django.core.management.base import BaseCommand

from tandemwerk.core import clock
from tandemwerk.website.services import make_website


class Command(BaseCommand):
    help = "Make the website's first pages in every language. Pages that exist stay untouched."

    def handle(self, *_args: Any, **_options: Any) -> None:
        made = make_website(at=clock.now())
        self.stdout.write(f"{made} pages made")
