"""The demo's year: a community that talks and a library that grows out of it."""

from collections.abc import Callable
from datetime import datetime
from random import Random
from time import perf_counter

from django.db import transaction

from tandemwerk.core.search import left_to_reindex, reindex
from tandemwerk.demo.cast import the_cast
from tandemwerk.demo.local_sample import write_local_sample
from tandemwerk.demo.members import (
    keep_up,
    live_the_last_days,
    moderate,
    report,
    write_profiles,
)
from tandemwerk.demo.shelf import fill_the_shelf, write_terms
from tandemwerk.demo.talk import write_talk
from tandemwerk.demo.writer import Writer


def tell_the_year(*, number: int, at: datetime, say: Callable[[str], None]) -> None:
    """Fill community and library of the demo, in one transaction."""
    random = Random(number)  # noqa: S311 - invented data, not secrets
    started = perf_counter()
    with left_to_reindex(), transaction.atomic():
        writer = Writer(at=at)
        cast = the_cast()
        terms = write_terms(writer)
        topics = write_talk(writer, cast=cast, terms=terms, random=random, at=at)
        write_profiles(writer, cast=cast, terms=terms, at=at)
        writer.finish()
        numbers = {key: topic.pk for key, topic in topics.items()}
        articles = fill_the_shelf(cast=cast, topics=numbers, at=at)
        moderate(cast=cast, at=at)
        report(topics, cast=cast, at=at)
        live_the_last_days(topics, cast=cast, at=at)
        keep_up(cast=cast, at=at)
        write_local_sample(at=at)
    documents = reindex()
    say(
        f"{perf_counter() - started:6.1f} s  {len(articles)} articles, a year of talk, "
        f"{documents} texts to be found"
    )
