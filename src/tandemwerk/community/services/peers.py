"""One member asks another: for an answer, a visit, a peer consultation. No address is shown."""

from datetime import date, datetime
from typing import Final

from django.db import transaction
from django.urls import reverse

from tandemwerk.community.enums import PEER_MOVES, PeerKind, PeerState
from tandemwerk.community.errors import AlreadySettledError, CommunityError, TooFastError
from tandemwerk.community.models import PeerRequest
from tandemwerk.core import audit
from tandemwerk.core.actors import SYSTEM, Actor
from tandemwerk.core.moves import IllegalMoveError, check_move
from tandemwerk.messaging.notices import notify
from tandemwerk.people.models import User
from tandemwerk.programme.models import Site

REPLY: Final = "community.peer"
#: So many requests a day of one person: nobody writes to everybody.
A_DAY: Final = 15


class NotAskableError(CommunityError):
    """Somebody does not stand in the directory, or hosts no visits."""


@transaction.atomic
def ask_peer(
    *,
    host: User,
    kind: PeerKind,
    subject: str,
    text: str,
    by: User,
    at: datetime,
    proposed_on: date | None = None,
    site: Site | None = None,
) -> PeerRequest:
    """Ask a member who stands in the directory. They are told, and can answer by mail.

    Raises NotAskableError, TooFastError.
    """
    profile = getattr(host, "profile", None)
    may_host = kind != PeerKind.VISIT or (profile is not None and profile.hosts_visits)
    if profile is None or not profile.is_listed or not host.is_active or not may_host:
        raise NotAskableError
    since = at.replace(hour=0, minute=0, second=0, microsecond=0)
    if PeerRequest.objects.filter(asker=by, created_at__gte=since).count() >= A_DAY:
        raise TooFastError(24 * 3600)
    request = PeerRequest.objects.create(
        kind=kind,
        asker=by,
        host=host,
        site=site,
        subject=subject,
        text=text,
        proposed_on=proposed_on,
        created_at=at,
    )
    _tell(request, "peer_asked", to=host, by=by, text=text, at=at)
    audit.record(
        action="community.ask_peer", by=by, at=at, target=request, changes={"kind": str(kind)}
    )
    return request


@transaction.atomic
def agree(
    *,
    request_id: int,
    agreed_at: datetime,
    minutes: int,
    place: str,
    answer: str,
    by: User,
    at: datetime,
) -> PeerRequest:
    """Agree on day and place, or on other ones. Both get a calendar entry.

    Raises IllegalMoveError where it was called off or declined meanwhile.
    """
    request = _locked(request_id)
    is_change = request.state == PeerState.AGREED
    if not is_change:
        _move(request, PeerState.AGREED)
    elif request.kind == PeerKind.QUESTION:
        raise IllegalMoveError(request.state, PeerState.AGREED)
    request.agreed_at, request.minutes, request.place = agreed_at, minutes, place
    request.sequence += is_change
    if answer:
        request.answer = answer
    request.settled_at = at
    request.save()
    _tell(request, "peer_answered", to=request.other(by), by=by, text=answer, at=at)
    audit.record(action="community.agree_peer", by=by, at=at, target=request)
    return request


@transaction.atomic
def answer_question(*, request_id: int, answer: str, by: User, at: datetime) -> PeerRequest:
    """Answer a question; with that it is done. Raises IllegalMoveError."""
    request = _locked(request_id)
    if request.kind != PeerKind.QUESTION or request.host_id != by.pk:
        raise IllegalMoveError(request.state, PeerState.DONE)
    _move(request, PeerState.DONE)
    request.answer, request.settled_at = answer, at
    request.save()
    _tell(request, "peer_answered", to=request.asker, by=by, text=answer, at=at)
    audit.record(action="community.answer_peer", by=by, at=at, target=request)
    return request


@transaction.atomic
def decline(*, request_id: int, answer: str, by: User, at: datetime) -> PeerRequest:
    """Say no, with a word. Raises IllegalMoveError."""
    request = _locked(request_id)
    _move(request, PeerState.DECLINED)
    request.answer, request.settled_at = answer, at
    request.save()
    _tell(request, "peer_answered", to=request.asker, by=by, text=answer, at=at)
    audit.record(action="community.decline_peer", by=by, at=at, target=request)
    return request


@transaction.atomic
def cancel(*, request_id: int, by: User, at: datetime) -> PeerRequest:
    """Call it off. Raises IllegalMoveError."""
    request = _locked(request_id)
    _move(request, PeerState.CANCELLED)
    request.sequence += 1
    request.settled_at = at
    request.save()
    _tell(request, "peer_cancelled", to=request.other(by), by=by, text="", at=at)
    audit.record(action="community.cancel_peer", by=by, at=at, target=request)
    return request


@transaction.atomic
def look_back(*, request_id: int, took: str, by: User, at: datetime) -> PeerRequest:
    """Keep what somebody takes from a visit or a consultation; each their own words.

    Raises AlreadySettledError before it has taken place.
    """
    request = _locked(request_id)
    if request.state == PeerState.AGREED and request.agreed_at and request.agreed_at <= at:
        _move(request, PeerState.DONE)
    if request.state != PeerState.DONE or request.kind == PeerKind.QUESTION:
        raise AlreadySettledError
    field = "asker_took" if request.asker_id == by.pk else "host_took"
    setattr(request, field, took)
    request.save()
    audit.record(action="community.look_back", by=by, at=at, target=request)
    return request


@transaction.atomic
def finish(*, request_id: int, at: datetime) -> None:
    """Ask both how it was, once what they agreed on is over. Twice is once."""
    request = _locked(request_id)
    if request.state != PeerState.AGREED:
        return
    _move(request, PeerState.DONE)
    request.save(update_fields=["state"])
    for one in (request.asker, request.host):
        notify(
            key=f"community.peer_over:{request.pk}:{one.pk}",
            kind="community.peer_over",
            to=[one.pk],
            url=reverse("community:peer", args=[request.pk]),
            context={"who": str(request.other(one)), "subject": request.subject},
            at=at,
        )
    audit.record(action="community.finish_peer", by=SYSTEM, at=at, target=request)


def _locked(request_id: int) -> PeerRequest:
    rows = PeerRequest.objects.select_for_update(of=("self",))
    return rows.select_related("asker", "host").get(pk=request_id)


def _move(request: PeerRequest, target: PeerState) -> None:
    """Move a request on; a visit is not done before it is agreed."""
    check_move(PEER_MOVES, current=PeerState(request.state), target=target)
    is_question = request.kind == PeerKind.QUESTION
    skips = request.state == PeerState.ASKED and target == PeerState.DONE
    if (skips and not is_question) or (is_question and target == PeerState.AGREED):
        raise IllegalMoveError(request.state, target)
    request.state = target


def _tell(request: PeerRequest, what: str, *, to: User, by: Actor, text: str, at: datetime) -> None:
    notify(
        key=f"community.{what}:{request.pk}:{request.sequence}:{at.timestamp():.0f}",
        kind=f"community.{what}",
        to=[to.pk],
        url=reverse("community:peer", args=[request.pk]),
        context={
            "who": str(request.other(to).name or request.other(to)),
            "kind": request.kind,
            "subject": request.subject,
            "text": text[:2000],
        },
        by=by,
        at=at,
        reply_purpose=REPLY if what == "peer_asked" else "",
        reply_object=request.pk if what == "peer_asked" else None,
    )
