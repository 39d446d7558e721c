"""Mails that came in: once each, and without their words as soon as they were worked on."""

from django.db import models

from tandemwerk.messaging.enums import InboundState
from tandemwerk.people.models import User


class InboundMail(models.Model):
    """A mail to a reply address. The row remains so that the same mail changes nothing later."""

    #: SHA-256 of its Message-ID, or of the whole mail where it has none.
    fingerprint = models.CharField(max_length=64, unique=True)
    #: The mail as it came, until it was worked on.
    raw = models.BinaryField(default=b"")
    state = models.CharField(
        max_length=10, choices=InboundState.choices, default=InboundState.WAITING
    )
    #: Whose answer it was, when that was certain.
    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="+")
    received_at = models.DateTimeField(db_index=True)
    settled_at = models.DateTimeField(null=True)
    #: A code of ``enums.Refusal``, when it was refused.
    reason = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="inbound_mail_forgets_its_words",
                condition=models.Q(state=InboundState.WAITING) | models.Q(raw=b""),
            ),
        ]

    def __str__(self) -> str:
        return self.state
