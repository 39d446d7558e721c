"""Meetings: arranged with a calendar entry for both, or noted afterwards in seconds."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone

from tandemwerk.core import audit
from tandemwerk.core.actors import Actor
from tandemwerk.intake.enums import Side
from tandemwerk.messaging.services import put_in
from tandemwerk.people.models import User
from tandemwerk.tandems.enums import RUNNING_STATES, AnswerState, MeetingKind, TandemState
from tandemwerk.tandems.errors import (
    MeetingIsOffError,
    NotBothAgreedError,
    NotRunningError,
    WrongMomentError,
)
from tandemwerk.tandems.models import Answer, Meeting, Tandem
from tandemwerk.tandems.services.moves import record_move

USUAL_MINUTES: Final = 60


@transaction.atomic
def arrange_meeting(
    *,
    tandem_id: int,
    kind: MeetingKind,
    starts_at: datetime,
    minutes: int,
    place: str,
    by: Actor,
    at: datetime,
) -> Meeting:
    """Arrange a meeting to come and write to both, each in their language, with a calendar entry.

    The first one turns a proposal with two times yes into a trial. Raises WrongMomentError,
    NotBothAgreedError, NotRunningError.
    """
    if starts_at <= at:
        raise WrongMomentError
    tandem = _locked(tandem_id)
    if tandem.state == TandemState.PROPOSED and kind == MeetingKind.FIRST:
        begin_trial(tandem, by=by, at=at)
    _check_running(tandem)
    meeting = Meeting.objects.create(
        tandem=tandem,
        kind=kind,
        starts_at=starts_at,
        minutes=minutes,
        place=place,
        noted_by=_account(by),
    )
    _record("arrange_meeting", meeting, by=by, at=at)
    _tell_both(meeting, "meeting_arranged", at=at)
    return meeting


def begin_trial(tandem: Tandem, *, by: Actor, at: datetime, reason: str = "") -> None:
    """Found a proposed tandem to which both said yes. The caller holds it.

    Raises NotBothAgreedError.
    """
    answers = Answer.objects.filter(tandem=tandem).values_list("state", flat=True)
    if sorted(answers) != [AnswerState.YES, AnswerState.YES]:
        raise NotBothAgreedError
    fields = {"founded_on": timezone.localdate(at)}
    record_move(tandem, to=TandemState.TRIAL, by=by, at=at, reason=reason, fields=fields)


@transaction.atomic
def note_meeting(
    *,
    tandem_id: int,
    met_at: datetime,
    by: Actor,
    at: datetime,
    kind: MeetingKind | None = None,
    note: str = "",
) -> Meeting:
    """Note that they met. A second note for the same day adds its line to the first one.

    ``kind`` follows from the tandem's state unless said. Raises WrongMomentError, NotRunningError.
    """
    if met_at > at:
        raise WrongMomentError
    tandem = _locked(tandem_id)
    _check_running(tandem)
    usual = MeetingKind.TRIAL if tandem.state == TandemState.TRIAL else MeetingKind.REGULAR
    meeting = _on_the_same_day(tandem, met_at)
    if meeting is None:
        meeting = Meeting(
            tandem=tandem, kind=kind or usual, starts_at=met_at, minutes=USUAL_MINUTES
        )
    elif meeting.starts_at > at:
        meeting.starts_at = met_at  # they met earlier that day than planned
    meeting.note = note or meeting.note
    meeting.kind = kind or meeting.kind
    meeting.noted_by = _account(by) or meeting.noted_by
    meeting.save()
    _record("note_meeting", meeting, by=by, at=at)
    return meeting


@transaction.atomic
def change_meeting(
    *,
    meeting_id: int,
    kind: MeetingKind,
    starts_at: datetime,
    minutes: int,
    place: str,
    note: str,
    by: Actor,
    at: datetime,
) -> Meeting:
    """Change a meeting. While it is still to come, both are told and their calendars follow.

    Raises MeetingIsOffError, NotRunningError, and WrongMomentError where it would hop between
    past and future.
    """
    meeting = _locked_meeting(meeting_id)
    is_coming = meeting.starts_at > at
    if (starts_at > at) is not is_coming:
        raise WrongMomentError
    _check_running(meeting.tandem)
    tells = is_coming and (meeting.starts_at, meeting.minutes, meeting.place) != (
        starts_at,
        minutes,
        place,
    )
    meeting.kind, meeting.starts_at, meeting.minutes = kind, starts_at, minutes
    meeting.place, meeting.note = place, note
    meeting.sequence += tells
    meeting.save()
    _record("change_meeting", meeting, by=by, at=at)
    if tells:
        _tell_both(meeting, "meeting_changed", at=at)
    return meeting


@transaction.atomic
def cancel_meeting(*, meeting_id: int, by: Actor, at: datetime) -> Meeting:
    """Call a meeting off, or take back one that was noted by mistake. Raises MeetingIsOffError."""
    meeting = _locked_meeting(meeting_id)
    _call_off(meeting, at=at)
    _record("cancel_meeting", meeting, by=by, at=at)
    return meeting


def call_off_coming(tandem: Tandem, *, at: datetime) -> None:
    """Call off what is still to come of a tandem that ends. The caller holds it and records."""
    for meeting in Meeting.objects.kept().filter(tandem=tandem, starts_at__gt=at):
        meeting.tandem = tandem
        _call_off(meeting, at=at)


def _call_off(meeting: Meeting, *, at: datetime) -> None:
    meeting.cancelled_at = at
    meeting.sequence += 1
    meeting.save(update_fields=["cancelled_at", "sequence"])
    if meeting.starts_at > at:
        _tell_both(meeting, "meeting_cancelled", at=at)


def _on_the_same_day(tandem: Tandem, moment: datetime) -> Meeting | None:
    day = timezone.localtime(moment).replace(hour=0, minute=0, second=0, microsecond=0)
    within = Meeting.objects.kept().filter(
        tandem=tandem, starts_at__gte=day, starts_at__lt=day + timedelta(days=1)
    )
    return within.order_by("starts_at", "pk").first()


def _tell_both(meeting: Meeting, kind: str, *, at: datetime) -> None:
    tandem = meeting.tandem
    from tandemwerk.tandems.calendars import meeting_calendar  # noqa: PLC0415 - slow to load

    for side, mine, other in (
        (Side.VOLUNTEER, tandem.volunteer.person, tandem.newcomer.person),
        (Side.NEWCOMER, tandem.newcomer.person, tandem.volunteer.person),
    ):
        put_in(
            key=f"tandems.meeting/{meeting.pk}/{meeting.sequence}/{side}",
            kind=kind,
            to=mine,
            context={
                "name": mine.given_name or mine.full_name,
                "other": other.given_name or other.full_name,
                "meeting": meeting,
                "site": tandem.site,
                "is_first": meeting.kind == MeetingKind.FIRST,
            },
            at=at,
            scope=tandem.audit_scope,
            calendar=meeting_calendar(meeting, reader=mine, at=at),
        )


def _record(action: str, meeting: Meeting, *, by: Actor, at: datetime) -> None:
    audit.record(
        action=f"tandems.{action}",
        by=by,
        at=at,
        target=meeting,
        changes={
            "tandem": meeting.tandem_id,
            "kind": str(meeting.kind),
            "starts_at": meeting.starts_at.isoformat(),
        },
    )


def _check_running(tandem: Tandem) -> None:
    if tandem.state not in RUNNING_STATES:
        raise NotRunningError


def _account(by: Actor) -> User | None:
    return by if isinstance(by, User) else None


def _locked(tandem_id: int) -> Tandem:
    people = ("site", "volunteer__person", "newcomer__person")
    tandems = Tandem.objects.select_for_update(of=("self",)).select_related(*people)
    return tandems.get(pk=tandem_id)


def _locked_meeting(meeting_id: int) -> Meeting:
    """Hold the tandem first, then its meeting: the order in which everybody locks."""
    tandem_id = Meeting.objects.values_list("tandem_id", flat=True).get(pk=meeting_id)
    tandem = _locked(tandem_id)
    meeting = Meeting.objects.select_for_update().get(pk=meeting_id)
    if meeting.cancelled_at is not None:
        raise MeetingIsOffError
    meeting.tandem = tandem
    return meeting
