"""Who is in a team. A team never loses the last one who answers for it."""

from datetime import datetime

from django.db import transaction

from tandemwerk.core import audit
from tandemwerk.core.actors import Actor
from tandemwerk.people.models import User
from tandemwerk.programme.enums import LEADING_EVERYWHERE, Role
from tandemwerk.programme.models import Membership, Place


class AlreadyMemberError(Exception):
    """Somebody has this role there already."""


class LastLeadError(Exception):
    """Nobody would be left to answer for the team."""


@transaction.atomic
def add_member(*, place: Place, user: User, role: Role, by: Actor, at: datetime) -> Membership:
    """Put somebody into the team of ``place``. Raises AlreadyMemberError."""
    _lock(place)
    if Membership.objects.at(place).filter(user=user, role=role).exists():
        raise AlreadyMemberError
    membership = Membership.objects.create(
        user=user, role=role, **{str(place._meta.model_name): place}
    )
    audit.record(
        action="programme.add_member",
        by=by,
        at=at,
        target=user,
        scope=place.audit_scope,
        changes={"role": role.value},
    )
    return membership


@transaction.atomic
def change_role(*, membership_id: int, role: Role, by: Actor, at: datetime) -> Membership:
    """Give somebody another role in the same team.

    Raises AlreadyMemberError when they have it besides, LastLeadError when nobody would be left
    to answer for the team.
    """
    membership = _locked(membership_id)
    if membership.role == role:
        return membership
    place = membership.place
    if Membership.objects.at(place).filter(user=membership.user, role=role).exists():
        raise AlreadyMemberError
    before, membership.role = membership.role, role
    membership.save(update_fields=["role"])
    _keep_somebody_leading(place, lost=before)
    audit.record(
        action="programme.change_role",
        by=by,
        at=at,
        target=membership.user,
        scope=place.audit_scope,
        changes={"role": role.value, "before": before},
    )
    return membership


@transaction.atomic
def remove_member(*, membership_id: int, by: Actor, at: datetime) -> None:
    """Take somebody out of a team. Raises LastLeadError."""
    membership = _locked(membership_id)
    place, user, role = membership.place, membership.user, membership.role
    membership.delete()
    _keep_somebody_leading(place, lost=role)
    audit.record(
        action="programme.remove_member",
        by=by,
        at=at,
        target=user,
        scope=place.audit_scope,
        changes={"role": role},
    )


def _lock(place: Place) -> None:
    """Let changes to one team happen one after the other."""
    type(place).objects.select_for_update().get(pk=place.pk)


def _locked(membership_id: int) -> Membership:
    membership = Membership.objects.get(pk=membership_id)
    _lock(membership.place)
    return Membership.objects.select_related("user").get(pk=membership_id)


def _keep_somebody_leading(place: Place, *, lost: str) -> None:
    if lost in LEADING_EVERYWHERE and not Membership.objects.at(place).leading().exists():
        raise LastLeadError
