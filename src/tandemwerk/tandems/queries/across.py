"""Pairs across the walls between sites: candidates without a name, and what two sites agreed."""

from collections.abc import Container, Iterable
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from typing import Any, Final, NamedTuple

from django.db.models import Q, QuerySet
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tandemwerk import pairing
from tandemwerk.intake.models import Participation
from tandemwerk.pairing.vocabulary import MINIMUM_LEVEL
from tandemwerk.people.enums import ConsentPurpose, Topic
from tandemwerk.places import postcodes_around
from tandemwerk.programme.enums import TandemKind
from tandemwerk.programme.models import Site, Viewer
from tandemwerk.tandems.enums import Reach, RequestState
from tandemwerk.tandems.models import DeclinedPair, PairingTerms, ReachRequest, Tandem
from tandemwerk.tandems.queries.candidates import as_newcomer, as_volunteer, locate, willing_at
from tandemwerk.tandems.queries.engine import weights_for
from tandemwerk.tandems.queries.people import Fact, Profile, profile_of
from tandemwerk.tandems.queries.portraits import age_group
from tandemwerk.tandems.queries.promised import offers_at, promised_across, still_looking
from tandemwerk.tandems.queries.together import left_by_last_runs
from tandemwerk.tandems.reasons import Fit, Said, fit_of, language_name, reasons_in_words
from tandemwerk.tandems.words import km_roughly, listed

_AREA: Final = 2
_CODE: Final = 8
#: Reasons that may be told of somebody who did not agree to be described, and of others. The
#: distance is said roughly, elsewhere.
_TOLD_OF_EACH: Final = frozenset({"language", "kind"})
_TOLD_OF_ALL: Final = _TOLD_OF_EACH | {"slot", "topic", "interest", "waiting"}


@dataclass(frozen=True, kw_only=True)
class Stranger:
    """Somebody of another site: a made-up sign, and nothing to find them by."""

    code: str
    facts: list[Fact]


@dataclass(frozen=True, kw_only=True)
class AcrossPair:
    """Somebody of the own site and somebody of another one who would fit."""

    mine: Participation
    facts: Profile
    theirs: Participation
    stranger: Stranger
    fit: Fit
    reasons: list[Said]

    @property
    def key(self) -> str:
        """Return a sign of the pair for the page of the own site."""
        return f"{self.mine.pk}-{self.stranger.code}"


@dataclass(frozen=True, kw_only=True)
class AcrossRequest:
    """A request as one of the two sites sees it; the other person has a name once both said yes.

    After one was handed over, the site that accompanies the pair sees both, the other site nobody.
    """

    request: ReachRequest
    #: The own person, and with no name who is no longer of the site.
    mine: Participation | None
    own: Stranger
    facts: Profile
    theirs: Participation | None
    #: Of the other one, once they are of the site.
    their_facts: Profile
    stranger: Stranger
    #: The site with which this one speaks.
    other: Site
    is_to_answer: bool
    #: The two may be proposed here; ``tandem`` is what has become of it.
    is_here: bool
    volunteer_id: int
    newcomer_id: int
    tandem: Tandem | None = None

    @property
    def may_hand_over(self) -> bool:
        return self.request.state == RequestState.AGREED and self.mine is not None


def reach_of(site: Site) -> Reach:
    """Return how far a site's carrier lets pairs be looked for."""
    terms = PairingTerms.objects.filter(carrier=site.carrier_id).values_list("reach", flat=True)
    return Reach(terms.first() or Reach.NONE)


def partners_of(site: Site) -> QuerySet[Site]:
    """Return the other sites with which pairs may be looked for: both carriers agreed to it."""
    reach = reach_of(site)
    if reach == Reach.NONE:
        return Site.objects.none()
    within = Q(carrier=site.carrier_id)
    if reach == Reach.AGREED:
        within |= Q(carrier__pairing_terms__reach=Reach.AGREED)
    return Site.objects.filter(within).exclude(pk=site.pk)


def offered_pairs(site: Site, *, on: date) -> list[AcrossPair]:
    """Return the pairs with other sites that a round found, of people who still have a place."""
    offers = list(offers_at(on=on).of_sites([site.pk]).order_by("-score", "pk"))
    if not offers:
        return []
    sites = Site.objects.filter(Q(pk=site.pk) | Q(pk__in=partners_of(site).values("pk")))
    numbers = chain.from_iterable((each.volunteer_id, each.newcomer_id) for each in offers)
    rows = {row.pk: row for row in _with_a_place(sites, numbers, on=on)}
    return [
        _shown(
            (rows[each.volunteer_id], rows[each.newcomer_id]),
            _Found(score=each.score, km=each.km, reasons=each.reasons),
            site,
            on=on,
        )
        for each in offers
        if each.volunteer_id in rows and each.newcomer_id in rows
    ]


