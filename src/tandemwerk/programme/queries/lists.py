"""Carriers and sites with what their lists say of them."""

from django.db.models import Count, OuterRef, Subquery

from tandemwerk.programme.models import (
    CarrierQuerySet,
    FundingPeriod,
    SiteQuerySet,
)


def with_figures(carriers: CarrierQuerySet, *, year: int) -> CarrierQuerySet:
    """Add numbers of sites and team members, and the tandems agreed for ``year``."""
    agreed = FundingPeriod.objects.filter(carrier=OuterRef("pk"), year=year)
    return carriers.annotate(
        sites_count=Count("sites", distinct=True),
        team_count=Count("memberships__user", distinct=True),
        agreed=Subquery(agreed.values("contingent")[:1]),
    )


def with_carriers(sites: SiteQuerySet) -> SiteQuerySet:
    """Add the carrier of each site."""
    return sites.select_related("carrier")
