"""What happened to a tandem, newest first, from everything that was recorded."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _

from tandemwerk.intake.enums import Side
from tandemwerk.people.models import User
from tandemwerk.tandems.enums import AnswerState, EndReason, MeetingKind, Mood, TandemState
from tandemwerk.tandems.models import CheckIn, Meeting, Note, Tandem, TandemMove
from tandemwerk.ui.parts import TimelineEntry, Tone

#: A page shows so many; the whole story is one tap away.
SHORT: Final = 25

_MOVE_ICONS: Final = {
    TandemState.PROPOSED: "envelope",
    TandemState.TRIAL: "cup-hot",
    TandemState.ACTIVE: "people",
    TandemState.PAUSED: "pause-circle",
    TandemState.ENDED: "flag",
    TandemState.DECLINED: "x-circle",
    TandemState.EXPIRED: "clock-history",
}
_MOOD_TONES: Final[dict[str, Tone]] = {
    Mood.VERY_GOOD: "good",
    Mood.ALL_RIGHT: "neutral",
    Mood.HARD: "careful",
    Mood.CALL_ME: "bad",
}
_ANSWER_TONES: Final[dict[str, Tone]] = {
    AnswerState.YES: "good",
    AnswerState.NO: "neutral",
    AnswerState.CALL_ME: "careful",
}


def team_timeline(tandem: Tandem, *, at: datetime, names: dict[str, str]) -> list[TimelineEntry]:
    """Return everything, as the site's team may read it. ``names`` is side -> given name."""
    moves = sorted(tandem.moves.all(), key=lambda move: (move.at, move.pk))
    accounts = _accounts(moves)
    entries = [
        *(_move(move, tandem, accounts) for move in moves),
        *(_meeting(meeting, at=at, is_team=True) for meeting in tandem.meetings.all()),
        *_answers(tandem, names),
        *(_checkin(checkin, names) for checkin in tandem.checkins.all() if checkin.mood),
        *(_note(note) for note in tandem.notes.all()),
    ]
    return _newest_first(entries)


def own_timeline(tandem: Tandem, *, at: datetime) -> list[TimelineEntry]:
    """Return what the two themselves may read: moves and meetings, without anybody's words."""
    hidden = {TandemState.DECLINED, TandemState.EXPIRED}
    meetings = [each for each in tandem.meetings.all() if each.cancelled_at is None]
    entries = [
        *(_move(move, None, {}) for move in tandem.moves.all() if move.to_state not in hidden),
        *(_meeting(meeting, at=at, is_team=False) for meeting in meetings),
    ]
    return _newest_first(entries)


def _newest_first(entries: Iterable[TimelineEntry]) -> list[TimelineEntry]:
    dated: Any = entries  # every entry here has a moment, never a mere day
    return sorted(dated, key=lambda entry: entry.at, reverse=True)


def _accounts(moves: Iterable[TandemMove]) -> dict[int, User]:
    numbers = {move.by_id for move in moves if move.by_kind == "user" and move.by_id}
    return User.objects.in_bulk(numbers) if numbers else {}


def _move(move: TandemMove, tandem: Tandem | None, accounts: dict[int, User]) -> TimelineEntry:
    state = TandemState(move.to_state)
    by: Any = accounts.get(move.by_id or 0, "") if move.by_kind == "user" else ""
    reason = move.reason if tandem is not None else ""
    if tandem is not None and state == TandemState.ENDED and tandem.end_reason:
        why = str(EndReason(tandem.end_reason).label)
        reason = f"{why}. {reason}".strip() if reason else why
    return TimelineEntry(
        at=move.at,
        title=_move_title(move.from_state, state),
        text=reason,
        by=by,
        tone="primary" if state in {TandemState.TRIAL, TandemState.ACTIVE} else "neutral",
        icon=_MOVE_ICONS[state],
    )


def _move_title(before: str, state: TandemState) -> str:
    titles = {
        TandemState.PROPOSED: _("The two were asked"),
        TandemState.TRIAL: _("The tandem has begun: they get to know each other"),
        TandemState.ACTIVE: _("The tandem is running"),
        TandemState.PAUSED: _("The tandem takes a break"),
        TandemState.ENDED: _("The tandem has ended"),
        TandemState.DECLINED: _("The proposal was declined"),
        TandemState.EXPIRED: _("The proposal ran out without an answer"),
    }
    if before == TandemState.PAUSED and state == TandemState.ACTIVE:
        return _("The break is over")
    return titles[state]


def _meeting(meeting: Meeting, *, at: datetime, is_team: bool) -> TimelineEntry:
    kind = str(MeetingKind(meeting.kind).label)
    title = kind[:1].upper() + kind[1:]
    if meeting.cancelled_at is not None:
        title = _("Called off: %(meeting)s") % {"meeting": title}
    elif meeting.starts_at > at:
        title = _("To come: %(meeting)s") % {"meeting": title}
    can_change = is_team and meeting.cancelled_at is None
    words = (meeting.place, meeting.note if is_team else "")
    return TimelineEntry(
        at=meeting.starts_at,
        title=title,
        text=" · ".join(word for word in words if word),
        by=meeting.noted_by or "" if is_team else "",
        tone="neutral" if meeting.cancelled_at is not None else "note",
        icon="calendar-event" if meeting.starts_at > at else "cup-hot",
        url=reverse("tandems:meeting", args=[meeting.pk]) if can_change else "",
    )


def _answers(tandem: Tandem, names: dict[str, str]) -> Iterator[TimelineEntry]:
    for answer in tandem.answers.all():
        if answer.answered_at is None:
            continue
        said = {
            AnswerState.YES: _("%(name)s said yes"),
            AnswerState.NO: _("%(name)s said no"),
            AnswerState.CALL_ME: _("%(name)s asked for a call before answering"),
        }
        state = AnswerState(answer.state)
        if state in said:
            yield TimelineEntry(
                at=answer.answered_at,
                title=said[state] % {"name": names[answer.side]},
                text=answer.note,
                tone=_ANSWER_TONES[state],
                icon="reply",
            )


def _checkin(checkin: CheckIn, names: dict[str, str]) -> TimelineEntry:
    text = checkin.line
    if checkin.handled_at is not None and checkin.handled_by is not None:
        handled = _("%(name)s took care of it.") % {"name": checkin.handled_by}
        text = f"{text} · {handled}" if text else handled
    return TimelineEntry(
        at=checkin.answered_at or checkin.due_on,
        title=_("How is it going? «%(answer)s»") % {"answer": Mood(checkin.mood).label},
        text=text,
        by=names[Side(checkin.side).value],
        tone=_MOOD_TONES[checkin.mood],
        icon="chat-heart",
    )


def _note(note: Note) -> TimelineEntry:
    return TimelineEntry(
        at=note.written_at,
        title=_("Note"),
        text=note.text,
        by=note.written_by or "",
        icon="journal-text",
    )
