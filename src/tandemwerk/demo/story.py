"""What happens in the demo after its people are there, told through the services.

So that a visitor finds suggestions on the board of the first site, and in the outbox letters to
both sides of three proposals with links to follow.
"""

from datetime import datetime
from typing import Final

from tandemwerk.demo.organisation import account_id
from tandemwerk.people.models import User
from tandemwerk.programme.models import Site
from tandemwerk.tandems.models import PairingRun, Suggestion
from tandemwerk.tandems.services.runs import accept_suggestion, start_run

PROPOSALS: Final = 3
#: Languages of the newcomers whose proposals are sent, so that one can see more than German.
LANGUAGES: Final = ("fa", "ar", "uk")


def tell_the_story(*, at: datetime) -> None:
    """Let the first site ask the engine for pairs, and propose some of them to both sides."""
    coordinator = User.objects.get(pk=account_id("coordinator"))
    run = start_run(site=Site.objects.get(pk=1), by=coordinator, at=at)
    for suggestion_id in _chosen(run):
        accept_suggestion(suggestion_id=suggestion_id, by=coordinator, at=at)


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
