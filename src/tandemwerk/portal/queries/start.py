"""What the start page of each role shows."""

from dataclasses import dataclass
from datetime import datetime, time
from typing import Any, Final

from django.db.models import Count, Prefetch, Q, QuerySet
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tandemwerk.core.indicators import Indicator, all_indicators
from tandemwerk.intake.enums import Side
from tandemwerk.intake.models import Participation
from tandemwerk.people.models import User
from tandemwerk.programme.models import Site
from tandemwerk.tandems.enums import LIVE_STATES, RUNNING_STATES
from tandemwerk.tandems.models import Meeting, Tandem
from tandemwerk.tandems.queries.numbers import without_tandem
from tandemwerk.ui.parts import Figure

_NOON, _EVENING = time(11), time(18)
#: Numbers of a start page, small: the whole is one tap away.
_FIGURES: Final = ("running", "new_this_month", "waiting_newcomers", "waiting_volunteers")


def greeting(user: User, *, at: datetime) -> str:
    """Return a greeting that fits the time of the day."""
    now = timezone.localtime(at).time()
    words = (
        _("Good morning, %(name)s")
        if now < _NOON
        else _("Hello, %(name)s")
        if now < _EVENING
        else _("Good evening, %(name)s")
    )
    return words % {"name": user.name.split(" ")[0]} if user.name else _("Hello!")


def start_indicators() -> list[Indicator]:
    """Return the numbers of a start page, in their order."""
    return [each for each in all_indicators() if each.name in _FIGURES]


def figures_for(user: User) -> list[Figure]:
    """Return the numbers of everything that ``user`` may see."""
    return [
        Figure(label=each.label, value=each.count(user, None)[""]) for each in start_indicators()
    ]


@dataclass(frozen=True, kw_only=True)
class SiteNumbers:
    """A site with its counts, for those who may see the site but no person."""

    site: Site
    running: int
    founded: int
    waiting_volunteers: int
    waiting_newcomers: int


def with_numbers(sites: "list[Site]") -> list[SiteNumbers]:
    """Return the sites with their counts: three queries, however many sites there are."""
    numbers = [site.pk for site in sites]
    tandems = {
        pk: (running, founded)
        for pk, running, founded in Tandem.objects.filter(site__in=numbers)
        .founded()
        .order_by()
        .values_list("site_id")
        .annotate(running=Count("pk", filter=Q(state__in=RUNNING_STATES)), founded=Count("pk"))
    }
    waiting = {side: _by_site(without_tandem(side), numbers) for side in Side}
    return [
        SiteNumbers(
            site=site,
            running=tandems.get(site.pk, (0, 0))[0],
            founded=tandems.get(site.pk, (0, 0))[1],
            waiting_volunteers=waiting[Side.VOLUNTEER].get(site.pk, 0),
            waiting_newcomers=waiting[Side.NEWCOMER].get(site.pk, 0),
        )
        for site in sites
    ]


def site_figures(numbers: SiteNumbers) -> list[Figure]:
    """Return a site's counts for the top of its page."""
    return [
        Figure(label=_("Running"), value=numbers.running),
        Figure(label=_("Founded"), value=numbers.founded),
        Figure(label=_("Newcomers waiting"), value=numbers.waiting_newcomers),
        Figure(label=_("Volunteers waiting"), value=numbers.waiting_volunteers),
    ]


def _by_site(people: "QuerySet[Any]", numbers: list[int]) -> dict[int, int]:
    rows = people.filter(site__in=numbers).order_by().values_list("site_id")
    return dict(rows.annotate(number=Count("pk")))


@dataclass(frozen=True, kw_only=True)
class OwnTandem:
    """A tandem as one of the two sees it on the start page."""

    tandem: Tandem
    other: str
    coming: Meeting | None
    is_running: bool


def own_tandems(user: User, *, at: datetime) -> list[OwnTandem]:
    """Return the tandems of ``user`` that go on, the newest first."""
    # Two steps: one condition over both sides at once would look through every tandem.
    mine = list(Participation.objects.filter(person__user=user).values_list("pk", flat=True))
    if not mine:
        return []
    coming = Meeting.objects.kept().filter(starts_at__gt=at).order_by("starts_at", "pk")
    found = (
        Tandem.objects.filter(Q(volunteer__in=mine) | Q(newcomer__in=mine), state__in=LIVE_STATES)
        .select_related("site", "volunteer__person", "newcomer__person")
        .prefetch_related(Prefetch("meetings", queryset=coming, to_attr="coming_meetings"))
        .order_by("-created_at", "pk")
    )
    return [_own(tandem, user) for tandem in found]


def _own(tandem: Any, user: User) -> OwnTandem:
    is_running = tandem.state in RUNNING_STATES
    is_volunteer = tandem.volunteer.person.user_id == user.pk
    other = tandem.newcomer.person if is_volunteer else tandem.volunteer.person
    meetings = tandem.coming_meetings
    return OwnTandem(
        tandem=tandem,
        other=other.full_name if is_running else "",
        coming=meetings[0] if is_running and meetings else None,
        is_running=is_running,
    )


@dataclass(frozen=True, kw_only=True)
class Shortcut:
    """Something that somebody in this role does often."""

    label: Promise | str
    text: Promise | str
    url: str
    icon: str


_SHORTCUTS: Final = (
    (
        "wagtailadmin_home",
        gettext_lazy("Edit the website"),
        gettext_lazy("Pages, news and pictures in all languages"),
        "pencil",
        "website.edit_website",
    ),
    (
        "messaging:system",
        gettext_lazy("System"),
        gettext_lazy("Mail, background work and what went wrong"),
        "gear",
        "messaging.view_system",
    ),
)


def shortcuts_for(user: User) -> list[Shortcut]:
    """Return where ``user`` may go from here, beyond persons and numbers."""
    found = []
    for name, label, text, icon, permission in _SHORTCUTS:
        if not user.has_perm(permission):
            continue
        try:
            found.append(Shortcut(label=label, text=text, url=reverse(name), icon=icon))
        except NoReverseMatch:
            continue
    return found
