"""Reading what is confidential leaves a trace, too."""

from datetime import datetime, timedelta
from typing import Final

from django.db import models

from tandemwerk.core import audit
from tandemwerk.core.models import AuditEntry
from tandemwerk.people.models import User

#: Reading the same record again within this time is the same visit.
ONE_VISIT: Final = timedelta(hours=1)


def record_read(user: User, obj: models.Model, at: datetime) -> AuditEntry | None:
    """Write that ``user`` read the confidential record ``obj``: once an hour, not at each click.

    The action is named after the record: ``intake.read_participation``. Returns None when the
    visit is written down already.
    """
    action = f"{obj._meta.app_label}.read_{obj._meta.model_name}"
    before = AuditEntry.objects.about(obj).filter(
        action=action,
        actor_kind=user.actor_kind,
        actor_id=user.actor_id,
        at__gt=at - ONE_VISIT,
        at__lte=at,
    )
    if before.exists():
        return None
    return audit.record(action=action, by=user, at=at, target=obj, scope=_scope(obj))


def _scope(obj: models.Model) -> str:
    own = getattr(obj, "audit_scope", "")
    return str(own or getattr(getattr(obj, "site", None), "audit_scope", ""))
