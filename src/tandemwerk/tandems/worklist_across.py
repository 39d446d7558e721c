"""Pairs with other sites that wait for the site: to answer, to hand over, to propose."""

from datetime import datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tandemwerk.core.worklist import Work, WorkItem, source, work_of
from tandemwerk.intake.enums import ParticipationState, Side
from tandemwerk.intake.models import Participation
from tandemwerk.programme.models import Site, written_sites
from tandemwerk.tandems.enums import RequestState
from tandemwerk.tandems.models import ReachRequest, Tandem
from tandemwerk.tandems.queries.promised import offers_at, still_looking


@source
def pairs_with_other_sites(user: Any, _at: datetime, limit: int) -> Work:
    """Return the requests to answer, to hand somebody over for, and handed over to propose."""
    mine = written_sites(user)
    in_life = Q(asking__state=ParticipationState.OPEN, asked__state=ParticipationState.OPEN)
    agreed = Q(state=RequestState.AGREED) & (Q(asking_site__in=mine) | Q(asked_site__in=mine))
    here = Q(
        state=RequestState.HANDED_OVER,
        handed_to__in=mine,
        asking__site=F("handed_to"),
        asked__site=F("handed_to"),
    )
    waiting = ReachRequest.objects.filter(
        Q(state=RequestState.ASKED, asked_site__in=mine) | ((agreed | here) & in_life)
    )
    rows = (
        waiting.exclude(Q(state=RequestState.HANDED_OVER) & _has_tandem())
        .select_related("asking_site", "asked_site", "asking__person", "asked__person")
        .order_by("asked_at", "pk")
    )
    return work_of(rows, limit, lambda row: _item(row, mine))


@source
def pairs_found_with_other_sites(user: Any, at: datetime, limit: int) -> Work:
    """Return the sites for which a round found pairs with others that nobody has asked about."""
    mine = written_sites(user)
    offers = still_looking(offers_at(on=timezone.localdate(at)).of_sites(mine))
    if not offers:
        return Work(items=[], count=0)
    numbers = {number for pair, _at in offers for number in pair}
    people = Participation.objects.filter(pk__in=numbers, site__in=mine)
    site_of = dict(people.values_list("pk", "site_id"))
    found: dict[int, list[datetime]] = {}
    for pair, offered_at in offers:
        for number in {site_of[each] for each in pair if each in site_of}:
            found.setdefault(number, []).append(offered_at)
    sites = Site.objects.filter(pk__in=found).order_by("name", "pk")
    items = [_found(site, found[site.pk]) for site in sites]
    return Work(items=items[:limit], count=len(items))


def _found(site: Site, moments: list[datetime]) -> WorkItem:
    count = ngettext(
        "%(count)s pair with another site", "%(count)s pairs with other sites", len(moments)
    )
    return WorkItem(
        key=f"tandems.found_across/{site.pk}",
        title=count % {"count": len(moments)},
        reason=_("%(site)s: found for you. Nobody has been asked yet.") % {"site": site.name},
        url=reverse("tandems:across", kwargs={"slug": site.slug}),
        button=_("Look through"),
        urgency="soon",
        since=min(moments),
        icon="building",
    )


def _has_tandem() -> Q:
    """Return the condition that the two were proposed to each other, whatever came of it."""
    asking, asked = OuterRef("asking"), OuterRef("asked")
    tandems = Tandem.objects.filter(
        Q(volunteer=asking, newcomer=asked) | Q(volunteer=asked, newcomer=asking)
    )
    return Q(Exists(tandems))


def _item(row: Any, mine: list[int]) -> WorkItem:
    ours = row.asked_site if row.asked_site_id in mine else row.asking_site
    if row.state == RequestState.ASKED:
        return _line(
            row,
            ours,
            what="answer",
            title=_("Answer %(site)s") % {"site": row.asking_site},
            reason=_("The site asks about a pair with one of your people."),
            button=_("Look"),
            since=row.asked_at,
        )
    names = {"volunteer": row.asking.person, "newcomer": row.asked.person}
    if row.asking.side == Side.NEWCOMER:
        names = {"volunteer": row.asked.person, "newcomer": row.asking.person}
    pair = _("%(volunteer)s and %(newcomer)s") % names
    if row.state == RequestState.AGREED:
        return _line(
            row,
            ours,
            what="accompany",
            title=_("Who accompanies %(pair)s?") % {"pair": pair},
            reason=_("Both sites said yes. One of them hands its person over to the other."),
            button=_("Look"),
            since=row.answered_at or row.asked_at,
        )
    return _line(
        row,
        row.asked_site if row.handed_to_id == row.asked_site_id else row.asking_site,
        what="propose",
        title=_("Propose %(pair)s") % {"pair": pair},
        reason=_("Both are with your site now, and nobody has asked them yet."),
        button=_("Look"),
        since=row.handed_at,
    )


def _line(row: Any, site: Site, *, what: str, **words: Any) -> WorkItem:
    return WorkItem(
        key=f"tandems.across/{row.pk}/{what}",
        url=reverse("tandems:across", kwargs={"slug": site.slug}) + f"#request-{row.pk}",
        urgency="soon",
        icon="building",
        **words,
    )
