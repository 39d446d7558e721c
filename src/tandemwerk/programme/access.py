"""Who gets at what: a team's site, a right, and the trace that reading leaves."""

from datetime import datetime, timedelta
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest

from tandemwerk.core import audit
from tandemwerk.core.models import AuditEntry
from tandemwerk.people.models import User
from tandemwerk.programme.models import Site, own_sites

#: Reading the same record again within this time is the same visit.
ONE_VISIT: Final = timedelta(hours=1)


def site_or_404(request: HttpRequest, slug: str) -> Site:
    """Return a site in whose team the visitor is; for everybody else it does not exist."""
    for site in own_sites(request.user):
        if site.slug == slug:
            return site
    raise Http404


def check_perm(request: HttpRequest, permission: str, record: Any = None) -> User:
    """Return who is signed in and may do that. Raises PermissionDenied."""
    user = request.user
    if not isinstance(user, User) or not user.has_perm(permission, record):
        raise PermissionDenied
    return user


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
