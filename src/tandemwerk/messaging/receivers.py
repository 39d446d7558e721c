"""What rooms below tell and what becomes a message."""

from datetime import datetime
from typing import Any

from django.dispatch import receiver
from django.urls import reverse
from django.utils import translation

from tandemwerk.messaging.links import absolute
from tandemwerk.messaging.services import put_in
from tandemwerk.programme.models import Invitation
from tandemwerk.programme.signals import invited


@receiver(invited, dispatch_uid="messaging.send_invitation")
def send_invitation(*, invitation: Invitation, at: datetime, **_kwargs: Any) -> None:
    """Send the link of an invitation; a renewed one is a new message."""
    with translation.override(invitation.language):
        path = reverse("programme:invitation", kwargs={"token": invitation.token})
        role = invitation.get_role_display()
    put_in(
        key=f"invitation-{invitation.pk}-{invitation.expires_at:%Y%m%d%H%M%S}",
        kind="invitation",
        to=invitation.mail,
        language=invitation.language,
        context={
            "inviter": str(invitation.invited_by or ""),
            "place": str(invitation.place),
            "role": role,
            "link": absolute(path),
            "expires_at": invitation.expires_at,
        },
        at=at,
        scope=invitation.audit_scope,
    )
