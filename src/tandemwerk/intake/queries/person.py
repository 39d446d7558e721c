"""What the page of one person shows."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from tandemwerk.intake.enums import PARTICIPATION_MOVES, ParticipationState
from tandemwerk.intake.import_words import FIELDS, QUESTIONS, worded
from tandemwerk.intake.models import Participation
from tandemwerk.intake.words import (
    interests_in_words,
    kinds_in_words,
    languages_in_words,
    listed,
    place_in_words,
    topics_in_words,
)
from tandemwerk.people.enums import ConsentPurpose
from tandemwerk.people.models import Consent
from tandemwerk.people.queries import consent_text

Rows = list[tuple[str, Any]]


@dataclass(frozen=True, kw_only=True)
class Question:
    """Something the site asks the person or itself."""

    number: int
    about: str
    why: str
    #: What stood in the list.
    text: str


@dataclass(frozen=True, kw_only=True)
class ConsentShown:
    """One purpose: whether somebody agrees to it, and its words in their language."""

    purpose: str
    label: str
    text: str
    given: Consent | None
    withdrawn_at: datetime | None


def contact_of(participation: Participation) -> Rows:
    """Return how to reach somebody."""
    person = participation.person
    return [
        (_("How to reach"), person.get_contact_preference_display()),
        (_("Language of messages"), person.get_language_display()),
        (_("Place"), place_in_words(person.postcode) if person.postcode else "–"),
    ]


def about(participation: Participation, *, today: date) -> Rows:
    """Return who somebody is."""
    person = participation.person
    rows: Rows = [(_("Gender"), person.get_gender_display())]
    if person.birth_year:
        born = _("%(year)s (about %(age)s years old)") % {
            "year": person.birth_year,
            "age": today.year - person.birth_year,
        }
        rows.append((_("Year of birth"), born))
    if participation.is_minor and not participation.is_volunteer:
        rows.append((_("Age"), _("a minor: only volunteers with a certificate come into question")))
    if participation.group_size > 1:
        rows.append((_("How many people"), participation.group_size))
    rows.append((_("Languages"), languages_in_words(person.languages.all()) or "–"))
    return rows


def wishes_of(participation: Participation) -> Rows:
    """Return what somebody wishes and offers."""
    is_volunteer = participation.is_volunteer
    topics = listed(topics_in_words(participation.topics))
    rows: Rows = [
        (_("Kinds of tandem"), listed(kinds_in_words(participation.kinds)) or "–"),
        (_("Offers help with") if is_volunteer else _("Wishes help with"), topics or "–"),
        (_("Interests"), listed(interests_in_words(participation.person.interests)) or "–"),
        (_("The other person should be"), participation.get_wishes_gender_display()),
        (_("Distance at most"), _("%(km)s km") % {"km": participation.max_km}),
    ]
    if is_volunteer:
        rows.append((_("Tandems at the same time"), participation.capacity))
        if participation.max_group:
            rows.append((_("Groups of up to so many people"), participation.max_group))
        rows.append((_("May work with minors"), _("yes") if participation.minors_ok else _("no")))
    else:
        if participation.volunteers_wanted > 1:
            rows.append((_("How many volunteers"), participation.volunteers_wanted))
        if participation.priority:
            words = {1: _("soon"), 2: _("urgent"), 3: _("very urgent")}
            rows.append((_("Urgency"), words[participation.priority]))
    since = date_format(participation.waiting_since, "DATE_FORMAT")
    rows.append((_("Waiting since"), since))
    return rows


def questions_of(participation: Participation) -> list[Question]:
    """Return what is still to ask."""
    return [
        Question(
            number=number,
            about=worded(question.get("field") or "", FIELDS) or _("The whole row"),
            why=worded(question.get("code", ""), QUESTIONS),
            text=question.get("text", ""),
        )
        for number, question in enumerate(participation.questions)
    ]


def consents_of(participation: Participation) -> list[ConsentShown]:
    """Return every purpose with its state, in one query."""
    person = participation.person
    lines = list(person.consents.order_by("given_at", "pk"))
    shown = []
    for purpose in ConsentPurpose:
        mine = [line for line in lines if line.purpose == purpose]
        given = next((line for line in mine if line.withdrawn_at is None), None)
        version = given.text_version if given else None
        withdrawn = [line.withdrawn_at for line in mine if line.withdrawn_at]
        shown.append(
            ConsentShown(
                purpose=purpose.value,
                label=str(purpose.label),
                text=consent_text(purpose, person.language, version),
                given=given,
                withdrawn_at=max(withdrawn, default=None),
            )
        )
    return shown


def moves_of(participation: Participation) -> list[ParticipationState]:
    """Return the states somebody can go to now."""
    state = ParticipationState(participation.state)
    possible = PARTICIPATION_MOVES.get(state, set())
    return [each for each in ParticipationState if each in possible]
