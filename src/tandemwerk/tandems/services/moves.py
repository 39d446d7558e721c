"""A tandem's states, and the record of every move that the funding rests on."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from tandemwerk.core import audit
from tandemwerk.core.actors import Actor
from tandemwerk.core.moves import check_move
from tandemwerk.tandems.enums import TANDEM_MOVES, TandemState
from tandemwerk.tandems.models import Tandem, TandemMove


def record_move(
    tandem: Tandem,
    *,
    to: TandemState,
    by: Actor,
    at: datetime,
    reason: str = "",
    fields: Mapping[str, Any] | None = None,
) -> TandemMove:
    """Move ``tandem`` to another state and record who, when and why.

    ``fields`` change with it (``founded_on``, ``ended_on``, ``end_reason``). The caller holds the
    tandem's row in a transaction, and tells those whom it concerns. ``reason`` is for the team
    and may speak of persons, so it stays out of the audit trail. Raises IllegalMoveError.
    """
    check_move(TANDEM_MOVES, current=TandemState(tandem.state), target=to)
    changes = dict(fields or {})
    before, tandem.state = tandem.state, to
    for name, value in changes.items():
        setattr(tandem, name, value)
    tandem.save(update_fields=["state", *changes])
    return _write(tandem, before=before, by=by, at=at, reason=reason)


def record_proposal(tandem: Tandem, *, by: Actor, at: datetime) -> TandemMove:
    """Record that ``tandem``, just created, was proposed."""
    return _write(tandem, before="", by=by, at=at, reason="")


def _write(tandem: Tandem, *, before: str, by: Actor, at: datetime, reason: str) -> TandemMove:
    move = TandemMove.objects.create(
        tandem=tandem,
        from_state=before,
        to_state=tandem.state,
        at=at,
        by_kind=by.actor_kind,
        by_id=by.actor_id,
        reason=reason,
    )
    audit.record(
        action="tandems.move_tandem" if before else "tandems.propose",
        by=by,
        at=at,
        target=tandem,
        changes={"from": before, "to": tandem.state},
    )
    return move
