"""Examples for the living page. Invented people and numbers, in the language of the page."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tandemwerk.ui.charts import BarChart, LineChart, Series, StackedBarChart
from tandemwerk.ui.forms import FileDropInput, FlagsField, LevelRowsField, WeekGridField
from tandemwerk.ui.parts import Figure, MapPoint, Tab, TimelineEntry
from tandemwerk.ui.tables import ExampleTable

COLOURS = (
    ("paper", "card", "paper-deep", "hairline", "control"),
    ("ink", "muted"),
    ("primary", "primary-pressed", "primary-tint"),
    ("accent", "accent-area", "accent-tint", "sun", "sun-tint"),
    ("good", "good-tint", "careful", "careful-tint"),
    ("bad", "bad-tint", "note", "note-tint"),
)
ICONS = (
    "house-door",
    "people",
    "person-heart",
    "calendar-week",
    "chat-heart",
    "geo-alt",
    "book",
    "bell",
    "cup-hot",
    "translate",
    "arrow-right",
    "shield-lock",
)
TONES = ("good", "careful", "bad", "note", "primary", "accent", "neutral")
ART = ("table", "street", "noticeboard", "key", "signpost")
LEVELS = (
    ("A1", "A1"),
    ("A2", "A2"),
    ("B1", "B1"),
    ("B2", "B2"),
    ("C1", "C1"),
    ("C2", "C2"),
)
#: Monday evening, Wednesday evening, Saturday morning.
SOME_TIMES = 1 << 2 | 1 << 8 | 1 << 15


class ExampleForm(forms.Form):
    """One of each kind of field."""

    name = forms.CharField(label=_("Name"), max_length=60)
    postcode = forms.CharField(
        label=_("Postcode"),
        help_text=_("So that we find somebody near you."),
        min_length=5,
        max_length=5,
        required=False,
        widget=forms.TextInput(attrs={"data-width": "short", "inputmode": "numeric"}),
    )
    day = forms.ChoiceField(
        label=_("Best day"), choices=[("tue", _("Tuesday")), ("sat", _("Saturday"))]
    )
    way = forms.ChoiceField(
        label=_("How may we reach you?"),
        choices=[("mail", _("By mail")), ("phone", _("By phone"))],
        widget=forms.RadioSelect,
    )
    kinds = FlagsField(
        label=_("What is it about?"),
        choices=[(0, _("Everyday life")), (1, _("A goal")), (2, _("Finding the way"))],
    )
    times = WeekGridField(
        label=_("When do you have time?"), help_text=_("Tick as many as you like.")
    )
    languages = LevelRowsField(
        label=_("Languages"),
        choices=[("de", _("German")), ("fa", _("Persian")), ("uk", _("Ukrainian"))],
        levels=LEVELS,
        required=False,
    )
    note = forms.CharField(
        label=_("What else should we know?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
    file = forms.FileField(label=_("List"), widget=FileDropInput, required=False)
    agreed = forms.BooleanField(label=_("I agree that you keep my data for the pairing."))


def _timeline() -> list[TimelineEntry]:
    return [
        TimelineEntry(
            at=datetime(2025, 9, 16, 15, 20, tzinfo=UTC),
            title=_("Check-in: very good"),
            text=_("We cooked together. Next week we look for a school."),
            by="Farida",
            tone="good",
            icon="chat-heart",
        ),
        TimelineEntry(
            at=datetime(2025, 9, 2, 16, 0, tzinfo=UTC),
            title=_("First meeting"),
            by="Marlene",
            tone="note",
            icon="cup-hot",
        ),
        TimelineEntry(
            at=datetime(2025, 8, 26, 9, 5, tzinfo=UTC), title=_("Both said yes"), icon="check"
        ),
    ]


def _charts() -> dict[str, Any]:
    lands = ["Bayern", "Berlin", "Hessen", "Sachsen"]
    return {
        "bars": BarChart(
            title=_("Most people are waiting in Berlin"),
            categories=lands,
            values=[412, 987, 236, 158],
            heading=_("Federal state"),
            value_heading=_("waiting"),
            highlight=1,
            source=_("Invented numbers"),
        ),
        "stacked": StackedBarChart(
            title=_("Two of three tandems go on after the trial"),
            categories=["2023", "2024", "2025"],
            series=[
                Series(_("running"), [640, 820, 1240]),
                Series(_("trial"), [120, 210, 260]),
                Series(_("paused"), [60, 75, 92]),
            ],
            heading=_("Year"),
        ),
        "lines": LineChart(
            title=_("More tandems, and fewer people waiting"),
            categories=["2019", "2020", "2021", "2022", "2023", "2024", "2025"],
            series=[
                Series(_("running"), [310, 290, 420, 610, 640, 820, 1240]),
                Series(_("waiting"), [210, 260, 330, 540, 480, 410, 350]),
            ],
            heading=_("Year"),
        ),
    }


def _figures() -> list[Figure]:
    return [
        Figure(label=_("tandems running"), value=1240, note=_("since January")),
        Figure(label=_("people waiting"), value=350, tone="accent", url="#content"),
        Figure(label=_("satisfied on both sides"), value="92 %", tone="good"),
    ]


def _points() -> list[MapPoint]:
    return [
        MapPoint(label="Augsburg", lat=48.364, lon=10.893, text="Haus am Lech"),
        MapPoint(label="Leipzig", lat=51.34, lon=12.375, text="Treffpunkt Ost", kind="half"),
        MapPoint(label="Bremen", lat=53.076, lon=8.807, text="Weserhaus"),
    ]


def context(request: HttpRequest) -> dict[str, Any]:
    """Return everything the living page shows."""
    table = ExampleTable(
        [
            {"name": name, "state": state, "place": place, "since": since, "count": count}
            for name, state, place, since, count in (
                ("Farida & Marlene", _("running"), "Augsburg", "2025-03-04", 14),
                ("Oleksandr & Jürgen", _("trial"), "Leipzig", "2025-08-26", 2),
                ("Amal & Christiane", _("paused"), "Bremen", "2024-11-12", 31),
            )
        ],
        order_by=request.GET.get("sort", "name"),
    )
    bad = {"bad-postcode": "861", "bad-times": ["99"], "bad-day": "tue"}
    return {
        "colours": COLOURS,
        "icons": ICONS,
        "tones": TONES,
        "art": ART,
        "timeline": _timeline(),
        "tabs": [
            Tab(label=_("All"), url="?", is_current=True, count=1240),
            Tab(label=_("Waiting"), url="?tab=waiting", count=38),
            Tab(label=_("Ended"), url="?tab=ended"),
        ],
        "steps": [_("People"), _("Times"), _("Wishes"), _("Done")],
        "definitions": {
            pgettext_lazy("address", "Meeting place"): "Haus am Lech, Augsburg",
            _("Languages"): [f"{_('German')} B1", f"{_('Persian')} C2"],
            _("Since"): date_format(date(2025, 3, 4), "DATE_FORMAT"),
        },
        "figures": _figures(),
        "charts": _charts(),
        "spark": [3, 5, 4, 7, 6, 9, 12],
        "points": _points(),
        "table": table,
        "page": Paginator(range(240_000), 25).get_page(request.GET.get("page", 7)),
        "form": ExampleForm(prefix="new", initial={"times": SOME_TIMES, "kinds": 5}),
        "bad_form": ExampleForm(bad, prefix="bad"),
        "some_times": SOME_TIMES,
    }


@dataclass(frozen=True)
class _Item:
    """An entry of an example menu."""

    label: Any
    icon: str
    url: str = "#content"
    is_current: bool = False
    count: int | None = None


def home_context() -> dict[str, Any]:
    """Return what the example of a public page shows."""
    return {
        "navigation": {
            "public": [
                _Item(_("How it works"), "puzzle"),
                _Item(_("Places"), "geo-alt"),
                _Item(_("Stories"), "chat-heart"),
            ],
            "account": [_Item(_("Sign in"), "box-arrow-in-right")],
            "footer": [_Item(_("Contact"), "envelope")],
        },
        "figures": _figures(),
        "steps": [
            (_("Say hello"), _("Tell us in five minutes what you like and when you have time.")),
            (_("Meet"), _("We look for somebody near you. You meet at the site, with tea.")),
            (_("Go on"), _("If both say yes, you meet as you like. We stay reachable.")),
        ],
    }


def start_context() -> dict[str, Any]:
    """Return what the example of a start page shows."""
    return {
        "navigation": {
            "portal": [
                _Item(_("Today"), "house-door", is_current=True),
                _Item(_("People"), "people", count=38),
                _Item(_("Pairing"), "puzzle"),
                _Item(_("Tandems"), "person-heart", count=1240),
                _Item(_("Meetings"), "calendar-week"),
                _Item(_("Numbers"), "graph-up"),
            ],
            "account": [_Item(_("My account"), "person-gear"), _Item(_("Sign out"), "door-open")],
            "search": [_Item(_("Search"), "search")],
        },
        "tasks": [
            {
                "title": "Farida & Marlene",
                "why": _("Silent for six weeks. Marlene asked for a call."),
                "state": _("silent"),
                "tone": "careful",
                "action": _("Call"),
            },
            {
                "title": "Oleksandr & Jürgen",
                "why": _("Both said yes. Now a first meeting at the site."),
                "state": _("new"),
                "tone": "good",
                "action": _("Arrange a meeting"),
            },
            {
                "title": "Amal Haddad",
                "why": _("Waiting for 40 days. Three people would fit."),
                "state": _("waiting"),
                "tone": "note",
                "action": _("Look for somebody"),
            },
        ],
        "figures": _figures(),
        "chart": _charts()["lines"],
        "timeline": _timeline(),
    }
