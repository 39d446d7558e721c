"""Invitations into a team: by mail, for two weeks, once."""

import secrets
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from tandemwerk.core import audit
from tandemwerk.core.actors import Actor
from tandemwerk.people.models import User
from tandemwerk.people.services import create_account
from tandemwerk.programme.enums import Role
from tandemwerk.programme.models import Invitation, Membership, Place
from tandemwerk.programme.services.teams import AlreadyMemberError, add_member
from tandemwerk.programme.signals import invited

LASTS: Final = timedelta(days=14)


class InvitationError(Exception):
    """The invitation cannot be used: ``why`` is ``used``, ``revoked``, ``expired`` or ``other``.

    ``other``: it is for another address than the one that somebody is signed in with.
    """

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class AlreadyInvitedError(Exception):
    """This address has an open invitation to the same role already: renew that."""


@transaction.atomic
def invite(
    *, place: Place, mail: str, role: Role, language: str, by: User, at: datetime
) -> Invitation:
    """Ask somebody by mail to join the team of ``place``.

    Raises AlreadyMemberError and AlreadyInvitedError.
    """
    mail = mail.lower()
    if Membership.objects.at(place).filter(user__email=mail, role=role).exists():
        raise AlreadyMemberError
    if Invitation.objects.at(place).open().filter(mail=mail, role=role).exists():
        raise AlreadyInvitedError
    invitation = Invitation.objects.create(
        mail=mail,
        role=role,
        language=language,
        nonce=secrets.token_hex(16),
        invited_by=by,
        created_at=at,
        expires_at=at + LASTS,
        **{str(place._meta.model_name): place},
    )
    _record("programme.invite", invitation, by=by, at=at)
    invited.send(sender=Invitation, invitation=invitation, at=at)
    return invitation


@transaction.atomic
def renew_invitation(*, invitation_id: int, by: Actor, at: datetime) -> Invitation:
    """Send an open invitation again, with a new link for another two weeks.

    The old link stops working. Raises InvitationError.
    """
    invitation = _open(invitation_id)
    invitation.nonce = secrets.token_hex(16)
    invitation.expires_at = at + LASTS
    invitation.save(update_fields=["nonce", "expires_at"])
    _record("programme.renew_invitation", invitation, by=by, at=at)
    invited.send(sender=Invitation, invitation=invitation, at=at)
    return invitation


@transaction.atomic
def revoke_invitation(*, invitation_id: int, by: Actor, at: datetime) -> None:
    """Take an open invitation back. Raises InvitationError."""
    invitation = _open(invitation_id)
    invitation.revoked_at = at
    invitation.save(update_fields=["revoked_at"])
    _record("programme.revoke_invitation", invitation, by=by, at=at)


@transaction.atomic
def accept_invitation(
    *,
    invitation_id: int,
    nonce: str,
    at: datetime,
    user: User | None = None,
    name: str = "",
    language: str = "de",
    password: str | None = None,
) -> User:
    """Join the team one was invited to: with the account ``user``, or else with a new one.

    The link shows that the address is theirs, so a new account's address counts as confirmed.
    Somebody who has the role already simply uses the invitation up. Raises InvitationError.
    """
    invitation = _open(invitation_id)
    check_usable(invitation, nonce=nonce, at=at)
    if user is None:
        user = create_account(
            mail=invitation.mail,
            name=name,
            language=language,
            password=password,
            by=None,
            at=at,
            scope=invitation.audit_scope,
        )
    elif user.email.lower() != invitation.mail:
        raise InvitationError("other")
    invitation.accepted_at = at
    invitation.save(update_fields=["accepted_at"])
    _record("programme.accept_invitation", invitation, by=user, at=at)
    try:
        add_member(place=invitation.place, user=user, role=Role(invitation.role), by=user, at=at)
    except AlreadyMemberError:
        return user
    return user


def check_usable(invitation: Invitation, *, nonce: str, at: datetime) -> None:
    """Raise InvitationError unless the link with ``nonce`` may be used at that moment."""
    if invitation.accepted_at is not None:
        raise InvitationError("used")
    if invitation.revoked_at is not None or not secrets.compare_digest(invitation.nonce, nonce):
        raise InvitationError("revoked")
    if invitation.expires_at <= at:
        raise InvitationError("expired")


def _open(invitation_id: int) -> Invitation:
    """Return the invitation under a lock. Raises InvitationError when it is no longer open."""
    invitation = Invitation.objects.select_for_update().get(pk=invitation_id)
    if invitation.accepted_at is not None:
        raise InvitationError("used")
    if invitation.revoked_at is not None:
        raise InvitationError("revoked")
    return invitation


def _record(action: str, invitation: Invitation, *, by: Actor, at: datetime) -> None:
    audit.record(action=action, by=by, at=at, target=invitation, changes={"role": invitation.role})
