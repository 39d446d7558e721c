"""What a carrier and a site are, and what they have agreed with the funder."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.db import models, transaction
from django.utils.text import slugify

from tandemwerk.core import audit
from tandemwerk.core.actors import Actor
from tandemwerk.core.search import refresh
from tandemwerk.programme.models import Carrier, FundingPeriod, Programme, Site

#: Fields whose values stay out of the audit trail: long texts, and ways to reach somebody.
UNTOLD: Final = frozenset({"about", "mail", "phone", "opening", "proof", "street", "website"})
_SPELLED_OUT: Final = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"}
)


def free_slug(model: type[Carrier] | type[Site], name: str) -> str:
    """Return a slug made of ``name`` that no row of ``model`` has."""
    stem = slugify(name.translate(_SPELLED_OUT))[:44].strip("-") or str(model._meta.model_name)
    taken = set(model.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    number, slug = 1, stem
    while slug in taken:
        number += 1
        slug = f"{stem}-{number}"
    return slug


@transaction.atomic
def create_carrier(*, programme: Programme, by: Actor, at: datetime, **fields: Any) -> Carrier:
    """Take a carrier into the programme."""
    slug = free_slug(Carrier, fields["name"])
    carrier = Carrier.objects.create(programme=programme, slug=slug, **fields)
    audit.record(action="programme.add_carrier", by=by, at=at, target=carrier)
    return carrier


@transaction.atomic
def change_carrier(*, carrier_id: int, by: Actor, at: datetime, **fields: Any) -> Carrier:
    """Change a carrier's description and rhythm. Its address stays."""
    carrier = Carrier.objects.select_for_update().get(pk=carrier_id)
    _change(carrier, fields, action="programme.change_carrier", by=by, at=at)
    refresh("sites", carrier.sites.values_list("pk", flat=True))
    return carrier


@transaction.atomic
def create_site(*, carrier: Carrier, by: Actor, at: datetime, **fields: Any) -> Site:
    """Open a site of ``carrier``."""
    slug = free_slug(Site, fields["name"])
    site = Site.objects.create(carrier=carrier, slug=slug, **fields)
    audit.record(action="programme.add_site", by=by, at=at, target=site)
    refresh("sites", [site.pk])
    return site


@transaction.atomic
def change_site(*, site_id: int, by: Actor, at: datetime, **fields: Any) -> Site:
    """Change what a site says of itself and where it is. Its address stays."""
    site = Site.objects.select_for_update().get(pk=site_id)
    _change(site, fields, action="programme.change_site", by=by, at=at)
    refresh("sites", [site.pk])
    return site


@transaction.atomic
def set_funding_period(
    *, carrier: Carrier, year: int, by: Actor, at: datetime, **fields: Any
) -> FundingPeriod:
    """Write down what a carrier has agreed for ``year``; an existing period is changed."""
    period = FundingPeriod.objects.select_for_update().filter(carrier=carrier, year=year).first()
    if period is None:
        period = FundingPeriod.objects.create(carrier=carrier, year=year, **fields)
        told = {"year": year, **_told(fields)}
    else:
        changed = _apply(period, fields)
        told = {"year": year, **_told(changed)}
        if not changed:
            return period
    audit.record(
        action="programme.set_funding_period",
        by=by,
        at=at,
        target=period,
        scope=carrier.audit_scope,
        changes=told,
    )
    return period


def _change(
    record: Carrier | Site, fields: Mapping[str, Any], *, action: str, by: Actor, at: datetime
) -> None:
    changed = _apply(record, fields)
    if changed:
        audit.record(action=action, by=by, at=at, target=record, changes=_told(changed))


def _apply(record: models.Model, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Write the fields that differ; return them with their new values."""
    changed = {name: value for name, value in fields.items() if getattr(record, name) != value}
    for name, value in changed.items():
        setattr(record, name, value)
    if changed:
        record.save(update_fields=list(changed))
    return changed


def _told(changed: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the audit trail tells: values, and of some fields only that they changed."""
    told: dict[str, Any] = {name: value for name, value in changed.items() if name not in UNTOLD}
    untold = sorted(UNTOLD & changed.keys())
    return told | ({"fields": untold} if untold else {})
