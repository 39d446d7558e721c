"""The board of a site: what the last run suggested, whom it left, and pairs chosen by hand."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from tandemwerk.intake.enums import Side
from tandemwerk.intake.models import Participation
from tandemwerk.places import find_place
from tandemwerk.programme.models import Site, Viewer
from tandemwerk.tandems.consequences import ShownOpening
from tandemwerk.tandems.enums import SuggestionState, TandemState
from tandemwerk.tandems.models import PairingRun, Suggestion, Tandem
from tandemwerk.tandems.queries.candidates import (
    as_newcomer,
    as_volunteer,
    locate,
    people_to_pair,
    ruled_out,
)
from tandemwerk.tandems.queries.capacity import count_live, volunteers_found
from tandemwerk.tandems.queries.engine import books_of, weights_for
from tandemwerk.tandems.queries.people import Profile, profile_of
from tandemwerk.tandems.queries.why import openings_of_many, shares_of
from tandemwerk.tandems.reasons import (
    Fit,
    Said,
    ShownShare,
    fit_of,
    left_in_words,
    reasons_in_words,
    relaxation_in_words,
)
from tandemwerk.tandems.words import found_in_words, km_in_words, listed
from tandemwerk.ui.parts import MapPoint

if TYPE_CHECKING:  # what computes is loaded at its first use
    from tandemwerk.pairing import PairExplanation

#: How many partners are offered for somebody who is paired by hand.
BEST: Final = 12


@dataclass(frozen=True, kw_only=True)
class SuggestionCard:
    """A suggestion as the board shows it."""

    suggestion: Suggestion
    volunteer: Profile
    newcomer: Profile
    reasons: list[Said]
    fit: Fit
    shares: Sequence[ShownShare] = ()


@dataclass(frozen=True, kw_only=True)
class LeftPerson:
    """Somebody for whom the last run found nobody, and what would help."""

    participation: Participation
    why: list[str]
    relax: str
    #: How many of a family's volunteers are there: «1 of 2».
    found: str = ""
    openings: Sequence[ShownOpening] = ()


@dataclass(frozen=True, kw_only=True)
class BoardCounts:
    """How many things wait on each of the board's pages."""

    suggestions: int
    proposals: int
    left: int


def latest_run(site: Site, *, viewer: Viewer) -> PairingRun | None:
    """Return the site's last run, whatever became of it."""
    runs = PairingRun.objects.visible_to(viewer).filter(site=site)
    return runs.order_by("-created_at", "-pk").first()


def suggestions_of(site: Site, *, viewer: Viewer) -> QuerySet[Suggestion]:
    """Return the open suggestions of a site, of people who are still there."""
    suggestions = Suggestion.objects.visible_to(viewer).still_here()
    return suggestions.filter(run__site=site, state=SuggestionState.OPEN)


def with_both(suggestions: QuerySet[Suggestion]) -> QuerySet[Suggestion]:
    """Fetch both people and their languages along, and how many volunteers a family has."""
    return (
        suggestions.select_related("run__site", "volunteer__person", "newcomer__person")
        .prefetch_related("volunteer__person__languages", "newcomer__person__languages")
        .annotate(found=count_live(Side.NEWCOMER, of="newcomer"))
    )


def card_of(
    suggestion: Suggestion, *, on: date, shares: Sequence[ShownShare] = ()
) -> SuggestionCard:
    """Return a suggestion put into words."""
    return SuggestionCard(
        suggestion=suggestion,
        volunteer=profile_of(suggestion.volunteer, on=on),
        newcomer=profile_of(suggestion.newcomer, on=on, found=getattr(suggestion, "found", 0)),
        reasons=reasons_in_words(suggestion.reasons),
        fit=fit_of(suggestion.score),
        shares=shares,
    )


def cards_of(suggestions: Sequence[Suggestion], site: Site, *, on: date) -> list[SuggestionCard]:
    """Return suggestions of a site with what each rule brings, as of now."""
    shares = shares_of(suggestions, weights_for(site), on=on) if suggestions else {}
    return [card_of(each, on=on, shares=shares[each.pk]) for each in suggestions]


def board_counts(site: Site, run: PairingRun | None, *, viewer: Viewer, on: date) -> BoardCounts:
    """Count what is on the pages of the board."""
    return BoardCounts(
        suggestions=suggestions_of(site, viewer=viewer).count(),
        proposals=Tandem.objects.accompanied_by(viewer)
        .filter(site=site, state=TandemState.PROPOSED)
        .count(),
        left=_still_left(run, on=on).count() if run else 0,
    )


