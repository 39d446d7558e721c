"""Looking across the wall between two sites, asking, answering, and handing somebody over."""

from collections.abc import Iterable
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from tandemwerk.core import audit
from tandemwerk.core.moves import IllegalMoveError, check_move
from tandemwerk.intake import services as intake
from tandemwerk.intake.enums import ParticipationState
from tandemwerk.intake.models import Participation
from tandemwerk.messaging.notices import notify
from tandemwerk.people.enums import ConsentWay
from tandemwerk.people.models import User
from tandemwerk.programme.enums import WRITING_ROLES
from tandemwerk.programme.models import Site
from tandemwerk.tandems.enums import (
    REQUEST_MOVES,
    DeclineReason,
    RequestState,
    SuggestionState,
)
from tandemwerk.tandems.errors import (
    AlreadyThereError,
    InTandemError,
    NotAgreedError,
    NotHereError,
    NotInReachError,
    NotOpenError,
)
from tandemwerk.tandems.models import (
    AcrossOffer,
    DeclinedPair,
    ReachRequest,
    Suggestion,
    Tandem,
)
from tandemwerk.tandems.queries.across import (
    AcrossPair,
    across_pairs,
    offered_pairs,
    partners_of,
)
from tandemwerk.tandems.services.proposals import rule_out


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
    """Ask another site about a pair that is offered now, and tell that site's team.

    Two that ask each other about the same pair at once: the second one finds the question of the
    first. The caller has checked ``tandems.reach_out``. Raises NotInReachError.
    """
    pair = _offered(site, mine_id=mine_id, code=code, at=at)
    request, is_new = ReachRequest.objects.get_or_create(
        asking=pair.mine,
        asked=pair.theirs,
        defaults={
            "asking_site": site,
            "asked_site_id": pair.theirs.site_id,
            "asked_by": by,
            "asked_at": at,
        },
    )
    if is_new:
        _no_longer_offered(pair)
        audit.record(action="tandems.ask_other_site", by=by, at=at, target=request)
        _tell_team("tandems.asked", request, to=request.asked_site, other=site, by=by, at=at)
    return request


@transaction.atomic
def decline_offer(
    *,
    site: Site,
    mine_id: int,
    code: str,
    reason: DeclineReason,
    note: str = "",
    by: User,
    at: datetime,
) -> None:
    """Never offer this pair of two sites again.

    The caller has checked ``tandems.reach_out``. Raises NotInReachError.
    """
    pair = _offered(site, mine_id=mine_id, code=code, at=at)
    volunteer, newcomer = pair.mine, pair.theirs
    if not volunteer.is_volunteer:
        volunteer, newcomer = newcomer, volunteer
    both = {"volunteer": volunteer, "newcomer": newcomer}
    declined = rule_out(**both, reason=reason, note=note, by=by, at=at)
    _no_longer_offered(pair)
    audit.record(
        action="tandems.decline_other_site",
        by=by,
        at=at,
        target=declined,
        scope=site.audit_scope,
    )


def _offered(site: Site, *, mine_id: int, code: str, at: datetime) -> AcrossPair:
    """Return a pair that is offered to a site, both rows held. Raises NotInReachError."""
    day = timezone.localdate(at)
    for offered in (offered_pairs, across_pairs):
        for pair in offered(site, on=day):
            if pair.mine.pk == mine_id and pair.stranger.code == code:
                _hold_pair(pair)
                return pair
    raise NotInReachError


def _hold_pair(pair: AcrossPair) -> None:
    """Hold both; raises NotInReachError where the other site has asked or said no meanwhile."""
    both = pair.mine.pk, pair.theirs.pk
    rows = Participation.objects.select_for_update(no_key=True).filter(pk__in=both).order_by("pk")
    sites = {row.pk: row.site_id for row in rows}
    if sites != {row.pk: row.site_id for row in (pair.mine, pair.theirs)}:
        raise NotInReachError
    asked = ReachRequest.objects.filter(asking=pair.theirs, asked=pair.mine)
    declined = DeclinedPair.objects.filter(volunteer__in=both, newcomer__in=both)
    if asked.exists() or declined.exists():
        raise NotInReachError


def _no_longer_offered(pair: AcrossPair) -> None:
    both = pair.mine.pk, pair.theirs.pk
    AcrossOffer.objects.filter(volunteer__in=both, newcomer__in=both).delete()


