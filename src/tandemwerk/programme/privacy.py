"""What this room keeps about somebody: their account and what they are in a team.

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
from tandemwerk.core.privacy import AccountData, PersonalData, erased_by_the_key, register
from tandemwerk.people.models import Person, User
from tandemwerk.people.services import close_account
from tandemwerk.programme.models import Invitation, Membership


def _export_account(user_id: int) -> list[dict[str, Any]]:
    user = User.objects.get(pk=user_id)
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


def _forget_invitations(user_id: int, _by: Actor, _at: datetime) -> None:
    mail = User.objects.values_list("email", flat=True).get(pk=user_id)
    Invitation.objects.filter(mail__iexact=mail).delete()


def _nothing_more(_person_id: int) -> list[dict[str, Any]]:
    """Add nothing: what is kept about the account stands in the account's own kinds."""
    return []


def _let_go_of_account(person_id: int, by: Actor, at: datetime) -> None:
    """Close the account, unless it still has a role in a team: then it is cut off the person."""
    user = User.objects.filter(person__pk=person_id).first()
    if user is None:
        return
    if user.is_superuser or user.memberships.exists():
        Person.objects.filter(pk=person_id).update(user=None)
    else:
        close_account(user_id=user.pk, by=by, at=at)


def _export_roles(user_id: int) -> list[dict[str, Any]]:
    roles = Membership.objects.filter(user_id=user_id).order_by("pk")
    return [
        {
            "role": each.get_role_display(),
            "where": str(each.place),
            "since": each.since.isoformat(),
        }
        for each in roles.select_related("site", "carrier", "programme")
    ]


register(
    PersonalData(
        name="sign_in",
        title=_("Your way in"),
        purpose=_("To sign in safely."),
        kept=_("Until somebody leaves the programme and asks for it, or three years after that."),
        models=(),
        export=_nothing_more,
        erase=_let_go_of_account,
    ),
    AccountData(
        name="roles",
        title=_("Roles in teams"),
        purpose=_("To know who may do what."),
        kept=_("Until somebody leaves the team."),
        models=("programme.Membership", "programme.Invitation"),
        export=_export_roles,
        erase=_forget_invitations,
    ),
    AccountData(
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
        erase=erased_by_the_key,
    ),
)
