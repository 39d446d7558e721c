"""Places that wait for a pair with another site: nobody else is suggested for them meanwhile."""

from collections import Counter
from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from typing import Final

from django.db.models import Q, QuerySet
from django.utils import timezone

from tandemwerk.intake.enums import ParticipationState
from tandemwerk.programme.models import Site
from tandemwerk.tandems.enums import RequestState
from tandemwerk.tandems.models import AcrossOffer, ReachRequest
from tandemwerk.tandems.models.reach import OfferQuerySet

_OPEN: Final = ParticipationState.OPEN
#: So long a pair that a round found waits for one of the two sites to ask.
OFFERED_FOR: Final = timedelta(days=14)
#: So long a pair waits for the answer, and after it for one of the two to be handed over.
ASKED_FOR: Final = timedelta(days=21)


def open_offers(*, on: date) -> OfferQuerySet:
    """Return the pairs between sites that may still be asked about: both are still looking."""
    offers = AcrossOffer.objects.offered_since(offers_end(on))
    both_open = {"volunteer__state": _OPEN, "newcomer__state": _OPEN}
    return offers.filter(**both_open)


def offers_end(on: date) -> datetime:
    """Return the moment before which an offer was made that nobody may ask about any more."""
    return _begin(on - OFFERED_FOR)


def promised_across(
    *, on: date, among: Collection[int] | None = None, besides: QuerySet[Site] | None = None
) -> Counter[int]:
    """Return how many places of each participation wait for such a pair; ``among`` these or all.

    Pairs that a round found with anybody at the sites ``besides`` do not count: a new round finds
    them anew.
    """
    since = _begin(on - ASKED_FOR)
    asked = ReachRequest.objects.filter(
        Q(state=RequestState.ASKED, asked_at__gte=since)
        | Q(state=RequestState.AGREED, answered_at__gte=since)
    )
    offers: QuerySet[AcrossOffer] = open_offers(on=on)
    if among is not None:
        asked = asked.filter(Q(asking__in=among) | Q(asked__in=among))
        offers = offers.filter(Q(volunteer__in=among) | Q(newcomer__in=among))
    if besides is not None:
        offers = offers.exclude(volunteer__site__in=besides).exclude(newcomer__site__in=besides)
    both = asked.values_list("asking_id", "asked_id").union(
        offers.values_list("volunteer_id", "newcomer_id"), all=True
    )
    return Counter(number for pair in both for number in pair)


def _begin(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
