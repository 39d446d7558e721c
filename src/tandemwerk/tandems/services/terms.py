"""The weights of the rules, and what a carrier agrees to."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from tandemwerk.core import audit
from tandemwerk.people.models import User
from tandemwerk.programme.models import Carrier, Site
from tandemwerk.tandems.enums import Reach
from tandemwerk.tandems.models import AcrossOffer, PairingTerms, PairingWeights

if TYPE_CHECKING:  # what computes is loaded at its first use
    from tandemwerk.pairing import Weights


@transaction.atomic
def set_weights(
    *, place: Site | Carrier, weights: "Weights", by: User, at: datetime
) -> PairingWeights:
    """Let these weights hold at a site, or at the sites of a carrier that have none of their own.

    The caller has checked ``tandems.set_weights``. Runs that were made keep the weights they used.
    """
    _hold(place)
    where, values = _where(place), weights.as_data()
    row = PairingWeights.objects.filter(**where).first() or PairingWeights(**where)
    if row.values == values:
        return row
    before = row.values.get("weights", {})
    row.values, row.changed_by, row.changed_at = values, by, at
    row.save()
    changed = {
        rule: weight for rule, weight in values["weights"].items() if before.get(rule) != weight
    }
    audit.record(
        action="tandems.set_weights",
        by=by,
        at=at,
        target=row,
        changes={**changed, **values["parameters"]},
    )
    return row


@transaction.atomic
def reset_weights(*, place: Site | Carrier, by: User, at: datetime) -> None:
    """Go back to what holds without own weights. Twice is as good as once.

    The caller has checked ``tandems.set_weights``.
    """
    _hold(place)
    row = PairingWeights.objects.filter(**_where(place)).first()
    if row is not None:
        audit.record(action="tandems.reset_weights", by=by, at=at, target=row)
        row.delete()


@transaction.atomic
def set_nightly(*, carrier: Carrier, wanted: bool, by: User, at: datetime) -> PairingTerms:
    """Let pairs be suggested at the carrier's sites every night, or no longer.

    The caller has checked ``tandems.set_terms``.
    """
    _hold(carrier)
    terms, _ = PairingTerms.objects.get_or_create(carrier=carrier)
    if terms.is_nightly != wanted:
        terms.is_nightly, terms.nightly_by, terms.nightly_at = wanted, by, at
        terms.save(update_fields=["is_nightly", "nightly_by", "nightly_at"])
        changes = {"is_nightly": wanted}
        audit.record(action="tandems.set_terms", by=by, at=at, target=terms, changes=changes)
    return terms


@transaction.atomic
def set_reach(*, carrier: Carrier, reach: Reach, by: User, at: datetime) -> PairingTerms:
    """Let pairs be looked for between sites, as far as the carrier agrees.

    What rounds found under the terms of before is gone. The caller has checked
    ``tandems.set_terms``.
    """
    _hold(carrier)
    terms, _ = PairingTerms.objects.get_or_create(carrier=carrier)
    if terms.reach != reach:
        terms.reach, terms.reach_by, terms.reach_at = reach, by, at
        terms.save(update_fields=["reach", "reach_by", "reach_at"])
        AcrossOffer.objects.of_sites(Site.objects.filter(carrier=carrier).values("pk")).delete()
        changes = {"reach": reach}
        audit.record(action="tandems.set_terms", by=by, at=at, target=terms, changes=changes)
    return terms


def _hold(place: Site | Carrier) -> None:
    """Let one write at a time, and nobody beside it create a second row."""
    type(place).objects.select_for_update(no_key=True).get(pk=place.pk)


def _where(place: Site | Carrier) -> dict[str, Any]:
    return {str(place._meta.model_name): place}
