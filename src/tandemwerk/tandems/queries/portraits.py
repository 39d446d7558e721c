"""A short portrait of somebody for the other side: no name, no address, nothing to find them by."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tandemwerk.intake.enums import GenderWish
from tandemwerk.intake.models import Participation
from tandemwerk.pairing.vocabulary import MINIMUM_LEVEL
from tandemwerk.people.enums import INTERESTS, ConsentPurpose, Gender, Topic
from tandemwerk.people.models import Person
from tandemwerk.people.weekgrid import slots_in_words
from tandemwerk.programme.enums import TandemKind
from tandemwerk.tandems.models import Answer
from tandemwerk.tandems.reasons import language_name
from tandemwerk.tandems.words import km_roughly, listed

#: First year of an age group and its words.
_AGES: Final = (
    (0, gettext_lazy("under 18")),
    (18, gettext_lazy("18 to 26 years")),
    (27, gettext_lazy("27 to 39 years")),
    (40, gettext_lazy("40 to 59 years")),
    (60, gettext_lazy("60 years or older")),
)
_MOST_TIMES: Final = 6


@dataclass(frozen=True, kw_only=True)
class PortraitLine:
    """One thing about somebody, in the reader's language."""

    icon: str
    label: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Portrait:
    """What one side learns of the other before a yes.

    ``is_short`` for somebody who did not agree to be described: then only what both share.
    """

    language: str
    lines: list[PortraitLine]
    is_short: bool


def portrait_for(answer: Answer, *, at: datetime, language: str = "") -> Portrait:
    """Return the other side's portrait in the language of the one who is asked, or in another."""
    reader, other = answer.participation, answer.other
    language = language or reader.person.language
    agreed = any(
        each.purpose == ConsentPurpose.PORTRAIT and each.withdrawn_at is None
        for each in other.person.consents.all()
    )
    with translation.override(language):
        lines = [*_shared(answer)]
        if agreed:
            lines = [*_about(reader, other, on=timezone.localdate(at)), *lines, *_more(answer)]
    return Portrait(language=language, lines=lines, is_short=not agreed)


def _about(reader: Participation, other: Participation, *, on: date) -> list[PortraitLine]:
    """Return who the other is: a group, a rough age, the gender if the reader asked for one."""
    lines = []
    if other.group_size > 1:
        people = ngettext("%(count)s person", "%(count)s people", other.group_size)
        text = people % {"count": other.group_size}
        lines.append(_line("people", _("A family or group"), text))
    if age := age_group(other.person, on=on):
        lines.append(_line("person", _("Age"), str(age)))
    if reader.wishes_gender != GenderWish.ANY and other.person.gender != Gender.UNSAID:
        lines.append(_line("person-check", _("Gender"), other.person.get_gender_display()))
    return lines


def age_group(person: Person, *, on: date) -> Promise | None:
    """Return a person's age as a group."""
    if person.birth_year is None:
        return None
    age = on.year - person.birth_year
    return next((words for first, words in reversed(_AGES) if age >= first), None)


def _shared(answer: Answer) -> list[PortraitLine]:
    """Return what both have in common: a language and what the tandem is for."""
    lines = []
    if answer.tandem.language:
        name = language_name(answer.tandem.language)
        lines.append(_line("chat", _("You can speak together"), name))
    mask = answer.participation.kinds & answer.other.kinds
    kinds = [kind.label for kind in TandemKind if mask >> kind & 1]
    if kinds:
        lines.append(_line("puzzle", _("It is about"), listed(kinds)))
    return lines


def _more(answer: Answer) -> list[PortraitLine]:
    """Return what the other agreed to tell."""
    reader, other = answer.participation, answer.other
    spoken = [
        language_name(each.code)
        for each in sorted(other.person.languages.all(), key=lambda each: (-each.level, each.code))
        if each.level >= MINIMUM_LEVEL
    ]
    topics = [topic.label for topic in Topic if other.topics >> topic & 1]
    interests = [INTERESTS[slug] for slug in other.person.interests if slug in INTERESTS]
    both_free = slots_in_words(reader.person.availability & other.person.availability)
    km = answer.tandem.km
    topics_label = _("Can help with") if other.is_volunteer else _("Would like help with")
    lines = [
        ("translate", _("Languages"), listed(spoken)),
        ("lightbulb", topics_label, listed(topics)),
        ("heart", _("Likes"), listed(interests)),
        ("calendar-week", _("Both have time"), listed(both_free[:_MOST_TIMES])),
        ("geo-alt", _("Lives"), "" if km is None else km_roughly(km)),
    ]
    return [_line(*line) for line in lines if line[2]]


def _line(icon: str, label: str, text: str) -> PortraitLine:
    return PortraitLine(icon=icon, label=label, text=text)
