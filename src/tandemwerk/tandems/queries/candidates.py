"""Whom a run pairs: the people of a site as the engine reads them, and pairs that must not be."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, QuerySet

from tandemwerk import pairing
from tandemwerk.intake.enums import ParticipationState, Side
from tandemwerk.intake.models import Participation
from tandemwerk.pairing import Gender, GenderWish, Level, Newcomer, Volunteer
from tandemwerk.people.enums import ConsentPurpose
from tandemwerk.people.models import Consent, PersonLanguage
from tandemwerk.places import find_place
from tandemwerk.programme.models import Site
from tandemwerk.tandems.enums import LIVE_STATES, SuggestionState, TandemState
from tandemwerk.tandems.models import DeclinedPair, Suggestion, Tandem
from tandemwerk.tandems.queries.capacity import volunteers_found, with_free_places
from tandemwerk.tandems.queries.promised import promised_across

if TYPE_CHECKING:  # what computes is loaded at its first use
    from tandemwerk.pairing import PairExplanation

#: A tandem of the past in one of these states is a reason not to suggest the two again.
_OVER = (TandemState.DECLINED, TandemState.ENDED)


@dataclass(frozen=True, kw_only=True)
class Candidates:
    """What a run of the engine is given; the ids are the participations' keys as text."""

    volunteers: list[Volunteer]
    newcomers: list[Newcomer]
    blocked: set[tuple[str, str]]
    #: Everybody of the site with a free place by that id, those who are kept for somebody as well.
    rows: dict[str, Any]
    #: The pairs of locked suggestions whose two people still have their places.
    kept: list[tuple[str, str]]


def candidates_of(site: Site, *, on: date) -> Candidates:
    """Return those of a site who may get a tandem now, in a handful of queries.

    A locked suggestion keeps a place of its newcomer and of its volunteer out of the run, and so
    does a pair with another site.
    """
    return candidates_at(Site.objects.filter(pk=site.pk), people_to_pair(site, on=on), on=on)


def candidates_at(
    sites: QuerySet[Site],
    people: QuerySet[Any],
    *,
    on: date,
    anew: QuerySet[Site] | None = None,
) -> Candidates:
    """Return these people of several sites, without places that wait for a pair of two sites.

    Pairs that a round found with the sites ``anew`` do not count: they are found anew.
    """
    # Names are all that a page shows of these rows, so their languages are read as plain values:
    # an object for each, and a list for each person, would take longer than the engine.
    rows = {str(row.pk): row for row in people.prefetch_related(None).defer("questions")}
    speaks = _languages(row.person_id for row in rows.values())
    kept = _kept(sites, rows)
    places = Counter(key for pair in kept for key in pair)
    among = None if anew is not None else [row.pk for row in rows.values()]
    promised = promised_across(on=on, among=among, besides=anew)
    places.update({str(number): count for number, count in promised.items()})
    volunteers = [
        as_volunteer(row, languages=speaks.get(row.person_id, {}))
        for row in rows.values()
        if row.is_volunteer
    ]
    return Candidates(
        volunteers=[
            replace(one, capacity=one.capacity - places[one.id])
            for one in volunteers
            if one.capacity > places[one.id]
        ],
        newcomers=[
            as_newcomer(row, languages=speaks.get(row.person_id, {}), promised=places[key])
            for key, row in rows.items()
            if not row.is_volunteer and row.free_places > places[key]
        ],
        blocked=ruled_out(sites) | _with_themselves(rows.values()) | {*kept},
        rows=rows,
        kept=kept,
    )


def _languages(people: Iterable[int]) -> dict[int, dict[str, Level]]:
    """Return what each of these people speaks."""
    spoken = PersonLanguage.objects.filter(person__in=set(people)).order_by("pk")
    speaks: dict[int, dict[str, Level]] = {}
    for person, code, level in spoken.values_list("person_id", "code", "level"):
        speaks.setdefault(person, {})[code] = Level(level)
    return speaks


def _kept(sites: QuerySet[Site], rows: Mapping[str, Any]) -> list[tuple[str, str]]:
    locked = Suggestion.objects.filter(
        run__site__in=sites, state=SuggestionState.OPEN, locked_at__isnull=False
    )
    pairs = locked.order_by("pk").values_list("volunteer_id", "newcomer_id")
    both = ((str(volunteer), str(newcomer)) for volunteer, newcomer in pairs)
    return [pair for pair in both if all(key in rows for key in pair)]


def people_to_pair(site: Site, *, on: date) -> QuerySet[Any]:
    """Return the open participations with a free place, their people and languages.

    Who withdrew the consent to be paired is left out, whatever the state says.
    """
    return willing_people(site, on=on).filter(free_places__gt=0)


