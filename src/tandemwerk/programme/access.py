"""Who gets at what: a team's site, a right, and the trace that reading leaves."""

from datetime import datetime, timedelta
from typing import Any, Final, TypeVar

from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest

from tandemwerk.core import audit
from tandemwerk.core.keys import key_of
from tandemwerk.core.models import AuditEntry
from tandemwerk.core.prepared import Prepared
from tandemwerk.people.models import User
from tandemwerk.programme.models import Site, Viewer, own_sites

M = TypeVar("M", bound=Any)

#: Reading the same record again within this time is the same visit.
ONE_VISIT: Final = timedelta(hours=1)


#: Whether somebody has read a record within a time.
_readings: Final = Prepared(
    lambda kind, key, action, reader_kind, reader, after, until: AuditEntry.objects.filter(
        target_type=kind,
        target_id=key,
        action=action,
        actor_kind=reader_kind,
        actor_id=reader,
        at__gt=after,
        at__lte=until,
    ).values_list("pk")[:1]
)


def site_or_404(request: HttpRequest, slug: str) -> Site:
    """Return a site in whose team the visitor is; for everybody else it does not exist."""
    for site in own_sites(request.user):
        if site.slug == slug:
            return site
    raise Http404


def own_record(user: Viewer, pk: int, ask: Prepared[M]) -> M | None:
    """Return the record ``pk`` with its site, if ``user`` is in the team of that site.

    ``ask`` takes the record's number and those of the sites.
    """
    sites, key = {site.pk: site for site in own_sites(user)}, key_of(pk)
    if key is None or not sites:
        return None
    for found in ask(key, *sites):
        found.site = sites[found.site_id]
        return found
    return None


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
    before = _readings(
        obj._meta.label_lower, obj.pk, action, user.actor_kind, user.actor_id, at - ONE_VISIT, at
    )
    if before:
        return None
    return audit.record(action=action, by=user, at=at, target=obj, scope=_scope(obj))


def _scope(obj: models.Model) -> str:
    own = getattr(obj, "audit_scope", "")
    return str(own or getattr(getattr(obj, "site", None), "audit_scope", ""))
