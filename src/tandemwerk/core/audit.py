"""One entry for each thing done, written by the service that does it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import models

from tandemwerk.core.actors import Actor
from tandemwerk.core.models import AuditEntry


def record(
    *,
    action: str,
    by: Actor,
    at: datetime,
    target: models.Model,
    scope: str = "",
    changes: Mapping[str, Any] | None = None,
    reason: str = "",
) -> AuditEntry:
    """Write that ``by`` did ``action`` to ``target``.

    ``action`` is a permission's name (``tandems.move_tandem``). ``scope`` is the path of the
    branch it belongs to, as the record's ``audit_scope`` says when it has one. ``changes`` are
    JSON values and hold no names, addresses or free text about persons.
    """
    return AuditEntry.objects.create(
        at=at,
        actor_kind=by.actor_kind,
        actor_id=by.actor_id,
        action=action,
        target_type=target._meta.label_lower,
        target_id=target.pk,
        scope=scope or getattr(target, "audit_scope", ""),
        changes=dict(changes or {}),
        reason=reason,
    )


def record_many(
    *,
    action: str,
    by: Actor,
    at: datetime,
    targets: Sequence[models.Model],
    scope: str,
    changes: Mapping[str, Any] | None = None,
) -> None:
    """Write that ``by`` did ``action`` to each of ``targets``, which are of one kind."""
    AuditEntry.objects.bulk_create(
        AuditEntry(
            at=at,
            actor_kind=by.actor_kind,
            actor_id=by.actor_id,
            action=action,
            target_type=target._meta.label_lower,
            target_id=target.pk,
            scope=scope,
            changes=dict(changes or {}),
        )
        for target in targets
    )
