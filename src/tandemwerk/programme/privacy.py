"""What this room keeps about a person: their account and what they are in a team.

It stands here and not in ``people`` because an account outlives the person's own data for as long
as it has a role, and only this room knows of roles.
"""

from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.utils.translation import gettext_lazy as _

from tandemwerk.core.actors import Actor
from tandemwerk.core.privacy import PersonalData, register
from tandemwerk.people.models import Person, User
from tandemwerk.programme.models import Invitation, Membership


def _export_account(person_id: int) -> list[dict[str, Any]]:
    user = User.objects.filter(person__pk=person_id).first()
    if user is None:
        return []
    return [
        {
            "mail": user.email,
            "name": user.name,
            "language": user.get_language_display(),
            "created_at": user.created_at.isoformat(),
            "addresses": list(
                EmailAddress.objects.filter(user=user).order_by("pk").values("email", "verified")
            ),
            "second_factors": [
                {"kind": each.get_type_display(), "created_at": each.created_at.isoformat()}
                for each in Authenticator.objects.filter(user=user).order_by("pk")
            ],
            "signed_in": [
                {"device": each.user_agent, "last_seen_at": each.last_seen_at.isoformat()}
                for each in UserSession.objects.filter(user=user).order_by("pk")
            ],
        }
    ]


def _erase_account(person_id: int, _by: Actor, _at: datetime) -> None:
    """Close the account, unless it still has a role in a team: then it is cut off the person."""
    user = User.objects.filter(person__pk=person_id).first()
    if user is None:
        return
    if user.is_superuser or user.memberships.exists():
        Person.objects.filter(pk=person_id).update(user=None)
    else:
        Invitation.objects.filter(mail__iexact=user.email).delete()
        user.delete()


def _export_roles(person_id: int) -> list[dict[str, Any]]:
    roles = Membership.objects.filter(user__person__pk=person_id).order_by("pk")
    return [
        {
            "role": each.get_role_display(),
            "where": str(each.place),
            "since": each.since.isoformat(),
        }
        for each in roles.select_related("site", "carrier", "programme")
    ]


def _keep_roles(_person_id: int, _by: Actor, _at: datetime) -> None:
    """Leave roles alone: whoever leads a team ends them on the team's page."""


register(
    PersonalData(
        name="roles",
        title=_("Roles in teams"),
        purpose=_("To know who may do what."),
        kept=_("Until somebody leaves the team."),
        models=("programme.Membership", "programme.Invitation"),
        export=_export_roles,
        erase=_keep_roles,
    ),
    PersonalData(
        name="account",
        title=_("Account"),
        purpose=_("To sign in safely."),
        kept=_("Until the account is closed. Signed-in devices: until they are signed out."),
        models=(
            "people.User",
            "account.EmailAddress",
            "account.EmailConfirmation",
            "mfa.Authenticator",
            "usersessions.UserSession",
        ),
        export=_export_account,
        erase=_erase_account,
    ),
)
