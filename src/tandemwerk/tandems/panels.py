"""What this room adds to the pages of people: their tandems."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from tandemwerk.core import clock
from tandemwerk.core.panels import Mark, Panel, marks, panel
from tandemwerk.intake.models import Participation
from tandemwerk.tandems.enums import LIVE_STATES, TandemState
from tandemwerk.tandems.models import Tandem
from tandemwerk.tandems.queries.promised import offers_at, still_looking
from tandemwerk.tandems.words import found_in_words


@marks("intake:people")
def who_has_a_tandem(people: Sequence[Participation]) -> Mapping[int, Mark]:
    """Mark those who have a tandem or are asked about one."""
    keys = [each.pk for each in people]
    live = Tandem.objects.filter(state__in=LIVE_STATES)
    rows = live.filter(Q(volunteer__in=keys) | Q(newcomer__in=keys)).order_by("pk")
    found: dict[int, Mark] = {}
    number: Counter[int] = Counter()
    for volunteer, newcomer, state in rows.values_list("volunteer_id", "newcomer_id", "state"):
        proposed = state == TandemState.PROPOSED
        for key in (volunteer, newcomer):
            number[key] += 1
            if key not in found or not proposed:
                found[key] = (
                    Mark(text=_("asked"), tone="note")
                    if proposed
                    else Mark(text=_("in a tandem"), tone="primary")
                )
    for each in people:
        if not each.is_volunteer and 0 < number[each.pk] < each.volunteers_wanted:
            found[each.pk] = Mark(
                text=_("%(found)s of %(wanted)s found")
                % {"found": number[each.pk], "wanted": each.volunteers_wanted},
                tone="note",
            )
    return found


@panel("intake:person")
def tandems_of(each: Participation, user: Any) -> Panel:
    """Show the tandems of somebody, the newest first."""
    own = Q(volunteer=each.pk) | Q(newcomer=each.pk)
    found = Tandem.objects.filter(own).select_related("volunteer__person", "newcomer__person")
    tandems = [
        {
            "name": (tandem.newcomer if each.is_volunteer else tandem.volunteer).person.full_name,
            "state": tandem.get_state_display(),
            "is_live": tandem.state in LIVE_STATES,
            "since": tandem.founded_on,
            "url": reverse("tandems:tandem", args=[tandem.pk]),
        }
        for tandem in found.order_by("-created_at", "-pk")
    ]
    live = sum(bool(tandem["is_live"]) for tandem in tandems)
    words = "" if each.is_volunteer else found_in_words(live, each.volunteers_wanted)
    may_ask = user.has_perm("tandems.reach_out", each)
    offered = may_ask and bool(still_looking(offers_at(on=clock.today()).filter(own)))
    return Panel(
        template="tandems/person_panel.html",
        context={"tandems": tandems, "found": words, "offered": offered, "one": each},
        order=10,
    )


@panel("intake:person_erase")
def tandems_that_go_on(each: Participation, _user: Any) -> Panel | None:
    """Say before erasing that somebody is in a tandem."""
    own = Q(volunteer__person=each.person_id) | Q(newcomer__person=each.person_id)
    if not Tandem.objects.live().filter(own).exists():
        return None
    return Panel(template="tandems/person_erase_panel.html")