def left_people(run: PairingRun, *, on: date, side: str = "") -> list[LeftPerson]:
    """Return those whom a run left and who still have no partner, the longest waiting first."""
    entries = {entry["participation"]: entry for entry in run.left}
    rows = _still_left(run, on=on)
    if side in Side.values:
        rows = rows.filter(side=side)
    return [
        LeftPerson(
            participation=row,
            why=left_in_words(entries[row.pk]["reasons"]),
            relax=relaxation_in_words(entries[row.pk]["relax"], Side(row.side)),
            found="" if row.is_volunteer else _further(row),
        )
        for row in rows.order_by("waiting_since", "pk")
    ]


def _further(newcomer: Any) -> str:
    """Say of a family that has somebody how many of those wanted are there."""
    found = volunteers_found(newcomer)
    return found_in_words(found, newcomer.volunteers_wanted) if found else ""


def with_openings(people: Sequence[LeftPerson], site: Site, *, on: date) -> list[LeftPerson]:
    """Add what each of them could change, and how many that would open, as of now."""
    if not people:
        return []
    rows = [each.participation for each in people]
    openings = openings_of_many(rows, books_of(site, on=on))
    return [replace(each, openings=openings.get(each.participation.pk, ())) for each in people]


def points_of(suggestions: QuerySet[Suggestion]) -> list[MapPoint]:
    """Return the pairs as points of a map, where the newcomers live (no finer than a postcode)."""
    points = []
    for each in suggestions:
        place = find_place(each.newcomer.person.postcode)
        if place is None:
            continue
        words = [str(fit_of(each.score).word)]
        if each.km is not None:
            words.append(km_in_words(each.km))
        points.append(
            MapPoint(
                label=f"{each.volunteer.person} + {each.newcomer.person}",
                lat=place.point[0],
                lon=place.point[1],
                text=listed(words),
                url=reverse("tandems:suggestion", kwargs={"pk": each.pk}),
                kind="whole" if each.is_locked else "half",
            )
        )
    return points


def _still_left(run: PairingRun, *, on: date) -> QuerySet[Any]:
    numbers = [entry["participation"] for entry in run.left]
    return people_to_pair(run.site, on=on).filter(pk__in=numbers)


def sites_with_boards(viewer: Viewer) -> QuerySet[Any]:
    """Return the sites in whose team ``viewer`` is, with the number of open suggestions."""
    is_open = Q(pairing_runs__suggestions__state=SuggestionState.OPEN)
    return (
        Site.objects.of_team(viewer)
        .annotate(open_suggestions=Count("pairing_runs__suggestions", filter=is_open))
        .order_by("name", "pk")
    )


@dataclass(frozen=True, kw_only=True)
class Partner:
    """Somebody who could be paired with a chosen person, by hand."""

    participation: Participation
    fit: Fit
    reasons: list[Said]
    broken: Sequence[Any]


def best_partners(chosen: Participation, *, on: date) -> list[Partner]:
    """Return those of the other side who fit somebody best: few broken rules, then a high score."""
    side = Side.NEWCOMER if chosen.is_volunteer else Side.VOLUNTEER
    live = Tandem.objects.live().filter(**{chosen.side: chosen})
    others = {
        str(row.pk): row
        for row in people_to_pair(chosen.site, on=on)
        .filter(side=side)
        .exclude(person_id=chosen.person_id)
        .exclude(pk__in=live.values(side.value))
    }
    explained = _explain_all(chosen, [*others.values()], on=on)
    best = sorted(explained, key=lambda each: (len(each.broken), -each.score))[:BEST]
    return [
        Partner(
            participation=others[each.newcomer_id if chosen.is_volunteer else each.volunteer_id],
            fit=fit_of(each.score),
            reasons=reasons_in_words([reason.as_data() for reason in each.reasons], of_each=1),
            broken=each.broken,
        )
        for each in best
    ]


def _explain_all(
    chosen: Participation, others: Sequence[Participation], *, on: date
) -> "list[PairExplanation]":
    # Loaded here: pages that pair nobody need no solver.
    from tandemwerk.pairing.explanation import explain_pairs  # noqa: PLC0415
    from tandemwerk.pairing.hardrules import Pairs  # noqa: PLC0415
    from tandemwerk.pairing.population import Population  # noqa: PLC0415

    volunteers, newcomers = ([chosen], others) if chosen.is_volunteer else (others, [chosen])
    population = Population.of(
        [as_volunteer(row) for row in volunteers],
        [as_newcomer(row) for row in newcomers],
        locate=locate,
        today=on,
        blocked=ruled_out(Site.objects.filter(pk=chosen.site_id)),
    )
    them, one = np.arange(len(others)), np.zeros(len(others), dtype=np.int64)
    both = (one, them) if chosen.is_volunteer else (them, one)
    return list(explain_pairs(population, Pairs.of(population, *both), weights_for(chosen.site)))
