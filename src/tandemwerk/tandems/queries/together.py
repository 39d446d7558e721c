"""People of many sites paired together: whom a site alone cannot pair, another one often can."""

from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING

from django.db.models import F, Q, QuerySet

from tandemwerk import pairing
from tandemwerk.programme.models import Carrier, Site
from tandemwerk.tandems.enums import Reach
from tandemwerk.tandems.models import AcrossOffer, PairingTerms, ReachRequest
from tandemwerk.tandems.queries.candidates import Candidates, candidates_at, locate, willing_at
from tandemwerk.tandems.queries.engine import weights_for
from tandemwerk.tandems.queries.fairness import last_runs

if TYPE_CHECKING:  # what computes is loaded at its first use
    from tandemwerk.pairing import PairExplanation


@dataclass(frozen=True, kw_only=True)
class Circle:
    """Sites that are paired together, and sites of others whose people take part as guests.

    Guests are those whom their own site could not pair. What their own sites make of everybody
    else stays as it is.
    """

    home: QuerySet[Site]
    guests: QuerySet[Site]
    #: Whose weights hold: the carrier of all the sites, or nobody's.
    carrier: Carrier | None = None


@dataclass(frozen=True, kw_only=True)
class Together:
    """What people of a circle find together: pairs of two sites, and how many tandems in all."""

    across: "list[PairExplanation]"
    together: int = 0
    alone: int = 0


def circle_of(carrier: Carrier) -> list[Circle]:
    """Return the circle of a carrier's sites: none where it has not agreed to it."""
    reach = _reaches().get(carrier.pk, Reach.NONE)
    if reach == Reach.NONE:
        return []
    guests = _agreed() if reach == Reach.AGREED else Site.objects.none()
    return [
        Circle(
            home=Site.objects.filter(carrier=carrier),
            guests=guests.exclude(carrier=carrier),
            carrier=carrier,
        )
    ]


def circles_of(sites: QuerySet[Site]) -> list[Circle]:
    """Return the circles of these sites: one of all carriers that agreed, else one a carrier."""
    reaches = _reaches()
    carriers = Carrier.objects.filter(pk__in=sites.values("carrier")).order_by("pk")
    circles = [
        Circle(home=sites.filter(carrier=one), guests=Site.objects.none(), carrier=one)
        for one in carriers
        if reaches.get(one.pk) == Reach.CARRIER
    ]
    home = sites.filter(carrier__in=[pk for pk, reach in reaches.items() if reach == Reach.AGREED])
    if home.exists():
        circles.append(Circle(home=home, guests=_agreed().exclude(pk__in=home.values("pk"))))
    return circles


def _reaches() -> dict[int, str]:
    return dict(PairingTerms.objects.values_list("carrier_id", "reach"))


def _agreed() -> QuerySet[Site]:
    return Site.objects.filter(carrier__pairing_terms__reach=Reach.AGREED)


def pair_together(circle: Circle, *, on: date) -> Together:
    """Pair the people of a circle; raises PairingInputError for what the engine cannot work with.

    As many tandems as possible, as many of them as possible inside a site.
    """
    candidates, site_of = _people(circle, on=on)
    result = pairing.pair_people(
        candidates.volunteers,
        candidates.newcomers,
        locate=locate,
        today=on,
        blocked=candidates.blocked,
        weights=weights_for(circle.carrier) if circle.carrier else None,
        walls=pairing.Walls(
            site_of=site_of, guests=frozenset(circle.guests.values_list("pk", flat=True))
        ),
    )
    pairs = zip(result.tandems, result.inside.tolist(), strict=True)
    return Together(
        across=[pair for pair, is_inside in pairs if not is_inside],
        together=len(result.tandems),
        alone=result.alone,
    )


def _people(circle: Circle, *, on: date) -> tuple[Candidates, dict[str, int]]:
    sites = Site.objects.filter(Q(pk__in=circle.home.values("pk")) | Q(pk__in=circle.guests))
    people = willing_at(sites.values("pk"), on=on).filter(free_places__gt=0)
    people = people.filter(Q(site__in=circle.home.values("pk")) | Q(pk__in=_guests(circle)))
    candidates = candidates_at(sites, people, on=on, anew=circle.home)
    candidates.blocked.update(_asked_before(sites))
    return candidates, {key: row.site_id for key, row in candidates.rows.items()}


def _guests(circle: Circle) -> set[int]:
    """Return whom the last runs of the guests' sites left, and whom a round gave to these sites."""
    offered = AcrossOffer.objects.of_sites(circle.home.values("pk"))
    return {
        *left_by_last_runs(circle.guests),
        *chain.from_iterable(offered.values_list("volunteer_id", "newcomer_id")),
    }


def left_by_last_runs(sites: QuerySet[Site]) -> list[int]:
    """Return the participations whom the last run of their own site could not pair."""
    lists = last_runs(sites).values_list("left", flat=True)
    return [entry["participation"] for entries in lists for entry in entries]


def _asked_before(sites: QuerySet[Site]) -> set[tuple[str, str]]:
    """Return the pairs about which a site was asked already, whatever came of it."""
    asked = ReachRequest.objects.filter(Q(asking_site__in=sites) | Q(asked_site__in=sites))
    pairs = asked.exclude(asking__site=F("asked__site")).values_list("asking_id", "asked_id")
    both = {(str(one), str(other)) for one, other in pairs}
    return both | {(other, one) for one, other in both}
