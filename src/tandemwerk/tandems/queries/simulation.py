"""What if: one change, a run in memory, and the difference. Nothing is written."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from tandemwerk.intake.models import Participation
from tandemwerk.pairing import DAYS, PARTS, GenderWish
from tandemwerk.programme.models import Site
from tandemwerk.tandems.queries.candidates import (
    Candidates,
    as_volunteer,
    candidates_of,
    willing_people,
)
from tandemwerk.tandems.queries.compare import Difference, difference
from tandemwerk.tandems.queries.engine import run_in_memory, weights_for

#: The parts of a day in the week grid.
_WHOLE_DAY: Final = (1 << len(PARTS)) - 1


class What(TextChoices):
    """What can be tried."""

    PLACE = "place", _("one tandem more")
    DAY = "day", _("time on one more day")
    KM = "km", _("another distance at most")
    WISH = "wish", _("no wish for a certain gender")


@dataclass(frozen=True, kw_only=True)
class Trial:
    """One change: of one person, or of everybody (``person`` is None)."""

    what: What
    person: Participation | None = None
    day: str = ""
    km: int = 0


def simulate(site: Site, trial: Trial, *, on: date) -> Difference:
    """Pair the people of a site as they are and with the change, and compare the two."""
    candidates, weights = candidates_of(site, on=on), weights_for(site)
    people = dict(candidates.rows)
    before = run_in_memory(candidates, weights, on=on)
    if trial.what == What.PLACE:
        candidates = _with_full_ones(candidates, site, trial, people, on=on)
    changed = replace(
        candidates,
        volunteers=[_changed(one, trial) for one in candidates.volunteers],
        newcomers=[_changed(one, trial) for one in candidates.newcomers],
    )
    return difference(before, run_in_memory(changed, weights, on=on), people)


def _with_full_ones(
    candidates: Candidates, site: Site, trial: Trial, people: dict[str, Any], *, on: date
) -> Candidates:
    """Add volunteers whose places are all taken: with one more they have one."""
    here = {one.id for one in candidates.volunteers}
    rows = willing_people(site, on=on)
    if trial.person is not None:
        rows = rows.filter(pk=trial.person.pk)
    full = [row for row in rows if row.is_volunteer and str(row.pk) not in here]
    people.update({str(row.pk): row for row in full})
    more = [replace(as_volunteer(row), capacity=0) for row in full]
    return replace(candidates, volunteers=[*candidates.volunteers, *more])


def _changed(one: Any, trial: Trial) -> Any:
    if trial.person is not None and one.id != str(trial.person.pk):
        return one
    match trial.what:
        case What.PLACE:
            return replace(one, capacity=one.capacity + 1) if hasattr(one, "capacity") else one
        case What.DAY:
            mask = _WHOLE_DAY << DAYS.index(trial.day) * len(PARTS)
            return replace(one, availability=one.availability | mask)
        case What.KM:
            return replace(one, max_km=float(trial.km))
        case What.WISH:
            return replace(one, wishes_gender=GenderWish.ANY)
