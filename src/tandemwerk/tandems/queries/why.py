"""Why this pair, why not that one, and why nobody: the engine's answers with names, as of now."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

import numpy as np

from tandemwerk import pairing
from tandemwerk.intake.enums import Side
from tandemwerk.intake.models import Participation
from tandemwerk.tandems.consequences import (
    Consequence,
    ShownOpening,
    change_in_words,
    openings_in_words,
)
from tandemwerk.tandems.models import Suggestion
from tandemwerk.tandems.queries.candidates import as_newcomer, as_volunteer, locate
from tandemwerk.tandems.queries.capacity import volunteers_found
from tandemwerk.tandems.queries.engine import Books, books_of, run_in_memory
from tandemwerk.tandems.reasons import (
    Fit,
    Said,
    ShownShare,
    broken_in_words,
    fit_of,
    reasons_in_words,
    shares_in_words,
)
from tandemwerk.tandems.words import found_in_words

if TYPE_CHECKING:  # what computes is loaded at its first use
    from tandemwerk.pairing import Change, PairExplanation, Weights

#: How many other pairs are said of somebody.
OTHERS: Final = 3
OPENINGS: Final = 4


@dataclass(frozen=True, kw_only=True)
class Pair:
    """Two people with what speaks for and against them."""

    volunteer: Participation
    newcomer: Participation
    score: float
    fit: Fit
    reasons: list[Said]
    shares: list[ShownShare]
    broken: list[str]


@dataclass(frozen=True, kw_only=True)
class Other:
    """Another pair of somebody, and what would follow if it had to be."""

    volunteer: Participation
    newcomer: Participation
    consequence: Consequence


@dataclass(frozen=True, kw_only=True)
class PairAnswer:
    """Say why two people are not suggested to each other.

    ``consequence`` is None where a rule forbids them or one is not free, and for a family that has
    a volunteer: then ``found`` says how many, and a further one costs nobody anything.
    """

    asked: Pair
    consequence: Consequence | None
    has: Pair | None
    is_free: bool
    found: str = ""


@dataclass(frozen=True, kw_only=True)
class PersonAnswer:
    """One person: whom they would get now, whom else, and what they could change."""

    one: Participation
    now: list[Participation]
    others: list[Other]
    openings: list[ShownOpening]
    is_free: bool
    #: How many of a family's volunteers are there, if one is: «1 of 2».
    found: str = ""


def shares_of(
    suggestions: Iterable[Suggestion], weights: "Weights", *, on: date
) -> dict[int, list[ShownShare]]:
    """Return the shares of each suggestion as of now, all together in one pass of the engine."""
    # Loaded here: pages that pair nobody need no solver.
    from tandemwerk.pairing.explanation import explain_pairs  # noqa: PLC0415
    from tandemwerk.pairing.hardrules import Pairs  # noqa: PLC0415
    from tandemwerk.pairing.population import Population  # noqa: PLC0415

    rows = list(suggestions)
    volunteers = {row.volunteer_id: as_volunteer(row.volunteer) for row in rows}
    newcomers = {row.newcomer_id: as_newcomer(row.newcomer) for row in rows}
    population = Population.of(
        [*volunteers.values()], [*newcomers.values()], locate=locate, today=on
    )
    places = [{key: place for place, key in enumerate(side)} for side in (volunteers, newcomers)]
    pairs = Pairs.of(
        population,
        np.array([places[0][row.volunteer_id] for row in rows], dtype=np.int64),
        np.array([places[1][row.newcomer_id] for row in rows], dtype=np.int64),
    )
    explained = explain_pairs(population, pairs, weights)
    return {row.pk: shares_in_words(each.shares) for row, each in zip(rows, explained, strict=True)}


def second_best(suggestion: Suggestion, *, on: date) -> tuple[Other | None, Other | None]:
    """Return the best other pair of the volunteer and of the newcomer, all things considered."""
    books = books_of(suggestion.site, on=on)
    ids = str(suggestion.volunteer_id), str(suggestion.newcomer_id)
    if suggestion.is_locked or not all(books.knows(each) for each in ids):
        return None, None
    asked = (
        books.ledger.instead(volunteer_id=ids[0]),
        books.ledger.instead(newcomer_id=ids[1]),
    )
    best = [
        next((each for each in changes if (each.volunteer_id, each.newcomer_id) != ids), None)
        for changes in asked
    ]
    volunteer, newcomer = (None if each is None else _other(books, each) for each in best)
    return volunteer, newcomer


def why_not(volunteer: Participation, newcomer: Participation, *, on: date) -> PairAnswer:
    """Answer for two people of one site."""
    books = books_of(volunteer.site, on=on)
    ids = str(volunteer.pk), str(newcomer.pk)
    if not all(books.knows(each) for each in ids):
        alone = pairing.explain_pair(
            as_volunteer(volunteer),
            as_newcomer(newcomer),
            locate=locate,
            today=on,
            weights=books.weights,
            blocked=ids in books.candidates.blocked,
        )
        asked = _pair(books, alone)
        return PairAnswer(asked=asked, consequence=None, has=None, is_free=False)
    answer = pairing.why_not(
        books.population,
        books.ledger,
        books.weights,
        volunteer_id=ids[0],
        newcomer_id=ids[1],
    )
    is_other = answer.has is not None and answer.has.volunteer_id != ids[0]
    return PairAnswer(
        asked=_pair(books, answer.asked),
        consequence=change_in_words(answer.change, _names(books)) if answer.change else None,
        has=_pair(books, answer.has) if answer.has and is_other else None,
        is_free=True,
        found=_found(books, ids[1]),
    )


def why_nobody(one: Participation, *, on: date) -> PersonAnswer:
    """Say whom somebody would get, whom else, and what would open more."""
    books = books_of(one.site, on=on)
    key, side = str(one.pk), Side(one.side)
    if not books.knows(key):
        return PersonAnswer(one=one, now=[], others=[], openings=[], is_free=False)
    changes = books.ledger.instead(**{f"{side}_id": key})
    return PersonAnswer(
        one=one,
        now=[books.candidates.rows[mate] for mate in mates_of(books, key, side, on=on)],
        others=[_other(books, change) for change in changes[:OTHERS]],
        openings=openings_for(books, key, side)[:OPENINGS],
        is_free=True,
        found=_found(books, key) if side == Side.NEWCOMER else "",
    )


def _found(books: Books, newcomer: str) -> str:
    """Say how many volunteers a family has that has one."""
    row = books.candidates.rows[newcomer]
    found = volunteers_found(row)
    return found_in_words(found, row.volunteers_wanted) if found else ""


def mates_of(books: Books, key: str, side: Side, *, on: date) -> list[str]:
    """Return whom the best assignment gives to somebody.

    The books do not know further volunteers of families; where one wants some, a run tells.
    """
    if any(one.volunteers_wanted > 1 for one in books.candidates.newcomers):
        found = run_in_memory(books.candidates, books.weights, on=on).tandems
        pairs = [(pair.volunteer_id, pair.newcomer_id) for pair in found]
        mine, other = (1, 0) if side == Side.NEWCOMER else (0, 1)
        return [pair[other] for pair in pairs if pair[mine] == key]
    ledger = books.ledger
    if side == Side.NEWCOMER:
        edge = int(ledger.mate[ledger.newcomer(key)])
        given = [] if edge < 0 else [int(ledger.instance.volunteer[edge])]
        return [ledger.volunteer_ids[place] for place in given]
    edges = ledger.mate[ledger.mate >= 0]
    mine = edges[ledger.instance.volunteer[edges] == ledger.volunteer(key)]
    return [ledger.newcomer_ids[place] for place in ledger.instance.newcomer[mine].tolist()]


def openings_for(books: Books, key: str, side: Side) -> list[ShownOpening]:
    """Return what somebody could change and how many that would open, the most helpful first."""
    ledger = books.ledger
    if side == Side.NEWCOMER:
        found = pairing.openings(
            books.population, "newcomer", ledger.newcomer(key), ready=ledger.can_take_more
        )
    else:
        found = pairing.openings(
            books.population, "volunteer", ledger.volunteer(key), ready=ledger.mate < 0
        )
    return openings_in_words(found, side)


def _names(books: Books) -> dict[str, str]:
    return {key: str(row) for key, row in books.candidates.rows.items()}


def _other(books: Books, change: "Change") -> Other:
    rows = books.candidates.rows
    return Other(
        volunteer=rows[change.volunteer_id],
        newcomer=rows[change.newcomer_id],
        consequence=change_in_words(change, _names(books)),
    )


def _pair(books: Books, explained: "PairExplanation") -> Pair:
    rows = books.candidates.rows
    return Pair(
        volunteer=rows[explained.volunteer_id],
        newcomer=rows[explained.newcomer_id],
        score=explained.score,
        fit=fit_of(explained.score),
        reasons=reasons_in_words([each.as_data() for each in explained.reasons]),
        shares=shares_in_words(explained.shares),
        broken=[broken_in_words(rule) for rule in explained.broken],
    )


def openings_of_many(
    people: Iterable[Participation], books: Books
) -> dict[int, list[ShownOpening]]:
    """Return for each of these people what they could change."""
    return {
        one.pk: openings_for(books, str(one.pk), Side(one.side))[:OPENINGS]
        for one in people
        if books.knows(str(one.pk))
    }
