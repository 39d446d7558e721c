"""A word that is another one as soon as what somebody sees of their sites may have changed."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Func, Q, QuerySet
from django.utils.translation import get_language

from tandemwerk.core.models import AuditEntry
from tandemwerk.core.prepared import Prepared
from tandemwerk.people.models import User
from tandemwerk.programme.models import Site, memberships_of

#: Days pass, and other rooms have news: after so long everything is asked again in any case.
KEPT_FOR: Final = timedelta(minutes=1)


def _last(trail: QuerySet[AuditEntry]) -> QuerySet[AuditEntry, tuple[int | None]]:
    """Return one row: the number of the newest entry. As a function, so that nothing is grouped."""
    return trail.order_by().values_list(Func("pk", function="MAX"))


_last_of_all: Final = Prepared(lambda: _last(AuditEntry.objects.all()))
_last_in: Final = Prepared(
    lambda kind, key, *scopes: _last(
        AuditEntry.objects.filter(Q(scope__in=scopes) | Q(actor_kind=kind, actor_id=key))
    )
)


def version_for(user: User, sites: Iterable[Site], *, at: datetime) -> str:
    """Return the version of what ``user``, who is in the teams of ``sites``, has to do and to see.

    Every change stands in the audit trail. As long as nobody has changed anything in these sites
    or their carriers, and ``user`` nothing anywhere, what was read a moment ago is still true.
    """
    scopes = {site.audit_scope for site in sites} | {f"carrier/{s.carrier_id}/" for s in sites}
    return _version(user, _last_in(user.actor_kind, user.actor_id, *sorted(scopes)), at=at)


def whole_version_for(user: User, *, at: datetime) -> str:
    """Return the version of what ``user`` sees of the whole programme: of all that is done."""
    return _version(user, _last_of_all(), at=at)


def _version(user: User, last: list[tuple[int | None]], *, at: datetime) -> str:
    roles = ",".join(sorted(f"{each.pk}{each.role}" for each in memberships_of(user)))
    slot = int(at.timestamp() // KEPT_FOR.total_seconds())
    return f"{user.pk}/{get_language()}/{last}/{slot}/{roles}"
