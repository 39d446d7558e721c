"""Looking across the wall between two sites, asking the other one, and its answer."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from tandemwerk.core import audit
from tandemwerk.core.moves import check_move
from tandemwerk.intake.models import Participation
from tandemwerk.people.models import User
from tandemwerk.programme.models import Site
from tandemwerk.tandems.enums import REQUEST_MOVES, RequestState
from tandemwerk.tandems.errors import NotInReachError
from tandemwerk.tandems.models import ReachRequest
from tandemwerk.tandems.queries.across import across_pairs


@transaction.atomic
def note_look(strangers: Iterable[Participation], *, by: User, at: datetime) -> None:
    """Write down whom somebody has seen of another site, where that site finds it."""
    by_site: dict[int, list[Participation]] = {}
    for each in strangers:
        by_site.setdefault(each.site_id, []).append(each)
    for site in Site.objects.filter(pk__in=by_site):
        audit.record_many(
            action="tandems.view_foreign",
            by=by,
            at=at,
            targets=by_site[site.pk],
            scope=site.audit_scope,
        )


@transaction.atomic
def ask_other_site(*, site: Site, mine_id: int, code: str, by: User, at: datetime) -> ReachRequest:
    """Ask another site about a pair that is offered now.

    The caller has checked ``tandems.reach_out``. Raises NotInReachError.
    """
    offered = across_pairs(site, on=timezone.localdate(at))
    pair = next(
        (each for each in offered if each.mine.pk == mine_id and each.stranger.code == code), None
    )
    if pair is None:
        raise NotInReachError
    request, is_new = ReachRequest.objects.get_or_create(
        asking=pair.mine, asked=pair.theirs, defaults={"asked_by": by, "asked_at": at}
    )
    if is_new:
        audit.record(action="tandems.ask_other_site", by=by, at=at, target=request)
    return request


@transaction.atomic
def answer_request(*, request_id: int, agrees: bool, by: User, at: datetime) -> ReachRequest:
    """Say yes or no for the site that was asked; after a yes both sites see both names.

    The caller has checked ``tandems.answer_request``. Raises IllegalMoveError.
    """
    request = ReachRequest.objects.select_for_update().get(pk=request_id)
    to = RequestState.AGREED if agrees else RequestState.DECLINED
    check_move(REQUEST_MOVES, current=RequestState(request.state), target=to)
    request.state, request.answered_by, request.answered_at = to, by, at
    request.save(update_fields=["state", "answered_by", "answered_at"])
    changes = {"state": to}
    audit.record(action="tandems.answer_request", by=by, at=at, target=request, changes=changes)
    return request
