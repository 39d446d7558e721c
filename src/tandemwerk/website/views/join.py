"""«Take part»: which side, where, and which sites are near."""

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tandemwerk.programme.queries.sites import nearest_sites, whereabouts
from tandemwerk.website.enums import ContactTopic, Door


@dataclass(frozen=True, kw_only=True)
class SideWords:
    """What is said to one of the two sides."""

    door: Door
    topic: ContactTopic
    title: str
    lead: str
    give: list[str] = field(default_factory=list)
    get: list[str] = field(default_factory=list)


def words_for(door: Door) -> SideWords:
    """Return what somebody who enters by this door wants to know first."""
    if door == Door.VOLUNTEER:
        return SideWords(
            door=door,
            topic=ContactTopic.HELP,
            title=_("You want to help"),
            lead=_(
                "You give time and know your way around. That is enough; we teach you the rest."
            ),
            give=[
                _("an hour or two a week, for about half a year"),
                _("patience, curiosity and your everyday knowledge"),
                _("a certificate of good conduct, if you want to accompany children"),
            ],
            get=[
                _("somebody new in your life, and another view of your town"),
                _("a talk before, training, and an open ear all the time"),
                _("the freedom to stop whenever you want"),
            ],
        )
    return SideWords(
        door=door,
        topic=ContactTopic.NEW,
        title=_("You are new here"),
        lead=_("Somebody takes time for you. It costs nothing, and you need no papers for it."),
        give=[
            _("an hour or two a week"),
            _("your own ideas: what you want to do, learn or ask"),
            _("what you know yourself: your partner learns from you as well"),
        ],
        get=[
            _("somebody to speak German with, who knows how things work here"),
            _("help with school, work, a flat or letters from offices"),
            _("company: for a walk, a meal, a film"),
        ],
    )


@require_safe
def join(request: HttpRequest) -> HttpResponse:
    """Lead from a side and a postcode to the three nearest sites."""
    side = request.GET.get("side", "")
    where = whereabouts(request.GET.get("q", ""))
    words = words_for(Door(side)) if side in Door.values else None
    nearest = nearest_sites(where.place) if words and where.place else []
    context: dict[str, Any] = {
        "words": words,
        "where": where,
        "nearest": nearest,
        "step": 1 if words is None else 2 if where.place is None else 3,
        "steps": [_("Your side"), _("Your place"), _("Your sites")],
        "doors": [words_for(door) for door in Door],
    }
    return render(request, "website/join.html", context)
