"""How the list of tandems is narrowed down."""

from typing import Any

import django_filters as filters
from django import forms
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from tandemwerk.programme.enums import TandemKind
from tandemwerk.programme.models import Site
from tandemwerk.tandems.enums import Health, TandemState
from tandemwerk.tandems.models import Tandem

MAX_WORDS = 4


def own_sites(request: HttpRequest | None) -> QuerySet[Site]:
    """Return the sites in whose team the visitor is, by name."""
    if request is None:
        return Site.objects.none()
    return Site.objects.of_team(request.user).order_by("name", "pk")


class TandemFilter(filters.FilterSet):
    """State, health, kind, site, and a part of a name."""

    q = filters.CharFilter(label=_("Name"), method="by_name", max_length=80)
    state = filters.MultipleChoiceFilter(
        label=_("State"), choices=TandemState.choices, widget=forms.CheckboxSelectMultiple
    )
    health = filters.MultipleChoiceFilter(
        label=_("How it goes"), choices=Health.choices, widget=forms.CheckboxSelectMultiple
    )
    kind = filters.ChoiceFilter(label=_("Kind"), choices=TandemKind.choices)
    site = filters.ModelChoiceFilter(
        label=_("Site"), queryset=own_sites, to_field_name="slug", empty_label=_("all of mine")
    )

    class Meta:
        model = Tandem
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sites = list(own_sites(self.request)[:2])
        if len(sites) < 2:  # noqa: PLR2004  one site is nothing to choose from
            del self.filters["site"]

    def by_name(self, tandems: QuerySet[Tandem], _name: str, value: str) -> QuerySet[Tandem]:
        """Keep those where each word begins or stands in one of the four names."""
        for word in value.split()[:MAX_WORDS]:
            tandems = tandems.filter(
                Q(volunteer__person__given_name__icontains=word)
                | Q(volunteer__person__family_name__icontains=word)
                | Q(newcomer__person__given_name__icontains=word)
                | Q(newcomer__person__family_name__icontains=word)
            )
        return tandems
