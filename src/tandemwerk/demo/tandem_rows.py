"""Tandems in every state and health, with what happened to them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any, Final

from tandemwerk.demo import words
from tandemwerk.demo.persons import Draft
from tandemwerk.demo.writer import Writer
from tandemwerk.intake.enums import ParticipationState, Side
from tandemwerk.tandems.enums import AnswerState, EndReason, MeetingKind, Mood, TandemState
from tandemwerk.tandems.models import (
    Answer,
    CheckIn,
    DeclinedPair,
    Meeting,
    Tandem,
    TandemMove,
)

_S = TandemState
RUNNING: Final = (_S.TRIAL, _S.ACTIVE, _S.PAUSED)
#: How long ago the last sign of life is, in days, and how many of the active tandems: the
#: healthy, the quiet, the silent, and those where somebody asks for a call.
HEALTH: Final = ((0.68, 1, 12), (0.14, 30, 41), (0.08, 65, 110), (0.10, 1, 6))
NEEDS_CARE: Final = 3
MOODS: Final = (Mood.VERY_GOOD, Mood.ALL_RIGHT, Mood.HARD, Mood.CALL_ME)
BOTH: Final = (Side.VOLUNTEER, Side.NEWCOMER)


@dataclass(slots=True)
class TandemDraft:
    """A tandem while it is made."""

    pk: int
    volunteer: Draft
    newcomer: Draft
    state: TandemState
    place: int
    created: date
    founded: date | None
    ended: date | None
    #: Day of the last sign of life; None where nobody has met.
    last_contact: date | None
    needs_care: bool = False
    newcomer_place: int = 1


@dataclass(frozen=True, kw_only=True)
class Pairing:
    """Who is put with whom, in which of the volunteer's places, in which state."""

    volunteer: Draft
    newcomer: Draft
    state: TandemState
    place: int = 1


def draft_tandems(
    pairings: list[Pairing], *, random: Random, today: date, past_days: int
) -> list[TandemDraft]:
    """Give every pairing its dates. Tandems that ended did so within ``past_days``."""
    drafts = []
    for number, pairing in enumerate(pairings, start=1):
        draft = _with_dates(number, pairing, random, today, past_days)
        for person in (draft.volunteer, draft.newcomer):
            waited = draft.created - timedelta(days=int(random.expovariate(1 / 40)) + 2)
            person.since = max(waited, date(2016, 1, 4))
        drafts.append(draft)
    return drafts


def make_families(drafts: list[TandemDraft]) -> None:
    """Let two newcomers of the first site be families that want two volunteers.

    The first has both: a younger tandem there becomes its second, whose newcomer has left. The
    other family has one, so that the search for somebody can be tried.
    """
    here = [
        draft
        for draft in drafts
        # Whoever has an account is Persian-speaking; those stay as they are.
        if draft.state == _S.ACTIVE and draft.newcomer.site.pk == 1 and not draft.needs_care
        if draft.newcomer.messages != "fa"
    ]
    first, *others = sorted(here, key=lambda draft: (draft.created, draft.pk))
    second, third = [draft for draft in others if draft.volunteer is not first.volunteer][:2]
    second.newcomer.state = ParticipationState.LEFT
    second.newcomer, second.newcomer_place = first.newcomer, 2
    for draft, group, note in zip((first, third), (5, 3), words.FAMILIES, strict=True):
        family = draft.newcomer
        family.group, family.wanted, family.note = group, 2, note


