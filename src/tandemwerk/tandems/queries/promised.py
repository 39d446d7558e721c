"""Places that wait for a pair with another site: nobody else is suggested for them meanwhile."""

from collections import Counter
from datetime import date, datetime, time, timedelta
from typing import Final

from django.db.models import Q, QuerySet
from django.utils import timezone

from tandemwerk.programme.models import Site
from tandemwerk.tandems.enums import RequestState
from tandemwerk.tandems.models import AcrossOffer, ReachRequest
from tandemwerk.tandems.models.reach import OfferQuerySet

#: So long a pair that a round found waits for one of the two sites to ask.
OFFERED_FOR: Final = timedelta(days=14)
#: So long a pair waits for the answer, and after it for one of the two to be handed over.
ASKED_FOR: Final = timedelta(days=21)


def open_offers(*, on: date) -> OfferQuerySet:
    """Return the pairs between sites that may still be asked about."""
    return AcrossOffer.objects.offered_since(_begin(on - OFFERED_FOR))


def promised_across(
    sites: QuerySet[Site], *, on: date, besides: QuerySet[Site] | None = None
) -> Counter[int]:
    """Return how many places of each participation at these sites wait for such a pair.

    Pairs that a round found with anybody at the sites ``besides`` do not count: a new round finds
    them anew.
    """
    since = _begin(on - ASKED_FOR)
    asked = ReachRequest.objects.filter(
        Q(state=RequestState.ASKED, asked_at__gte=since)
        | Q(state=RequestState.AGREED, answered_at__gte=since)
    ).filter(Q(asking_site__in=sites) | Q(asked_site__in=sites))
    offers: QuerySet[AcrossOffer] = open_offers(on=on).of_sites(sites)
    if besides is not None:
        offers = offers.exclude(volunteer__site__in=besides).exclude(newcomer__site__in=besides)
    both = asked.values_list("asking_id", "asked_id").union(
        offers.values_list("volunteer_id", "newcomer_id"), all=True
    )
    return Counter(number for pair in both for number in pair)


def _begin(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
