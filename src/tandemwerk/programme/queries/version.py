"""A word that is another one as soon as what somebody sees of their sites may have changed."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Max, Q, QuerySet
from django.utils.translation import get_language

from tandemwerk.core.models import AuditEntry
from tandemwerk.people.models import User
from tandemwerk.programme.models import Site, memberships_of

#: Days pass, and other rooms have news: after so long everything is asked again in any case.
KEPT_FOR: Final = timedelta(minutes=1)


def version_for(user: User, sites: Iterable[Site], *, at: datetime) -> str:
    """Return the version of what ``user``, who is in the teams of ``sites``, has to do and to see.

    Every change stands in the audit trail. As long as nobody has changed anything in these sites
    or their carriers, and ``user`` nothing anywhere, what was read a moment ago is still true.
    """
    scopes = {site.audit_scope for site in sites} | {f"carrier/{s.carrier_id}/" for s in sites}
    mine = Q(actor_kind=user.actor_kind, actor_id=user.actor_id)
    return _version(user, AuditEntry.objects.filter(Q(scope__in=scopes) | mine), at=at)


def whole_version_for(user: User, *, at: datetime) -> str:
    """Return the version of what ``user`` sees of the whole programme: of all that is done."""
    return _version(user, AuditEntry.objects.all(), at=at)


def _version(user: User, trail: QuerySet[AuditEntry], *, at: datetime) -> str:
    last = trail.order_by().aggregate(last=Max("pk"))["last"]
    roles = ",".join(sorted(f"{each.pk}{each.role}" for each in memberships_of(user)))
    slot = int(at.timestamp() // KEPT_FOR.total_seconds())
    return f"{user.pk}/{get_language()}/{last}/{slot}/{roles}"