@transaction.atomic
def answer_request(*, request_id: int, agrees: bool, by: User, at: datetime) -> ReachRequest:
    """Say yes or no for the site that was asked; after a yes both sites see both names.

    The caller has checked ``tandems.answer_request``. Raises IllegalMoveError.
    """
    request = (
        ReachRequest.objects.select_for_update(of=("self",))
        .select_related("asking_site__carrier", "asked_site__carrier")
        .get(pk=request_id)
    )
    to = RequestState.AGREED if agrees else RequestState.DECLINED
    check_move(REQUEST_MOVES, current=RequestState(request.state), target=to)
    request.state, request.answered_by, request.answered_at = to, by, at
    request.save(update_fields=["state", "answered_by", "answered_at"])
    changes = {"state": to}
    audit.record(action="tandems.answer_request", by=by, at=at, target=request, changes=changes)
    kind = "tandems.agreed" if agrees else "tandems.refused"
    # Who said no stays without a name.
    other = request.asked_site if agrees else None
    _tell_team(kind, request, to=request.asking_site, other=other, by=by, at=at)
    return request


@transaction.atomic
def hand_over(
    *, request_id: int, site: Site, way: ConsentWay, by: User, at: datetime
) -> ReachRequest:
    """Hand the person whom ``site`` brought into an agreed pair over to the other site.

    ``way`` is how the person said yes to it. From then on the other site alone sees and accompanies
    them, and may propose the pair. The caller has checked ``tandems.hand_over``. Raises
    NotAgreedError, NotInReachError, NotHereError, NotOpenError, InTandemError or AlreadyThereError,
    and then nothing is written.
    """
    request, mine, theirs = _held(request_id, site)
    to = request.other_site(site)
    _check_hand_over(request, mine, theirs, site=site, to=to)
    try:
        with transaction.atomic():
            intake.hand_over(participation_id=mine.pk, to=to, way=way, by=by, at=at)
    except IntegrityError:
        raise AlreadyThereError from None
    request.state, request.handed_to, request.handed_way = RequestState.HANDED_OVER, to, way
    request.handed_by, request.handed_at = by, at
    request.save(update_fields=["state", "handed_to", "handed_way", "handed_by", "handed_at"])
    _let_go(mine, site=site, besides=request, at=at)
    _tell_team("tandems.handed_over", request, to=to, other=site, by=by, at=at)
    return request


def _held(request_id: int, site: Site) -> tuple[ReachRequest, Participation, Participation]:
    """Return a request and who is of ``site`` and of the other one, all rows held.

    The site comes first, so that no run of it writes meanwhile; then the people, as everywhere.
    """
    Site.objects.select_for_update(no_key=True).get(pk=site.pk)
    asking, asked = ReachRequest.objects.values_list("asking_id", "asked_id").get(pk=request_id)
    # Without their sites: PostgreSQL drops a row from a join when it waited and the site changed.
    rows = Participation.objects.select_for_update().filter(pk__in=(asking, asked)).order_by("pk")
    people = {row.pk: row for row in rows}
    request = (
        ReachRequest.objects.select_for_update(of=("self",))
        .select_related("asking_site__carrier", "asked_site__carrier")
        .get(pk=request_id)
    )
    if site.pk == request.asked_site_id:
        asking, asked = asked, asking
    return request, people[asking], people[asked]


def _check_hand_over(
    request: ReachRequest, mine: Participation, theirs: Participation, *, site: Site, to: Site
) -> None:
    try:
        check_move(
            REQUEST_MOVES,
            current=RequestState(request.state),
            target=RequestState.HANDED_OVER,
        )
    except IllegalMoveError:
        raise NotAgreedError from None
    if mine.site_id != site.pk:
        raise NotHereError
    if theirs.site_id != to.pk or not partners_of(site).filter(pk=to.pk).exists():
        raise NotInReachError
    if any(each.state != ParticipationState.OPEN for each in (mine, theirs)):
        raise NotOpenError
    if Tandem.objects.live().filter(**{mine.side: mine}).exists():
        raise InTandemError
    there = Participation.objects.filter(person=mine.person_id, site=to, side=mine.side)
    if there.exists():
        raise AlreadyThereError


def _let_go(one: Participation, *, site: Site, besides: ReachRequest, at: datetime) -> None:
    """Take away what the site still had in mind for somebody who is with another one now."""
    Suggestion.objects.filter(run__site=site, state=SuggestionState.OPEN, **{one.side: one}).update(
        state=SuggestionState.OUTDATED, decided_at=at
    )
    others = ReachRequest.objects.filter(
        Q(asking=one) | Q(asked=one), state__in=(RequestState.ASKED, RequestState.AGREED)
    )
    others.exclude(pk=besides.pk).update(state=RequestState.OVER)
    AcrossOffer.objects.filter(**{one.side: one}).delete()


def _tell_team(
    kind: str, request: ReachRequest, *, to: Site, other: Site | None, by: User, at: datetime
) -> None:
    """Tell those who may write for a site what the other one has done."""
    team = to.memberships.filter(role__in=WRITING_ROLES)
    notify(
        key=f"{kind}:{request.pk}",
        kind=kind,
        to=team.values_list("user_id", flat=True),
        url=reverse("tandems:across", kwargs={"slug": to.slug}) + f"#request-{request.pk}",
        context={"site": other.name} if other else {},
        by=by,
        at=at,
        scope=to.audit_scope,
    )
