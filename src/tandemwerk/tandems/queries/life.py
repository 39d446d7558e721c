"""What the pages of a tandem show."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db.models import Prefetch, prefetch_related_objects
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tandemwerk.intake.enums import Side
from tandemwerk.intake.models import Participation
from tandemwerk.people.enums import ContactPreference
from tandemwerk.people.models import Person, PersonLanguage, User
from tandemwerk.programme.models import Site
from tandemwerk.tandems.enums import FOUNDED_STATES, RUNNING_STATES, Health, Mood, TandemState
from tandemwerk.tandems.models import CheckIn, Meeting, Note, Tandem
from tandemwerk.tandems.queries.actions import Action, action_for
from tandemwerk.tandems.queries.steps import TRIAL_MEETINGS, Facts, facts_of
from tandemwerk.tandems.reasons import Said, language_name, reasons_in_words
from tandemwerk.tandems.templatetags.moments import day
from tandemwerk.ui.parts import Tone

STATE_TONES: Final[dict[str, Tone]] = {
    TandemState.PROPOSED: "note",
    TandemState.TRIAL: "accent",
    TandemState.ACTIVE: "primary",
    TandemState.PAUSED: "careful",
}
HEALTH_TONES: Final[dict[str, Tone]] = {
    Health.GOOD: "good",
    Health.QUIET: "note",
    Health.SILENT: "careful",
    Health.NEEDS_CARE: "bad",
}
MOOD_TONES: Final[dict[str, Tone]] = {
    Mood.VERY_GOOD: "good",
    Mood.ALL_RIGHT: "neutral",
    Mood.HARD: "careful",
    Mood.CALL_ME: "bad",
}


@dataclass(frozen=True, kw_only=True)
class SideCard:
    """One of the two, as the page shows them: both with the same things."""

    side: Side
    role: str
    name: str
    url: str = ""
    languages: list[str]
    phone: str = ""
    mail: str = ""
    place: str = ""


@dataclass(frozen=True, kw_only=True)
class Question:
    """A check-in as the team sees it."""

    pk: int
    side: str
    name: str
    due_on: date
    asked_at: datetime | None
    mood: str
    line: str


@dataclass(frozen=True, kw_only=True)
class TeamPage:
    """A tandem as its site's team sees it."""

    title: str
    lead: str
    sides: list[SideCard]
    action: Action
    #: Whether «they met today» is offered beside the next step.
    offers_met: bool
    coming: list[Meeting]
    care: list[Question]
    open_questions: list[Question]
    reasons: list[Said]
    dates: list[tuple[Any, str]]
    state_tone: Tone
    health_label: str
    health_tone: Tone
    #: Meetings of a trial so far, nothing for other tandems.
    trial_done: int | None
    trial_needed: int = TRIAL_MEETINGS


def fetch_all_of(tandem: Tandem) -> None:
    """Fetch what happened in a tandem, and what its people speak."""
    languages = PersonLanguage.objects.order_by("-level", "code")
    prefetch_related_objects(
        [tandem],
        Prefetch("volunteer__person__languages", queryset=languages),
        Prefetch("newcomer__person__languages", queryset=languages),
        "answers",
        "moves",
        Prefetch("meetings", queryset=Meeting.objects.select_related("noted_by")),
        Prefetch("checkins", queryset=CheckIn.objects.select_related("handled_by")),
        Prefetch("notes", queryset=Note.objects.select_related("written_by")),
    )


def team_page(tandem: Tandem, *, at: datetime) -> TeamPage:
    """Put together what the team sees, of a tandem after ``fetch_all_of``."""
    facts = facts_of([tandem], at=at)[tandem.pk]
    action = action_for(tandem, facts)
    names = given_names(tandem)
    is_running = tandem.state in RUNNING_STATES
    questions = list(tandem.checkins.all())
    care = [checkin for checkin in questions if checkin.needs_care]
    care.sort(key=lambda checkin: (checkin.answered_at or at, checkin.pk))
    is_trial = tandem.state == TandemState.TRIAL
    return TeamPage(
        title=f"{tandem.volunteer.person} & {tandem.newcomer.person}",
        lead=f"{tandem.site} · {tandem.get_kind_display()}",
        sides=[_whole_side(tandem.volunteer), _whole_side(tandem.newcomer)],
        action=action,
        offers_met=is_running and action.to != "met_today",
        coming=_coming(tandem, at),
        care=[_question(checkin, names) for checkin in care],
        open_questions=_latest_open(questions, names) if is_running else [],
        reasons=reasons_in_words(tandem.reasons),
        dates=_dates(tandem, facts),
        state_tone=STATE_TONES.get(tandem.state, "neutral"),
        health_label=str(Health(facts.health).label) if facts.health else "",
        health_tone=HEALTH_TONES.get(facts.health, "neutral"),
        trial_done=min(facts.met_count, TRIAL_MEETINGS) if is_trial else None,
    )


