"""How carriers, sites and the audit trail are narrowed down. Everything stands in the address."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_filters import BooleanFilter, CharFilter, ChoiceFilter, FilterSet, ModelChoiceFilter

from tandemwerk.places import land_choices
from tandemwerk.programme.models import Carrier, CarrierQuerySet, Site, SiteQuerySet


class CarrierListFilter(FilterSet):
    q = CharFilter(label=pgettext_lazy("of a thing", "Name"), method="named")

    class Meta:
        model = Carrier
        fields: tuple[str, ...] = ()

    def named(self, rows: CarrierQuerySet, _name: str, typed: str) -> CarrierQuerySet:
        """Keep carriers whose name contains what was typed."""
        return rows.filter(name__icontains=typed.strip())


class SiteListFilter(FilterSet):
    q = CharFilter(label=_("Name, place or postcode"), method="named")
    carrier = ModelChoiceFilter(label=_("Carrier"), queryset=Carrier.objects.none())
    land = ChoiceFilter(label=_("Land"), choices=land_choices)
    is_public = BooleanFilter(label=_("Stands on the public map"))

    class Meta:
        model = Site
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        carriers = Carrier.objects.filter(pk__in=self.queryset.values("carrier_id"))
        self.filters["carrier"].field.queryset = carriers.order_by("name", "pk")

    def named(self, rows: SiteQuerySet, _name: str, typed: str) -> SiteQuerySet:
        """Keep sites whose name, place or postcode contains what was typed."""
        typed = typed.strip()
        return rows.filter(
            Q(name__icontains=typed) | Q(place__icontains=typed) | Q(postcode__startswith=typed)
        )