def _with_dates(
    number: int, pairing: Pairing, random: Random, today: date, past_days: int
) -> TandemDraft:
    state, needs_care = pairing.state, False
    founded = ended = last = None
    if state == _S.PROPOSED:
        created = today - timedelta(days=random.randint(0, 8))
    elif state == _S.TRIAL:
        created = today - timedelta(days=random.randint(12, 35))
        founded = created + timedelta(days=random.randint(5, 10))
        last = today - timedelta(days=random.randint(0, 9))
        last = max(last, founded)
    elif state in {_S.ACTIVE, _S.PAUSED}:
        health = random.choices(range(len(HEALTH)), [share for share, _, _ in HEALTH])[0]
        _, least, most = HEALTH[health]
        needs_care = health == NEEDS_CARE
        last = today - timedelta(days=random.randint(least, most))
        founded = last - timedelta(days=random.randint(20, 260))
        created = founded - timedelta(days=random.randint(5, 12))
    elif state == _S.ENDED:
        ended = today - timedelta(days=random.randint(5, past_days))
        founded = max(ended - timedelta(days=random.randint(90, 420)), date(2016, 1, 20))
        ended = max(ended, founded + timedelta(days=30))
        last = ended - timedelta(days=random.randint(0, 20))
        created = founded - timedelta(days=random.randint(5, 12))
    else:
        created = today - timedelta(days=random.randint(12, max(past_days // 4, 60)))
    return TandemDraft(
        number,
        pairing.volunteer,
        pairing.newcomer,
        state,
        pairing.place,
        created,
        founded,
        ended,
        last,
        needs_care,
    )


def write_tandems(
    writer: Writer, drafts: list[TandemDraft], *, random: Random, today: date, rounds: int
) -> None:
    """Write tandems, answers, moves, meetings and check-ins."""
    writer.write(Tandem, _TANDEM_COLUMNS, _tandems(drafts, random))
    writer.write(Answer, _ANSWER_COLUMNS, _answers(drafts, random))
    writer.write(
        DeclinedPair,
        ("volunteer_id", "newcomer_id", "declined_at"),
        _declined(drafts),
    )
    writer.write(
        TandemMove,
        ("tandem_id", "from_state", "to_state", "at", "by_kind", "by_id"),
        _moves(drafts),
    )
    writer.write(
        Meeting, ("tandem_id", "kind", "starts_at", "minutes", "place"), _meetings(drafts, random)
    )
    writer.write(CheckIn, _CHECKIN_COLUMNS, _checkins(drafts, random, today, rounds))


def at_hour(day: date, hour: int) -> datetime:
    """Return a moment of ``day``, a whole hour in UTC."""
    return datetime.combine(day, time(hour), tzinfo=UTC)


_TANDEM_COLUMNS: Final = (
    "id",
    "site_id",
    "volunteer_id",
    "newcomer_id",
    "state",
    "kind",
    "place",
    "newcomer_place",
    "language",
    "km",
    "agreement",
    "created_at",
    "founded_on",
    "ended_on",
    "end_reason",
)


def _tandems(drafts: list[TandemDraft], random: Random) -> Iterator[tuple[Any, ...]]:
    reasons = [reason.value for reason in EndReason]
    for draft in drafts:
        common = set(draft.volunteer.origin.languages) & set(draft.newcomer.origin.languages)
        yield (
            draft.pk,
            draft.newcomer.site.pk,
            draft.volunteer.pk,
            draft.newcomer.pk,
            draft.state.value,
            random.choice((0, 0, 0, 1, 2)),
            draft.place,
            draft.newcomer_place,
            min(common) if common else "de",
            round(random.uniform(0.4, 12), 1),
            words.AGREEMENT if draft.founded else "",
            at_hour(draft.created, 10),
            draft.founded,
            draft.ended,
            random.choice(reasons) if draft.ended else "",
        )


_ANSWER_COLUMNS: Final = (
    "tandem_id",
    "side",
    "state",
    "nonce",
    "asked_at",
    "expires_at",
    "answered_at",
)


def _answers(drafts: list[TandemDraft], random: Random) -> Iterator[tuple[Any, ...]]:
    _a = AnswerState
    open_answers = (
        (_a.WAITING, _a.WAITING),
        (_a.YES, _a.WAITING),
        (_a.YES, _a.YES),
        (_a.YES, _a.CALL_ME),
        (_a.WAITING, _a.YES),
    )
    for draft in drafts:
        said: tuple[AnswerState, AnswerState] = (_a.YES, _a.YES)
        if draft.state == _S.PROPOSED:
            said = random.choice(open_answers)
        elif draft.state == _S.DECLINED:
            said = random.choice(((_a.NO, _a.WAITING), (_a.YES, _a.NO)))
        elif draft.state == _S.EXPIRED:
            said = random.choice(((_a.WAITING, _a.YES), (_a.WAITING, _a.WAITING)))
        asked = at_hour(draft.created, 10)
        for side, state in zip(BOTH, said, strict=True):
            answered = asked + timedelta(hours=5) if state != _a.WAITING else None
            yield (
                draft.pk,
                side.value,
                state.value,
                f"{random.getrandbits(96):024x}",
                asked,
                asked + timedelta(days=10),
                answered,
            )


def _declined(drafts: list[TandemDraft]) -> Iterator[tuple[Any, ...]]:
    seen = set()
    for draft in drafts:
        pair = draft.volunteer.pk, draft.newcomer.pk
        if draft.state == _S.DECLINED and pair not in seen:
            seen.add(pair)
            yield *pair, at_hour(draft.created, 18)


def _moves(drafts: list[TandemDraft]) -> Iterator[tuple[Any, ...]]:
    for draft in drafts:
        steps: list[tuple[TandemState, date]] = [(_S.PROPOSED, draft.created)]
        if draft.founded:
            steps.append((_S.TRIAL, draft.founded))
            if draft.state != _S.TRIAL:
                steps.append((_S.ACTIVE, draft.founded + timedelta(days=18)))
        if draft.state == _S.PAUSED and draft.last_contact:
            steps.append((_S.PAUSED, draft.last_contact))
        elif draft.ended:
            steps.append((_S.ENDED, draft.ended))
        elif draft.state in {_S.DECLINED, _S.EXPIRED}:
            steps.append((draft.state, draft.created + timedelta(days=9)))
        before = ""
        for state, day in steps:
            yield draft.pk, before, state.value, at_hour(day, 11), "system", None
            before = state.value


def _meetings(drafts: list[TandemDraft], random: Random) -> Iterator[tuple[Any, ...]]:
    for draft in drafts:
        if draft.founded is None or draft.last_contact is None:
            continue
        yield draft.pk, MeetingKind.FIRST.value, at_hour(draft.founded, 15), 60, ""
        if draft.state not in RUNNING:
            continue
        kind = MeetingKind.TRIAL if draft.state == _S.TRIAL else MeetingKind.REGULAR
        days = (draft.last_contact - draft.founded).days
        shown = min(4, max(days // 6, 0))
        day = draft.last_contact
        for _ in range(shown):
            if day <= draft.founded:
                break
            minutes = random.choice((60, 90, 120))
            yield draft.pk, kind.value, at_hour(day, random.choice((14, 16, 17))), minutes, ""
            day -= timedelta(days=random.choice((6, 7, 9)))


_CHECKIN_COLUMNS: Final = (
    "tandem_id",
    "side",
    "due_on",
    "nonce",
    "asked_at",
    "expires_at",
    "mood",
    "line",
    "answered_at",
    "handled_at",
)


def _checkins(
    drafts: list[TandemDraft], random: Random, today: date, rounds: int
) -> Iterator[tuple[Any, ...]]:
    for draft in drafts:
        if draft.founded is None or draft.last_contact is None:
            continue
        due = [draft.founded + timedelta(days=days) for days in (14, 42)]
        if draft.ended:
            due += [due[-1] + timedelta(days=91 * n) for n in range(1, rounds - 1)]
        else:
            due += [due[-1] + timedelta(days=91 * n) for n in range(1, 5)]
            # Who was asked has had the time to answer that _checkin gives them.
            due = [day for day in due if day <= today - timedelta(days=3)]
        last = len(due) - 1
        for index, day in enumerate(due):
            for side in BOTH:
                yield _checkin(draft, side, day, is_last=index == last, random=random)


def _checkin(
    draft: TandemDraft, side: Side, day: date, *, is_last: bool, random: Random
) -> tuple[Any, ...]:
    asked = at_hour(day, 7)
    mood = random.choices(MOODS, (0.52, 0.36, 0.09, 0.03))[0]
    silent = draft.last_contact is not None and day > draft.last_contact and not draft.ended
    cries = draft.needs_care and is_last and side == Side.NEWCOMER
    if cries:
        mood, silent = random.choice((Mood.HARD, Mood.CALL_ME)), False
    nonce = f"{random.getrandbits(96):024x}"
    expires = asked + timedelta(days=14)
    if silent or (not cries and random.random() < 0.17):
        return draft.pk, side.value, day, nonce, asked, expires, "", "", None, None
    person = draft.volunteer if side == Side.VOLUNTEER else draft.newcomer
    answered = asked + timedelta(hours=random.randint(1, 60))
    line = ""
    if random.random() < 0.3 or cries:
        line = random.choice(words.LINES[person.messages][mood.value])
    heard = mood in {Mood.HARD, Mood.CALL_ME} and not cries
    handled = answered + timedelta(days=1) if heard else None
    return (
        draft.pk,
        side.value,
        day,
        nonce,
        asked,
        expires,
        mood.value,
        line,
        answered,
        handled,
    )
