"""People of a site: the list, and those who might be the same person."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.db.models import Q, QuerySet

from tandemwerk.intake.import_words import DUPLICATES
from tandemwerk.intake.models import Participation
from tandemwerk.intake.reading.cells import fold
from tandemwerk.intake.reading.codes import DuplicateCode
from tandemwerk.programme.models import Site

#: Spellings of one name are at least this alike.
_ALIKE: Final = 0.85


def people_of(site: Site) -> QuerySet[Participation]:
    """Return those who take or took part at ``site``, with what a list shows of them."""
    return (
        Participation.objects.filter(site=site, person__erased_at=None)
        .select_related("person")
        .prefetch_related("person__languages")
    )


@dataclass(frozen=True, kw_only=True)
class Likeness:
    """Somebody of the site who may be the same person, and by what."""

    participation: Participation
    by: tuple[DuplicateCode, ...]

    @property
    def reasons(self) -> list[str]:
        """Return by what, in words."""
        return [str(DUPLICATES[code]) for code in self.by]


def same_person(
    site: Site,
    *,
    given_name: str,
    family_name: str,
    birth_year: int | None,
    mail: str,
    phone: str,
    besides: Iterable[int] = (),
) -> list[Likeness]:
    """Return who of ``site`` may be this person: name and year of birth, mail, or phone.

    ``besides`` are participations not to name: their own. Somebody who only shares a phone is
    named as well, because whoever adds a person by hand can tell.
    """
    same_name = Q(person__family_name__iexact=family_name, person__birth_year=birth_year)
    wanted = same_name if birth_year else Q(person__family_name__iexact=family_name)
    if mail:
        wanted |= Q(person__mail__iexact=mail)
    if phone:
        wanted |= Q(person__phone=phone)
    candidates = people_of(site).filter(wanted).exclude(pk__in=besides).order_by("pk")
    name = fold(f"{given_name} {family_name}")
    found = []
    for each in candidates[:50]:
        by = tuple(_reasons(each, name=name, birth_year=birth_year, mail=mail, phone=phone))
        if by:
            found.append(Likeness(participation=each, by=by))
    return found


def _reasons(
    other: Participation, *, name: str, birth_year: int | None, mail: str, phone: str
) -> Iterable[DuplicateCode]:
    person = other.person
    alike = difflib.SequenceMatcher(None, fold(person.full_name), name).ratio() >= _ALIKE
    years = {birth_year, person.birth_year} - {None}
    if alike and len(years) <= 1:
        yield DuplicateCode.NAME_AND_BIRTH_YEAR
    if mail and person.mail.lower() == mail.lower():
        yield DuplicateCode.MAIL
    if phone and person.phone == phone:
        yield DuplicateCode.PHONE