def _coming(tandem: Tandem, at: datetime) -> list[Meeting]:
    kept = [each for each in tandem.meetings.all() if each.cancelled_at is None]
    coming = [each for each in kept if each.starts_at > at]
    return sorted(coming, key=lambda each: (each.starts_at, each.pk))


def given_names(tandem: Tandem) -> dict[str, str]:
    """Return side -> given name, or the whole one where there is none."""
    both = {Side.VOLUNTEER: tandem.volunteer, Side.NEWCOMER: tandem.newcomer}
    return {
        side.value: each.person.given_name or each.person.full_name for side, each in both.items()
    }


def _latest_open(questions: list[CheckIn], names: dict[str, str]) -> list[Question]:
    """Return of each side the newest question if it has no answer."""
    newest: dict[str, CheckIn] = {}
    for question in sorted(questions, key=lambda each: (each.due_on, each.pk)):
        newest[question.side] = question
    return [_question(question, names) for question in newest.values() if not question.mood]


def _question(checkin: CheckIn, names: dict[str, str]) -> Question:
    return Question(
        pk=checkin.pk,
        side=checkin.side,
        name=names[checkin.side],
        due_on=checkin.due_on,
        asked_at=checkin.asked_at,
        mood=checkin.get_mood_display(),
        line=checkin.line,
    )


def _dates(tandem: Tandem, facts: Facts) -> list[tuple[Any, str]]:
    dates: list[tuple[Any, Any]] = [
        (_("Proposed"), tandem.created_at),
        (_("Founded"), tandem.founded_on),
        (_("Ended"), tandem.ended_on),
        (_("Last heard"), facts.last_sign_at if facts.health else None),
    ]
    shown: list[tuple[Any, str]] = [(label, day(value)) for label, value in dates if value]
    if tandem.language:
        shown.append((_("They speak"), language_name(tandem.language)))
    if facts.met_count:
        shown.append((_("Meetings so far"), str(facts.met_count)))
    return shown


def _whole_side(participation: Participation) -> SideCard:
    person = participation.person
    return SideCard(
        side=Side(participation.side),
        role=str(participation.get_side_display()),
        name=person.full_name,
        url=person_url(participation),
        languages=[str(language) for language in person.languages.all()],
        phone=person.phone,
        mail=person.mail,
        place=person.postcode,
    )


def person_url(participation: Participation) -> str:
    """Return the page of somebody who takes part."""
    return reverse("intake:person", args=[participation.pk])


def side_for_the_other(participation: Participation, *, state: str) -> SideCard:
    """Return what one of the two sees of the other: a name once both agreed, no more after it.

    How to reach each other is shown while the tandem runs, in the ways that the person allows.
    """
    person = participation.person
    is_running = state in RUNNING_STATES
    return SideCard(
        side=Side(participation.side),
        role=str(participation.get_side_display()),
        name=person.full_name if is_running else person.given_name,
        languages=[str(language) for language in person.languages.all()],
        phone=person.phone if is_running and _allows(person, ContactPreference.PHONE) else "",
        mail=person.mail if is_running and _allows(person, ContactPreference.MAIL) else "",
    )


@dataclass(frozen=True, kw_only=True)
class OwnPage:
    """A tandem as one of the two sees it."""

    tandem: Tandem
    #: Whether both have agreed and the tandem began at some time: before that nobody has a name.
    is_founded: bool
    is_running: bool
    is_open: bool
    other: SideCard | None
    reasons: list[Said]
    coming: list[Meeting]


def own_page(tandem: Tandem, *, user: User, at: datetime) -> OwnPage:
    """Put together what one of the two sees, of a tandem after ``fetch_all_of``."""
    is_founded = tandem.state in FOUNDED_STATES
    is_mine = tandem.volunteer.person.user_id == user.pk
    other = tandem.newcomer if is_mine else tandem.volunteer
    return OwnPage(
        tandem=tandem,
        is_founded=is_founded,
        is_running=tandem.state in RUNNING_STATES,
        is_open=tandem.state == TandemState.PROPOSED,
        other=side_for_the_other(other, state=tandem.state) if is_founded else None,
        reasons=reasons_in_words(tandem.reasons) if is_founded else [],
        coming=_coming(tandem, at) if is_founded else [],
    )


def address_of(site: Site) -> str:
    """Return where a site is, in one line."""
    town = f"{site.postcode} {site.place}".strip()
    return ", ".join(part for part in (site.name, site.street, town) if part)


def _allows(person: Person, way: ContactPreference) -> bool:
    return person.contact_preference in {way, ContactPreference.BOTH}
