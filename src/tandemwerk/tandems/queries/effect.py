"""What other weights would do: every site paired twice in memory, and the numbers side by side."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from django.db.models import Count, Q

from tandemwerk.intake.enums import ParticipationState, Side
from tandemwerk.programme.models import Carrier, Site
from tandemwerk.tandems.queries.candidates import candidates_of
from tandemwerk.tandems.queries.compare import NumberRow, Numbers, number_rows, numbers_of
from tandemwerk.tandems.queries.engine import run_in_memory, weights_for

if TYPE_CHECKING:  # what computes is loaded at its first use
    from tandemwerk.pairing import Weights

#: So many sites of a carrier are tried, those with most newcomers: the rest would say the same.
MOST_SITES: Final = 20


@dataclass(frozen=True, kw_only=True)
class Effect:
    """Numbers before and after, how many pairs stay the same, over how many sites."""

    rows: list[NumberRow]
    same: int
    other: int
    sites: int


def effect_of(place: Site | Carrier, weights: "Weights", *, on: date) -> Effect:
    """Pair with the weights that hold and with these. Raises PairingInputError."""
    before, after = Numbers(), Numbers()
    same = other = 0
    sites = _sites(place)
    for site in sites:
        candidates = candidates_of(site, on=on)
        runs = [run_in_memory(candidates, each, on=on) for each in (weights_for(site), weights)]
        before, after = before + numbers_of(runs[0]), after + numbers_of(runs[1])
        one, two = ({(t.volunteer_id, t.newcomer_id) for t in run.tandems} for run in runs)
        same, other = same + len(one & two), other + len(two - one)
    return Effect(rows=number_rows(before, after), same=same, other=other, sites=len(sites))


def _sites(place: Site | Carrier) -> list[Site]:
    if isinstance(place, Site):
        return [place]
    waiting = Q(participations__side=Side.NEWCOMER, participations__state=ParticipationState.OPEN)
    mine = place.sites.filter(pairing_weights=None).select_related("carrier")
    counted = mine.annotate(waiting=Count("participations", filter=waiting))
    return list(counted.order_by("-waiting", "pk")[:MOST_SITES])
