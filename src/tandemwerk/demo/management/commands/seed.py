"""``tandemwerk seed --scale demo|programme``: invented data in an empty database."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from tandemwerk.core import clock
from tandemwerk.demo.crowd import CrowdSize, fill_with_a_crowd
from tandemwerk.demo.scale import SCALES
from tandemwerk.demo.seed import NotEmptyError, seed
from tandemwerk.demo.story import tell_the_story
from tandemwerk.demo.year import tell_the_year
from tandemwerk.website.services import make_website


class Command(BaseCommand):
    help = "Fill the empty database with an invented programme."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--scale", choices=sorted(SCALES), required=True)
        parser.add_argument("--seed", type=int, default=1, help="another number, other people")

    def handle(self, *_args: Any, scale: str, seed: int, **_options: Any) -> None:
        if scale == "programme" and connection.vendor != "postgresql":
            message = "programme scale needs PostgreSQL: set DATABASE_URL"
            raise CommandError(message)
        fill(scale, seed, self.stdout.write)


def fill(scale: str, number: int, say: Any) -> None:
    """Seed, make the website and, for the demo, let the story begin."""
    at = clock.now()
    try:
        seed(
            scale=SCALES[scale],
            number=number,
            password=settings.DEMO_PASSWORD,
            at=at,
            say=say,
        )
    except NotEmptyError as error:
        message = "there are accounts in this database already: seed only fills an empty one"
        raise CommandError(message) from error
    make_website(at=at)
    if scale == "programme":
        fill_with_a_crowd(size=CrowdSize(), number=number, at=at, say=say)
    if scale == "demo":
        tell_the_story(at=at)
        tell_the_year(number=number, at=at, say=say)
