"""What happens to a tandem after the proposal: moves, the agreement and notes.

Meetings have a file of their own and are offered here as well.
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from tandemwerk.core import audit
from tandemwerk.core.actors import Actor
from tandemwerk.people.models import User
from tandemwerk.tandems.enums import EndReason, TandemState
from tandemwerk.tandems.models import Note, Tandem
from tandemwerk.tandems.services.meetings import (
    arrange_meeting,
    begin_trial,
    call_off_coming,
    cancel_meeting,
    change_meeting,
    note_meeting,
)
from tandemwerk.tandems.services.moves import record_move

__all__ = [
    "add_note",
    "arrange_meeting",
    "cancel_meeting",
    "change_agreement",
    "change_meeting",
    "move_tandem",
    "note_meeting",
    "record_export",
]


@transaction.atomic
def move_tandem(
    *,
    tandem_id: int,
    to: TandemState,
    by: Actor,
    at: datetime,
    reason: str = "",
    end_reason: EndReason | str = "",
) -> Tandem:
    """Move a tandem to another state and record who, when and why.

    A trial needs two times yes; with it the tandem is founded. An end frees both places and calls
    off what was still to come. The caller has checked ``tandems.move_tandem``. Raises
    IllegalMoveError, NotBothAgreedError.
    """
    tandem = _locked(tandem_id)
    if to == TandemState.TRIAL and tandem.state == TandemState.PROPOSED:
        begin_trial(tandem, by=by, at=at, reason=reason)
        return tandem
    fields: dict[str, Any] = {}
    if to == TandemState.ENDED:
        why = EndReason(end_reason or EndReason.OTHER)
        fields = {"ended_on": timezone.localdate(at), "end_reason": why}
    record_move(tandem, to=to, by=by, at=at, reason=reason, fields=fields)
    if to == TandemState.ENDED:
        call_off_coming(tandem, at=at)
    return tandem


@transaction.atomic
def change_agreement(*, tandem_id: int, agreement: str, by: Actor, at: datetime) -> Tandem:
    """Write down what both want from each other: how often, where, what for."""
    tandem = _locked(tandem_id)
    tandem.agreement = agreement
    tandem.save(update_fields=["agreement"])
    audit.record(action="tandems.change_agreement", by=by, at=at, target=tandem)
    return tandem


@transaction.atomic
def add_note(*, tandem_id: int, text: str, by: Actor, at: datetime) -> Note:
    """Write a note for the site's own team."""
    tandem = Tandem.objects.select_related("site").get(pk=tandem_id)
    note = Note.objects.create(
        tandem=tandem, text=text, written_by=by if isinstance(by, User) else None, written_at=at
    )
    audit.record(action="tandems.add_note", by=by, at=at, target=note)
    return note


@transaction.atomic
def record_export(*, count: int, scope: str, by: User, at: datetime) -> None:
    """Write down that somebody took a list of tandems with names away."""
    audit.record(
        action="tandems.export_list",
        by=by,
        at=at,
        target=by,
        scope=scope,
        changes={"count": count},
    )


def _locked(tandem_id: int) -> Tandem:
    return Tandem.objects.select_for_update(of=("self",)).select_related("site").get(pk=tandem_id)
