"""What happens in the demo after its people are there, told through the services.

So that a visitor finds suggestions on the board of the first site, in the outbox letters to both
sides of three proposals with links to follow, a pair with another site to be handed over, and one
that the carrier's round over all its sites has found and nobody has asked about.
"""

from datetime import datetime, timedelta
from typing import Any, Final

from tandemwerk.demo.organisation import account_id
from tandemwerk.intake.enums import Side
from tandemwerk.intake.models import Participation
from tandemwerk.intake.services import add_participation
from tandemwerk.people.enums import ConsentPurpose, Day, Level, Part
from tandemwerk.people.models import User
from tandemwerk.people.weekgrid import bit
from tandemwerk.programme.enums import Role, TandemKind
from tandemwerk.programme.models import Membership, Site
from tandemwerk.tandems.enums import Reach
from tandemwerk.tandems.models import PairingRun, Suggestion
from tandemwerk.tandems.queries.across import code_of
from tandemwerk.tandems.services.across import answer_request, ask_other_site
from tandemwerk.tandems.services.rounds import run_round, start_round
from tandemwerk.tandems.services.runs import accept_suggestion, start_run
from tandemwerk.tandems.services.terms import set_reach

PROPOSALS: Final = 3
#: Languages of the newcomers whose proposals are sent, so that one can see more than German.
LANGUAGES: Final = ("fa", "ar", "uk")
#: The site with which the first one agrees on a pair, and four who live between the two.
OTHER_SITE: Final = "Lotsenbüro Stuttgart"
WEEKDAY_EVENINGS: Final = sum(1 << bit(day, Part.EVENING) for day in Day if day < Day.SATURDAY)
VOLUNTEER: Final[dict[str, Any]] = {
    "given_name": "Rosemarie",
    "family_name": "Häberle",
    "postcode": "89312",
}
NEWCOMER: Final[dict[str, Any]] = {
    "given_name": "Shirin",
    "family_name": "Amiri",
    "postcode": "89073",
}
AGREED: Final[dict[str, Any]] = {"languages": {"de": Level.B1, "fa": Level.C1}}
OFFERED_VOLUNTEER: Final[dict[str, Any]] = {
    "given_name": "Konrad",
    "family_name": "Baumeister",
    "postcode": "89312",
    "languages": {"de": Level.C2, "en": Level.C1},
}
OFFERED_NEWCOMER: Final[dict[str, Any]] = {
    "given_name": "Selam",
    "family_name": "Haile",
    "postcode": "89073",
    "languages": {"ti": Level.L1, "en": Level.B2},
}
IN_COMMON: Final[dict[str, Any]] = {
    "availability": WEEKDAY_EVENINGS,
    "kinds": 1 << TandemKind.EVERYDAY,
    "max_km": 40,
    "consents": (ConsentPurpose.PARTICIPATION, ConsentPurpose.PORTRAIT),
}


def tell_the_story(*, at: datetime) -> None:
    """Let the first site ask the engine for pairs, and propose some of them to both sides."""
    coordinator = User.objects.get(pk=account_id("coordinator"))
    site, other_site = Site.objects.get(pk=1), Site.objects.get(name=OTHER_SITE)
    other = Membership.objects.filter(site=other_site, role=Role.COORDINATOR)[0].user
    here: dict[str, Any] = {"site": site, "side": Side.VOLUNTEER, "by": coordinator, "at": at}
    there: dict[str, Any] = {"site": other_site, "side": Side.NEWCOMER, "by": other, "at": at}
    mine = add_participation(**here, **VOLUNTEER, **AGREED, **IN_COMMON)
    theirs = add_participation(**there, **NEWCOMER, **AGREED, **IN_COMMON)
    add_participation(**here, **OFFERED_VOLUNTEER, **IN_COMMON)
    add_participation(**there, **OFFERED_NEWCOMER, **IN_COMMON)
    run = start_run(site=site, by=coordinator, at=at)
    for suggestion_id in _chosen(run):
        accept_suggestion(suggestion_id=suggestion_id, by=coordinator, at=at)
    start_run(site=other_site, by=other, at=at)
    _agree_on(mine, theirs, by=coordinator, other=other, at=at)
    lead = User.objects.get(pk=account_id("carrier"))
    found = start_round(carrier=site.carrier, by=lead, at=at)
    run_round(round_id=found.pk, at=at)


def _agree_on(
    mine: Participation, theirs: Participation, *, by: User, other: User, at: datetime
) -> None:
    """Let both carriers agree to pairs with others, and both sites to this one."""
    for site, user in ((mine.site, by), (theirs.site, other)):
        set_reach(carrier=site.carrier, reach=Reach.AGREED, by=user, at=at)
    request = ask_other_site(site=mine.site, mine_id=mine.pk, code=code_of(theirs.pk), by=by, at=at)
    answer_request(request_id=request.pk, agrees=True, by=other, at=at + timedelta(minutes=1))


def _chosen(run: PairingRun) -> list[int]:
    """Return suggestions whose two sides can be reached by mail, one a language first."""
    reachable: list[tuple[int, int, str]] = [
        (row.pk, row.volunteer_id, row.newcomer.person.language)
        for row in Suggestion.objects.filter(run=run)
        .select_related("volunteer__person", "newcomer__person")
        .order_by("-score", "pk")
        if row.volunteer.person.may_be_mailed and row.newcomer.person.may_be_mailed
    ]
    chosen: dict[int, int] = {}
    for language in LANGUAGES:
        for pk, volunteer, speaks in reachable:
            if speaks == language and volunteer not in chosen:
                chosen[volunteer] = pk
                break
    for pk, volunteer, _ in reachable:
        if len(chosen) >= PROPOSALS:
            break
        chosen.setdefault(volunteer, pk)
    return list(chosen.values())