def count_offered(site: Site, *, on: date) -> int:
    """Count the pairs with other sites that a round found for a site."""
    return len(still_looking(offers_at(on=on).of_sites([site.pk])))


def across_pairs(site: Site, *, on: date) -> list[AcrossPair]:
    """Pair those whom the last runs left, here and at the partners, in a handful of queries."""
    mine = _left(Site.objects.filter(pk=site.pk), on=on)
    theirs = _left_around(mine, partners_of(site), on=on) if mine else []
    if not theirs:
        return []
    everybody = {str(row.pk): row for row in chain(mine, theirs)}
    blocked = _ruled_out(everybody)
    found: list[Any] = []
    for givers, takers in ((mine, theirs), (theirs, mine)):
        result = pairing.pair_people(
            [as_volunteer(row) for row in givers if row.is_volunteer],
            [as_newcomer(row) for row in takers if not row.is_volunteer],
            locate=locate,
            today=on,
            blocked=blocked,
            weights=weights_for(site),
        )
        found += result.tandems
    return [
        _shown(
            (everybody[pair.volunteer_id], everybody[pair.newcomer_id]),
            _Found(
                score=pair.score,
                km=pair.km,
                reasons=[each.as_data() for each in pair.reasons],
            ),
            site,
            on=on,
        )
        for pair in found
    ]


def _left_around(mine: Iterable[Any], partners: QuerySet[Site], *, on: date) -> list[Any]:
    """Return those left at other sites who live where somebody of ours would go.

    Else the whole country would be read for a handful of people.
    """
    reach: dict[str, float] = {}
    for row in mine:
        code = row.person.postcode
        reach[code] = max(reach.get(code, 0), row.max_km)
    around = Participation.objects.open().filter(
        site__in=partners, person__postcode__in=postcodes_around(reach)
    )
    sites = dict(around.values_list("pk", "site_id"))
    return _left(Site.objects.filter(pk__in=set(sites.values())), on=on, among=sites)


def _left(sites: QuerySet[Site], *, on: date, among: Container[int] | None = None) -> list[Any]:
    numbers = left_by_last_runs(sites)
    if among is not None:
        numbers = [number for number in numbers if number in among]
    rows = _with_a_place(sites, numbers, on=on)
    promised = promised_across(on=on, among=[row.pk for row in rows])
    return [row for row in rows if row.free_places > promised[row.pk]]


def _with_a_place(sites: QuerySet[Site], numbers: Iterable[int], *, on: date) -> list[Any]:
    rows = willing_at(sites.values("pk"), on=on).filter(free_places__gt=0, pk__in=[*numbers])
    return list(rows.prefetch_related("person__consents"))


def _ruled_out(everybody: Iterable[str]) -> set[tuple[str, str]]:
    """Return pairs that were declined, and those about which a site was asked already."""
    numbers = [int(key) for key in everybody]
    declined = DeclinedPair.objects.filter(volunteer__in=numbers, newcomer__in=numbers)
    asked = ReachRequest.objects.filter(asking__in=numbers, asked__in=numbers)
    pairs = [
        *declined.values_list("volunteer_id", "newcomer_id"),
        *asked.values_list("asking_id", "asked_id"),
    ]
    both = {(str(one), str(other)) for one, other in pairs}
    return both | {(other, one) for one, other in both}


class _Found(NamedTuple):
    """What the engine says of a pair."""

    score: float
    km: float | None
    reasons: list[dict[str, Any]]


def _shown(rows: tuple[Any, Any], found: _Found, site: Site, *, on: date) -> AcrossPair:
    mine, theirs = rows if rows[0].site_id == site.pk else rows[::-1]
    told = _TOLD_OF_ALL if _may_be_described(theirs) else _TOLD_OF_EACH
    return AcrossPair(
        mine=mine,
        facts=profile_of(mine, on=on),
        theirs=theirs,
        stranger=stranger_of(theirs, on=on, km=found.km),
        fit=fit_of(found.score),
        reasons=reasons_in_words([each for each in found.reasons if each["rule"] in told]),
    )


