"""Places that wait for a pair with another site: nobody else is suggested for them meanwhile."""

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import date, datetime, time, timedelta
from itertools import chain
from typing import Final

from django.db.models import Q, QuerySet
from django.utils import timezone

from tandemwerk.intake.models import Participation
from tandemwerk.programme.models import Site
from tandemwerk.tandems.enums import RequestState
from tandemwerk.tandems.models import AcrossOffer, ReachRequest
from tandemwerk.tandems.models.reach import OfferQuerySet

#: So long a pair that a round found waits for one of the two sites to ask.
OFFERED_FOR: Final = timedelta(days=14)
#: So long a pair waits for the answer, and after it for one of the two to be handed over.
ASKED_FOR: Final = timedelta(days=21)


def offers_at(*, on: date) -> OfferQuerySet:
    """Return the pairs between sites that were offered lately; see ``still_looking``."""
    return AcrossOffer.objects.offered_since(offers_end(on))


def still_looking(offers: QuerySet[AcrossOffer]) -> list[tuple[tuple[int, int], datetime]]:
    """Return the (volunteer, newcomer) who both still look for somebody, and since when.

    In two steps: joined, the database reads everybody who looks for somebody.
    """
    rows = list(offers.values_list("volunteer_id", "newcomer_id", "offered_at"))
    looking = _looking((one, two) for one, two, _at in rows)
    return [((one, two), at) for one, two, at in rows if {one, two} <= looking]


def _looking(pairs: Iterable[tuple[int, int]]) -> set[int]:
    numbers = set(chain.from_iterable(pairs))
    if not numbers:
        return numbers
    looking = Participation.objects.open().filter(pk__in=numbers)
    return set(looking.values_list("pk", flat=True))


def offers_end(on: date) -> datetime:
    """Return the moment before which an offer was made that nobody may ask about any more."""
    return _begin(on - OFFERED_FOR)


def promised_across(
    *, on: date, among: Collection[int] | None = None, besides: QuerySet[Site] | None = None
) -> Counter[int]:
    """Return how many places of each participation wait for such a pair; ``among`` these or all.

    Only pairs count of which both still look for somebody, and none that a round found with anybody
    at the sites ``besides``: a new round finds those anew.
    """
    since = _begin(on - ASKED_FOR)
    asked = ReachRequest.objects.filter(
        Q(state=RequestState.ASKED, asked_at__gte=since)
        | Q(state=RequestState.AGREED, answered_at__gte=since)
    )
    offers: QuerySet[AcrossOffer] = offers_at(on=on)
    if among is not None:
        asked = asked.filter(Q(asking__in=among) | Q(asked__in=among))
        offers = offers.filter(Q(volunteer__in=among) | Q(newcomer__in=among))
    if besides is not None:
        offers = offers.exclude(volunteer__site__in=besides).exclude(newcomer__site__in=besides)
    pairs = list(
        asked.values_list("asking_id", "asked_id").union(
            offers.values_list("volunteer_id", "newcomer_id"), all=True
        )
    )
    looking = _looking(pairs)
    return Counter(chain.from_iterable(pair for pair in pairs if looking.issuperset(pair)))


def _begin(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
