"""What a coordinator sees of somebody beside the name."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from tandemwerk.intake.models import Participation
from tandemwerk.people.enums import Level
from tandemwerk.places import find_place
from tandemwerk.tandems.queries.capacity import volunteers_found
from tandemwerk.tandems.reasons import language_name
from tandemwerk.tandems.words import days_in_words, found_in_words, listed


def both_people(tandem: str = "") -> tuple["Prefetch[Any]", "Prefetch[Any]"]:
    """Return what fetches the people of tandems in two small queries; joined they are four tables.

    ``tandem`` is the way to the tandem, as in ``"tandem__"``.
    """
    people = Participation.objects.select_related("person")
    return (
        Prefetch(f"{tandem}volunteer", queryset=people),
        Prefetch(f"{tandem}newcomer", queryset=people),
    )


@dataclass(frozen=True, kw_only=True)
class Fact:
    """One thing about somebody; the sign says what it is about."""

    icon: str
    label: str
    text: str


Profile = list[Fact]


def profile_of(row: Participation, *, on: date, found: int | None = None) -> Profile:
    """Return what matters when two people are compared.

    The person's languages should be prefetched for lists. ``found`` of the volunteers wanted are
    there; where it is not said, ``free_places`` of the row tell.
    """
    person = row.person
    languages = sorted(person.languages.all(), key=lambda each: (-each.level, each.code))
    size = ngettext("%(count)s person", "%(count)s people", row.group_size)
    facts = [
        ("person", _("Age"), _age(person.birth_year, on)),
        ("people", _("Group"), size % {"count": row.group_size} if row.group_size > 1 else ""),
        ("person-plus", _("Volunteers"), _found(row, found)),
        ("translate", _("Languages"), listed(_spoken(each.code, each.level) for each in languages)),
        ("geo-alt", _("Lives in"), _place(person.postcode)),
        ("hourglass", pgettext("how long", "Waiting"), _waiting((on - row.waiting_since).days)),
    ]
    return [Fact(icon=icon, label=label, text=text) for icon, label, text in facts if text]


def _waiting(days: int) -> str:
    return _("waiting for %(time)s") % {"time": days_in_words(days)} if days > 0 else ""


def _found(row: Participation, found: int | None) -> str:
    if row.is_volunteer:
        return ""
    known = volunteers_found(row) if found is None else found
    return found_in_words(known, row.volunteers_wanted)


def _age(birth_year: int | None, on: date) -> str:
    if birth_year is None:
        return ""
    return _("about %(years)s years") % {"years": on.year - birth_year}


def _spoken(code: str, level: int) -> str:
    if level == Level.L1:
        return _("%(language)s (first language)") % {"language": language_name(code)}
    return f"{language_name(code)} ({Level(level).name})"


def _place(postcode: str) -> str:
    place = find_place(postcode) if postcode else None
    return str(place) if place else postcode