def stranger_of(row: Participation, *, on: date, km: float | None = None) -> Stranger:
    """Return somebody without name, contact or address: no finer than two digits of a postcode.

    Who did not agree to be described is shown by area, side and kind of tandem alone. The person's
    languages and consents should be prefetched.
    """
    person = row.person
    kinds = [kind.label for kind in TandemKind if row.kinds >> kind & 1]
    facts = [
        ("building", _("Area"), f"{person.postcode[:_AREA]}…" if person.postcode else ""),
        ("puzzle", _("It is about"), listed(kinds)),
    ]
    if _may_be_described(row):
        spoken = [
            language_name(each.code)
            for each in sorted(person.languages.all(), key=lambda each: (-each.level, each.code))
            if each.level >= MINIMUM_LEVEL
        ]
        size = ngettext("%(count)s person", "%(count)s people", row.group_size)
        topics = [topic.label for topic in Topic if row.topics >> topic & 1]
        facts += [
            ("geo-alt", _("Distance"), "" if km is None else km_roughly(km)),
            ("person", _("Age"), str(age_group(person, on=on) or "")),
            ("people", _("Group"), size % {"count": row.group_size} if row.group_size > 1 else ""),
            ("translate", _("Languages"), listed(spoken)),
            ("lightbulb", _("Topics"), listed(topics)),
        ]
    shown = [Fact(icon=icon, label=label, text=text) for icon, label, text in facts if text]
    return Stranger(code=code_of(row.pk), facts=shown)


def _may_be_described(row: Participation) -> bool:
    return any(
        each.purpose == ConsentPurpose.PORTRAIT and each.withdrawn_at is None
        for each in row.person.consents.all()
    )


def code_of(number: int) -> str:
    """Return the sign under which a participation is spoken of; nobody can count back from it."""
    return salted_hmac("tandems.across", str(number)).hexdigest()[:_CODE].upper()


def requests_of(site: Site, *, viewer: Viewer, on: date) -> list[AcrossRequest]:
    """Return the requests of a site and to it, those to answer first."""
    rows = _requests(site, viewer=viewer).order_by("-asked_at", "-pk")
    shown = [_seen_from(site, row, on=on) for row in rows]
    tandems = _tandems(site, [each for each in shown if each.is_here])
    shown = [
        replace(each, tandem=tandems.get((each.volunteer_id, each.newcomer_id))) for each in shown
    ]
    return sorted(shown, key=lambda each: not each.is_to_answer)


def request_of(site: Site, number: int, *, viewer: Viewer, on: date) -> AcrossRequest | None:
    """Return one request of a site or to it, or nothing where there is none to see."""
    row = _requests(site, viewer=viewer).filter(pk=number).first()
    return _seen_from(site, row, on=on) if row else None


def _requests(site: Site, *, viewer: Viewer) -> QuerySet[ReachRequest]:
    return (
        ReachRequest.objects.visible_to(viewer)
        .filter(Q(asking_site=site) | Q(asked_site=site))
        .select_related("asking__person", "asked__person", "asking_site", "asked_site", "handed_to")
        .prefetch_related(
            "asking__person__languages",
            "asked__person__languages",
            "asking__person__consents",
            "asked__person__consents",
        )
    )


def _seen_from(site: Site, row: ReachRequest, *, on: date) -> AcrossRequest:
    is_asked = row.asked_site_id == site.pk
    mine, theirs = (row.asked, row.asking) if is_asked else (row.asking, row.asked)
    other = row.other_site(site)
    is_named = row.state == RequestState.AGREED and theirs.site_id == other.pk
    newcomer, volunteer = sorted((mine, theirs), key=lambda each: each.is_volunteer)
    return AcrossRequest(
        request=row,
        mine=mine if mine.site_id == site.pk else None,
        own=stranger_of(mine, on=on),
        facts=profile_of(mine, on=on) if mine.site_id == site.pk else [],
        theirs=theirs if is_named or theirs.site_id == site.pk else None,
        their_facts=profile_of(theirs, on=on) if theirs.site_id == site.pk else [],
        stranger=stranger_of(theirs, on=on),
        other=other,
        is_to_answer=is_asked and row.state == RequestState.ASKED,
        is_here=mine.site_id == theirs.site_id == site.pk,
        volunteer_id=volunteer.pk,
        newcomer_id=newcomer.pk,
    )


def _tandems(site: Site, pairs: list[AcrossRequest]) -> dict[tuple[int, int], Tandem]:
    """Return the last tandem of each of these pairs, the proposed ones as well."""
    rows = Tandem.objects.filter(
        site=site,
        volunteer__in=[each.volunteer_id for each in pairs],
        newcomer__in=[each.newcomer_id for each in pairs],
    )
    return {(row.volunteer_id, row.newcomer_id): row for row in rows.order_by("created_at", "pk")}
