"""What visitors choose sites by. Everything stands in the address, so that it can be shared."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter, FilterSet

from tandemwerk.places import land_choices
from tandemwerk.programme.enums import TandemKind, TargetGroup
from tandemwerk.programme.models import SiteQuerySet
from tandemwerk.programme.queries.sites import spoken_languages


class SiteFilter(FilterSet):
    """Public sites by language spoken, kind of tandem, target group and Land."""

    language = ChoiceFilter(
        label=_("We speak"),
        method="speaking",
        empty_label=_("all languages"),
    )
    kind = ChoiceFilter(
        label=_("What the tandem is for"),
        choices=TandemKind.choices,
        method="offering",
        empty_label=_("everything"),
    )
    group = ChoiceFilter(
        label=_("For whom"),
        choices=[choice for choice in TargetGroup.choices if choice[0] != TargetGroup.ALL],
        method="meant_for",
        empty_label=_("everybody"),
    )
    land = ChoiceFilter(
        label=_("Land"), choices=land_choices, empty_label=_("the whole of Germany")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Asked once for each page, not at each look at the field.
        self.filters["language"].extra["choices"] = spoken_languages()

    def speaking(self, sites: SiteQuerySet, _name: str, code: str) -> SiteQuerySet:
        """Keep the sites where the team speaks the language."""
        return sites.speaking(code)

    def offering(self, sites: SiteQuerySet, _name: str, kind: Any) -> SiteQuerySet:
        """Keep the sites that offer this kind of tandem."""
        return sites.offering(TandemKind(int(kind)))

    def meant_for(self, sites: SiteQuerySet, _name: str, group: str) -> SiteQuerySet:
        """Keep the sites that are there for this group, or for everybody."""
        return sites.meant_for(TargetGroup(group))
