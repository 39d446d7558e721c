"""The list of a site's people, on the page and as a file."""

from typing import Any, Final

import django_tables2 as tables
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from tandemwerk.core.panels import Mark
from tandemwerk.intake.enums import ParticipationState, Side
from tandemwerk.intake.models import Participation
from tandemwerk.intake.words import (
    interests_in_words,
    kinds_in_short,
    kinds_in_words,
    languages_in_short,
    languages_in_words,
    listed,
    place_in_words,
    topics_in_words,
)
from tandemwerk.people.weekgrid import slots_in_words
from tandemwerk.ui.parts import Tone
from tandemwerk.ui.signs import badge

STATE_TONES: Final[dict[str, Tone]] = {
    ParticipationState.OPEN: "good",
    ParticipationState.PAUSED: "careful",
    ParticipationState.LEFT: "neutral",
}
SHORT_STATES: Final = {
    ParticipationState.OPEN: pgettext_lazy("state of a person, in one word", "open"),
    ParticipationState.PAUSED: pgettext_lazy("state of a person, in one word", "break"),
    ParticipationState.LEFT: pgettext_lazy("state of a person, in one word", "left"),
}
SIDE_TONES: Final[dict[str, Tone]] = {Side.VOLUNTEER: "primary", Side.NEWCOMER: "accent"}
_MOST_LANGUAGES: Final = 3


class PeopleTable(tables.Table):
    """Name, side and state first: the three that a phone shows."""

    name = tables.Column(
        verbose_name=_("Name"),
        accessor="person__family_name",
        order_by=("person__family_name", "person__given_name", "pk"),
        linkify=("intake:person", {"pk": tables.A("pk")}),
        empty_values=(),
    )
    side = tables.Column(verbose_name=_("Side"), empty_values=(), order_by=("side", "pk"))
    state = tables.Column(verbose_name=_("State"), empty_values=(), order_by=("state", "pk"))
    waiting_since = tables.Column(
        verbose_name=_("Waiting since"), empty_values=(), order_by=("waiting_since", "pk")
    )
    languages = tables.Column(verbose_name=_("Languages"), empty_values=(), orderable=False)
    kinds = tables.Column(verbose_name=_("Kinds of tandem"), orderable=False, empty_values=())
    place = tables.Column(
        verbose_name=_("Place"), accessor="person__postcode", order_by=("person__postcode", "pk")
    )
    questions = tables.Column(verbose_name=_("Still to ask"), orderable=False, empty_values=())

    class Meta:
        order_by = "waiting_since"
        empty_text = _("Nobody fits these filters.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        #: primary key -> what rooms above say of somebody.
        self.marks: dict[int, list[Mark]] = {}

    def render_name(self, record: Participation) -> str:
        return record.person.full_name

    def render_side(self, record: Participation) -> str:
        return badge(record.get_side_display(), SIDE_TONES[record.side], "half")

    def render_state(self, record: Participation) -> str:
        """Show what rooms above know (somebody has a tandem), else the state itself."""
        marks = self.marks.get(record.pk)
        if not marks:
            return badge(SHORT_STATES[ParticipationState(record.state)], STATE_TONES[record.state])
        return format_html_join(" ", "{}", ((badge(mark.text, mark.tone),) for mark in marks))

    def render_waiting_since(self, record: Participation) -> str:
        return date_format(record.waiting_since, "SHORT_DATE_FORMAT")

    def render_languages(self, record: Participation) -> str:
        words = languages_in_short(record.person.languages.all())
        if len(words) > _MOST_LANGUAGES:
            rest = len(words) - _MOST_LANGUAGES
            more = ngettext("%(number)s more", "%(number)s more", rest) % {"number": rest}
            words = [*words[:_MOST_LANGUAGES], more]
        return listed(words) or "–"

    def render_kinds(self, record: Participation) -> str:
        return listed(kinds_in_short(record.kinds)) or "–"

    def render_place(self, value: str) -> str:
        return format_html("<bdi>{}</bdi>", place_in_words(value)) if value else "–"

    def render_questions(self, record: Participation) -> str:
        number = len(record.questions)
        if not number:
            return format_html('<span class="text-muted">{}</span>', "–")
        return badge(number, "careful")


EXPORT_HEAD: Final = (
    _("Side"),
    _("State"),
    _("Given name"),
    _("Family name"),
    _("E-mail"),
    _("Phone"),
    _("How to reach"),
    _("Language of messages"),
    _("Postcode"),
    _("Place"),
    _("Year of birth"),
    _("Gender"),
    _("Languages"),
    _("Free times"),
    _("Interests"),
    _("Kinds of tandem"),
    _("Topics"),
    _("The other person should be"),
    _("Distance at most (km)"),
    _("How many people"),
    _("How many volunteers"),
    _("Tandems at the same time"),
    _("Groups of up to so many people"),
    _("May work with minors"),
    _("Is a minor"),
    _("Waiting since"),
    _("Note"),
)


def export_row(each: Participation) -> tuple[Any, ...]:
    """Return somebody as a row of a spreadsheet that an import understands again."""
    person, is_volunteer = each.person, each.is_volunteer
    yes_no = {True: _("yes"), False: _("no")}
    return (
        each.get_side_display(),
        each.get_state_display(),
        person.given_name,
        person.family_name,
        person.mail,
        person.phone,
        person.get_contact_preference_display(),
        person.get_language_display(),
        person.postcode,
        place_in_words(person.postcode).removeprefix(person.postcode).strip(),
        person.birth_year,
        person.get_gender_display(),
        listed(languages_in_words(person.languages.all())),
        listed(slots_in_words(person.availability)),
        listed(interests_in_words(person.interests)),
        listed(kinds_in_words(each.kinds)),
        listed(topics_in_words(each.topics)),
        each.get_wishes_gender_display(),
        each.max_km,
        each.group_size,
        "" if is_volunteer else each.volunteers_wanted,
        each.capacity if is_volunteer else "",
        each.max_group if is_volunteer else "",
        yes_no[each.minors_ok] if is_volunteer else "",
        "" if is_volunteer else yes_no[each.is_minor],
        each.waiting_since,
        person.note,
    )
