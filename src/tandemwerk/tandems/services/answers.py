"""What both sides say to a proposal, and what follows from it."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.crypto import constant_time_compare

from tandemwerk.core import audit
from tandemwerk.core.actors import SYSTEM, Actor
from tandemwerk.core.links import BadLinkError
from tandemwerk.core.moves import IllegalMoveError, check_move
from tandemwerk.messaging.services import put_in
from tandemwerk.people.models import User
from tandemwerk.tandems.enums import ANSWER_MOVES, AnswerState, DeclineReason, TandemState
from tandemwerk.tandems.errors import AnswerExpiredError, AnswerGivenError
from tandemwerk.tandems.links import new_nonce
from tandemwerk.tandems.models import Answer, Tandem
from tandemwerk.tandems.queries.proposals import answers_to_remind, proposals_to_expire
from tandemwerk.tandems.services.proposals import (
    close_proposal,
    message_key,
    rule_out,
    send_question,
)


@transaction.atomic
def give_answer(
    *, answer_id: int, nonce: str, state: AnswerState, note: str, by: Actor, at: datetime
) -> Answer:
    """Take what somebody said through their link. Saying the same twice changes nothing.

    Raises BadLinkError for a link that was replaced, AnswerGivenError after yes or no, and
    AnswerExpiredError when the time is over or the proposal is no longer open.
    """
    answer = _held(answer_id)
    if not constant_time_compare(answer.nonce, nonce):
        raise BadLinkError
    is_change = answer.state in ANSWER_MOVES and answer.state != state
    if is_change and answer.expires_at <= at:
        raise AnswerExpiredError
    return _take(answer, state=state, note=note, by=by, at=at)


@transaction.atomic
def answer_for(*, answer_id: int, state: AnswerState, note: str, by: User, at: datetime) -> Answer:
    """Take what somebody said by phone or at the site. The same twice changes nothing.

    The caller has checked ``tandems.record_answer``. Raises AnswerGivenError, and
    AnswerExpiredError when the proposal is no longer open.
    """
    return _take(_held(answer_id), state=state, note=note, by=by, at=at)


def _held(answer_id: int) -> Answer:
    """Return the answer with its tandem's row held: both sides may answer at the same moment."""
    tandem_id = Answer.objects.values_list("tandem_id", flat=True).get(pk=answer_id)
    tandem = (
        Tandem.objects.select_for_update(of=("self",))
        .select_related("site__carrier", "volunteer__person", "newcomer__person")
        .get(pk=tandem_id)
    )
    answer = Answer.objects.select_for_update().get(pk=answer_id)
    answer.tandem = tandem
    return answer


def _take(answer: Answer, *, state: AnswerState, note: str, by: Actor, at: datetime) -> Answer:
    if answer.state == state:
        return answer
    try:
        check_move(ANSWER_MOVES, current=AnswerState(answer.state), target=state)
    except IllegalMoveError:
        raise AnswerGivenError from None
    if answer.tandem.state != TandemState.PROPOSED:
        raise AnswerExpiredError
    answer.state, answer.note, answer.answered_at = state, note, at
    answer.save(update_fields=["state", "note", "answered_at"])
    audit.record(
        action="tandems.record_answer",
        by=by,
        at=at,
        target=answer,
        changes={"side": answer.side, "state": state},
    )
    if state == AnswerState.NO:
        _decline(answer, by=by, at=at)
    elif state == AnswerState.YES and is_wanted_by_both(answer.tandem):
        _tell_both_said_yes(answer.tandem, at=at)
    return answer


def is_wanted_by_both(tandem: Tandem) -> bool:
    """Tell whether both sides said yes: then the first meeting can be arranged."""
    return not tandem.answers.exclude(state=AnswerState.YES).exists()


def _decline(answer: Answer, *, by: Actor, at: datetime) -> None:
    tandem = answer.tandem
    others = tandem.answers.exclude(pk=answer.pk).exclude(state=AnswerState.NO)
    close_proposal(tandem, to=TandemState.DECLINED, by=by, at=at, tell=others)
    rule_out(
        volunteer=tandem.volunteer,
        newcomer=tandem.newcomer,
        reason=DeclineReason.ANSWER,
        by=None,
        at=at,
    )


def _tell_both_said_yes(tandem: Tandem, *, at: datetime) -> None:
    for answer in tandem.answers.all():
        put_in(
            key=message_key(answer, "both"),
            kind="proposal_both_yes",
            to=answer.participation.person,
            context={"site": tandem.site},
            at=at,
            scope=tandem.audit_scope,
        )


@transaction.atomic
def renew_links(*, answer_id: int, by: User, at: datetime) -> Answer:
    """Ask once more with a new link and a new time to answer; the old link is worth nothing.

    The caller has checked ``tandems.record_answer``. Raises AnswerGivenError or
    AnswerExpiredError.
    """
    answer = _held(answer_id)
    if answer.state not in ANSWER_MOVES:
        raise AnswerGivenError
    if answer.tandem.state != TandemState.PROPOSED:
        raise AnswerExpiredError
    answer.nonce = new_nonce()
    answer.asked_at = at
    answer.reminded_at = None
    answer.expires_at = at + timedelta(days=answer.site.carrier.expire_after_days)
    answer.save(update_fields=["nonce", "asked_at", "reminded_at", "expires_at"])
    audit.record(
        action="tandems.renew_link", by=by, at=at, target=answer, changes={"side": answer.side}
    )
    send_question(answer, at=at)
    return answer


def remind_answers(at: datetime) -> int:
    """Remind, once, those who have not answered for as long as their carrier waits.

    Safe to run at any time and twice. Return how many were reminded.
    """
    return sum(_remind(answer_id, at=at) for answer_id in answers_to_remind(at=at))


@transaction.atomic
def _remind(answer_id: int, *, at: datetime) -> bool:
    answer = _held(answer_id)
    is_due = (
        answer.state == AnswerState.WAITING
        and answer.reminded_at is None
        and answer.tandem.state == TandemState.PROPOSED
    )
    if is_due:
        answer.reminded_at = at
        answer.save(update_fields=["reminded_at"])
        send_question(answer, at=at, is_reminder=True)
    return is_due


def expire_answers(at: datetime) -> int:
    """End the proposals that somebody has not answered in time. Return how many.

    Who asked for a call has answered: then it is the site's turn, and nothing expires. Safe to run
    at any time and twice.
    """
    return sum(_expire(tandem_id, at=at) for tandem_id in proposals_to_expire(at=at))


@transaction.atomic
def _expire(tandem_id: int, *, at: datetime) -> bool:
    tandem = Tandem.objects.select_for_update().get(pk=tandem_id)
    late = Q(state=AnswerState.WAITING, expires_at__lte=at)
    if tandem.state != TandemState.PROPOSED or not tandem.answers.filter(late).exists():
        return False
    answered = tandem.answers.filter(state__in=(AnswerState.YES, AnswerState.CALL_ME))
    close_proposal(tandem, to=TandemState.EXPIRED, by=SYSTEM, at=at, tell=answered)
    return True
