"""A question nobody has answered is offered to members who probably know."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tandemwerk.community.enums import OfferState
from tandemwerk.community.models.talk import Topic
from tandemwerk.people.models import User


class Offer(models.Model):
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="offers")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="offers")
    state = models.CharField(
        _("state"), max_length=8, choices=OfferState.choices, default=OfferState.OFFERED
    )
    #: Why it was this member, as codes and numbers: ``[["term", "housing"], ["accepted", 4]]``.
    reasons = models.JSONField(default=list)
    offered_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["topic", "user"], name="offer_once"),
        ]
        indexes = [models.Index(fields=["user", "-offered_at"], name="offer_of_user")]
