"""Proposing two people to each other, and what follows when it comes to nothing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from tandemwerk.core import audit
from tandemwerk.core.actors import Actor
from tandemwerk.intake.enums import ParticipationState, Side
from tandemwerk.intake.models import Participation
from tandemwerk.messaging.services import cancel, put_in
from tandemwerk.people.models import User
from tandemwerk.tandems.enums import (
    AnswerState,
    DeclineReason,
    SuggestionState,
    TandemState,
)
from tandemwerk.tandems.errors import (
    AlreadyInTandemError,
    AlreadyTogetherError,
    NoPlaceLeftError,
    NotAPairError,
    NotOpenError,
)
from tandemwerk.tandems.links import answer_link, new_nonce
from tandemwerk.tandems.models import AcrossOffer, Answer, DeclinedPair, Suggestion, Tandem
from tandemwerk.tandems.queries.capacity import lowest_free_place
from tandemwerk.tandems.services.moves import record_move, record_proposal


@dataclass(frozen=True, kw_only=True)
class Match:
    """What the engine says of a pair, kept with the tandem."""

    language: str
    km: float | None
    reasons: list[dict[str, Any]]


def lock_pair(*, volunteer_id: int, newcomer_id: int) -> tuple[Participation, Participation]:
    """Hold both rows, always in the order of their keys, so that two pairs never wait crosswise.

    Whoever changes how many places are taken, or decides on a pair, comes through here first.
    Raises NotAPairError.
    """
    rows = (
        Participation.objects.select_for_update(of=("self",), no_key=True)
        .select_related("person", "site__carrier")
        .filter(pk__in=(volunteer_id, newcomer_id))
        .order_by("pk")
    )
    found = {row.pk: row for row in rows}
    volunteer, newcomer = found.get(volunteer_id), found.get(newcomer_id)
    if volunteer is None or newcomer is None:
        raise NotAPairError
    check_pair(volunteer, newcomer)
    return volunteer, newcomer


def check_pair(volunteer: Participation, newcomer: Participation) -> None:
    """Raise NotAPairError for what no confirmation can make a tandem."""
    if (
        volunteer.side != Side.VOLUNTEER
        or newcomer.side != Side.NEWCOMER
        or volunteer.site_id != newcomer.site_id
        or volunteer.person_id == newcomer.person_id
    ):
        raise NotAPairError


def open_proposal(
    *, volunteer: Participation, newcomer: Participation, match: Match, by: User, at: datetime
) -> Tandem:
    """Propose the two to each other, ask both, and outdate suggestions that became impossible.

    The caller holds both rows (``lock_pair``). Raises NotOpenError, AlreadyInTandemError or
    NoPlaceLeftError, and then nothing is written.
    """
    places = check_free(volunteer, newcomer, at=at)
    tandem = _create(volunteer, newcomer, match, places=places, by=by, at=at)
    record_proposal(tandem, by=by, at=at)
    for side in (Side.VOLUNTEER, Side.NEWCOMER):
        _ask(tandem, side, at=at)
    outdate_suggestions(volunteer, newcomer, at=at)
    return tandem


class Places(NamedTuple):
    """The places that a tandem takes of the two."""

    volunteer: int
    newcomer: int


def check_free(volunteer: Participation, newcomer: Participation, *, at: datetime) -> Places:
    """Return the places that the two would take.

    Raises NotOpenError unless both want a tandem, AlreadyInTandemError when the newcomer has as
    many as wanted or was asked, AlreadyTogetherError when the two have one together,
    NoPlaceLeftError when the volunteer's places are taken.
    """
    if any(row.state != ParticipationState.OPEN for row in (volunteer, newcomer)):
        raise NotOpenError
    day = timezone.localdate(at)
    theirs = lowest_free_place(newcomer, on=day)
    if theirs is None:
        raise AlreadyInTandemError
    if Tandem.objects.live().filter(volunteer=volunteer, newcomer=newcomer).exists():
        raise AlreadyTogetherError
    ours = lowest_free_place(volunteer, on=day)
    if ours is None:
        raise NoPlaceLeftError
    return Places(ours, theirs)


def _create(
    volunteer: Participation,
    newcomer: Participation,
    match: Match,
    *,
    places: Places,
    by: User,
    at: datetime,
) -> Tandem:
    try:
        with transaction.atomic():
            return Tandem.objects.create(
                site=volunteer.site,
                volunteer=volunteer,
                newcomer=newcomer,
                state=TandemState.PROPOSED,
                kind=_kind(volunteer, newcomer),
                place=places.volunteer,
                newcomer_place=places.newcomer,
                language=match.language,
                km=match.km,
                reasons=match.reasons,
                created_by=by,
                created_at=at,
            )
    except IntegrityError:
        # Somebody wrote past the lock; the constraints have the last word.
        check_free(volunteer, newcomer, at=at)
        raise NoPlaceLeftError from None


def _kind(volunteer: Participation, newcomer: Participation) -> int:
    """Return the first kind that both want, or that one of them wants."""
    for mask in (volunteer.kinds & newcomer.kinds, newcomer.kinds, volunteer.kinds):
        if mask:
            return (mask & -mask).bit_length() - 1
    return 0


def _ask(tandem: Tandem, side: Side, *, at: datetime) -> None:
    days = timedelta(days=tandem.site.carrier.expire_after_days)
    answer = Answer.objects.create(
        tandem=tandem, side=side, nonce=new_nonce(), asked_at=at, expires_at=at + days
    )
    send_question(answer, at=at)


def send_question(answer: Answer, *, at: datetime, is_reminder: bool = False) -> None:
    """Send the link by mail; those without mail get it from the site, spoken or on paper."""
    site = answer.site
    put_in(
        key=message_key(answer, "remind" if is_reminder else "ask"),
        kind="proposal_reminder" if is_reminder else "proposal_question",
        to=answer.participation.person,
        context={"site": site, "link": answer_link(answer), "until": answer.expires_at},
        at=at,
        scope=site.audit_scope,
    )


def message_key(answer: Answer, what: str) -> str:
    """Return the key under which a message about this question goes out once."""
    return f"tandems.answer/{answer.pk}/{what}/{answer.asked_at.timestamp():.0f}"


def outdate_suggestions(volunteer: Participation, newcomer: Participation, *, at: datetime) -> None:
    """Take away what a proposal has made impossible: suggestions, and pairs with other sites."""
    gone, day = Q(volunteer=volunteer, newcomer=newcomer), timezone.localdate(at)
    for one in (volunteer, newcomer):
        if lowest_free_place(one, on=day) is None:
            gone |= Q(**{one.side: one})
    AcrossOffer.objects.filter(gone).delete()
    open_ones = Suggestion.objects.filter(gone, state=SuggestionState.OPEN)
    open_ones.update(state=SuggestionState.OUTDATED, decided_at=at)


def rule_out(
    *,
    volunteer: Participation,
    newcomer: Participation,
    reason: DeclineReason,
    note: str = "",
    by: User | None,
    at: datetime,
) -> DeclinedPair:
    """Never suggest these two to each other again. The first reason stays."""
    pair, _ = DeclinedPair.objects.get_or_create(
        volunteer=volunteer,
        newcomer=newcomer,
        defaults={"reason": reason, "note": note, "declined_by": by, "declined_at": at},
    )
    return pair


def close_proposal(
    tandem: Tandem,
    *,
    to: TandemState,
    by: Actor,
    at: datetime,
    tell: Iterable[Answer],
    reason: str = "",
) -> None:
    """End a proposal and tell kindly, without a reason, those who were asked and are to know.

    Questions that have not gone out are taken back, and who was never asked is told nothing. When
    somebody has no mail or nobody answered, the worklist asks the site to speak with both.
    """
    record_move(tandem, to=to, by=by, at=at, reason=reason)
    is_everybody_told = to == TandemState.DECLINED
    asked = [answer for answer in tandem.answers.all() if not _take_back(answer, by=by, at=at)]
    told = {answer.pk for answer in tell}
    for answer in asked:
        if answer.pk in told:
            is_everybody_told &= _tell_closed(answer, at=at)
    if is_everybody_told:
        tandem.followed_up_at = at
        tandem.save(update_fields=["followed_up_at"])


def _take_back(answer: Answer, *, by: Actor, at: datetime) -> bool:
    """Cancel what still waits in the outbox. Return whether the question itself never went out."""
    cancel(key=message_key(answer, "remind"), by=by, at=at)
    return cancel(key=message_key(answer, "ask"), by=by, at=at)


def _tell_closed(answer: Answer, *, at: datetime) -> bool:
    message = put_in(
        key=message_key(answer, "closed"),
        kind="proposal_closed",
        to=answer.participation.person,
        context={"site": answer.site},
        at=at,
        scope=answer.site.audit_scope,
    )
    return message is not None


@transaction.atomic
def withdraw_proposal(*, tandem_id: int, reason: str, by: User, at: datetime) -> Tandem:
    """Take a proposal back for the site; both who were asked are told, nobody is ruled out.

    The caller has checked ``tandems.propose``. Raises IllegalMoveError.
    """
    tandem = Tandem.objects.select_for_update().get(pk=tandem_id)
    tell = tandem.answers.exclude(state=AnswerState.NO)
    close_proposal(tandem, to=TandemState.DECLINED, by=by, at=at, tell=tell, reason=reason)
    return tandem


@transaction.atomic
def follow_up(*, tandem_id: int, by: User, at: datetime) -> Tandem:
    """Note that the site has spoken with both about a proposal that came to nothing."""
    tandem = Tandem.objects.select_for_update().get(pk=tandem_id)
    if tandem.followed_up_at is None:
        tandem.followed_up_at = at
        tandem.save(update_fields=["followed_up_at"])
        audit.record(action="tandems.follow_up", by=by, at=at, target=tandem)
    return tandem