def willing_people(site: Site, *, on: date) -> QuerySet[Any]:
    """Return the same, and those who have no free place at present."""
    return willing_at([site.pk], on=on)


def willing_at(sites: Any, *, on: date) -> QuerySet[Any]:
    """Return those of several sites, given by their keys or a query of them."""
    ours = Consent.objects.filter(person=OuterRef("person"), purpose=ConsentPurpose.PARTICIPATION)
    is_withdrawn = Exists(ours.exclude(withdrawn_at=None)) & ~Exists(ours.filter(withdrawn_at=None))
    free = with_free_places(Participation.objects.open().filter(site__in=sites), on=on)
    return (
        free.filter(~is_withdrawn, person__erased_at=None)
        .select_related("person")
        .prefetch_related("person__languages")
        .order_by("pk")
    )


def as_volunteer(row: Any, *, languages: Mapping[str, Level] | None = None) -> Volunteer:
    """Return a volunteer's participation as the engine reads it.

    ``free_places`` counts when the row has it (``with_free_places``), else one place does.
    ``languages`` where they are known already.
    """
    return Volunteer(
        **_in_common(row, languages),
        capacity=getattr(row, "free_places", 1),
        max_group=row.max_group,
        minors_ok=row.minors_ok,
    )


def as_newcomer(
    row: Any, *, languages: Mapping[str, Level] | None = None, promised: int = 0
) -> Newcomer:
    """Return a newcomer's participation as the engine reads it, as ``as_volunteer`` does.

    ``promised`` of the free places are kept for volunteers who are not in the run.
    """
    return Newcomer(
        **_in_common(row, languages),
        is_minor=row.is_minor,
        priority=row.priority,
        volunteers_wanted=row.volunteers_wanted,
        volunteers_found=volunteers_found(row) + promised,
    )


def _in_common(row: Participation, languages: Mapping[str, Level] | None) -> dict[str, Any]:
    person = row.person
    if languages is None:
        languages = {each.code: Level(each.level) for each in person.languages.all()}
    return {
        "id": str(row.pk),
        "postcode": person.postcode,
        "languages": languages,
        "availability": person.availability,
        "kinds": row.kinds,
        "max_km": float(row.max_km),
        "gender": Gender(person.gender),
        "wishes_gender": GenderWish(row.wishes_gender),
        "birth_year": person.birth_year,
        "interests": frozenset(person.interests),
        "topics": row.topics,
        "waiting_since": row.waiting_since,
        "group_size": row.group_size,
    }


def ruled_out(sites: QuerySet[Site]) -> set[tuple[str, str]]:
    """Return the pairs with a volunteer of these sites that must not be suggested (again).

    Somebody declined them, or they were a tandem before or are one.
    """
    declined = DeclinedPair.objects.filter(volunteer__site__in=sites)
    over = Tandem.objects.filter(volunteer__site__in=sites, state__in=(*_OVER, *LIVE_STATES))
    both_open = {
        "volunteer__state": ParticipationState.OPEN,
        "newcomer__state": ParticipationState.OPEN,
    }
    over = over.filter(**both_open)
    pairs = [
        *declined.values_list("volunteer_id", "newcomer_id"),
        *over.values_list("volunteer_id", "newcomer_id"),
    ]
    return {(str(volunteer), str(newcomer)) for volunteer, newcomer in pairs}


def explain_by_hand(
    volunteer: Participation, newcomer: Participation, *, on: date
) -> "PairExplanation":
    """Say what speaks for two people whom somebody chose, and which hard rules they break."""
    return pairing.explain_pair(
        as_volunteer(volunteer),
        as_newcomer(newcomer),
        locate=locate,
        today=on,
        blocked=is_ruled_out(volunteer, newcomer),
    )


def is_ruled_out(volunteer: Participation, newcomer: Participation) -> bool:
    """Tell whether these two were declined or were a tandem before."""
    both = {"volunteer": volunteer, "newcomer": newcomer}
    return (
        DeclinedPair.objects.filter(**both).exists()
        or Tandem.objects.filter(**both, state__in=_OVER).exists()
    )


def _with_themselves(rows: Iterable[Participation]) -> set[tuple[str, str]]:
    """Return the pairs of those who take part on both sides: nobody accompanies themselves."""
    newcomers = {row.person_id: row.pk for row in rows if row.side == Side.NEWCOMER}
    return {
        (str(row.pk), str(newcomers[row.person_id]))
        for row in rows
        if row.is_volunteer and row.person_id in newcomers
    }


def locate(postcode: str) -> tuple[float, float] | None:
    """Return a postcode's coordinates for the engine."""
    place = find_place(postcode)
    return place.point if place else None
