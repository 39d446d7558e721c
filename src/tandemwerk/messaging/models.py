"""The outbox: each message once, in the language of its reader."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tandemwerk.messaging.enums import MessageState
from tandemwerk.people.models import Person, User


class Message(models.Model):
    """A mail to somebody. Rendered when it is put in, sent by the worker, kept for a while.

    ``key`` makes it unique: putting the same message in again changes nothing.
    """

    key = models.CharField(max_length=120, unique=True)
    kind = models.CharField(_("kind"), max_length=60)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, related_name="messages")
    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="messages")
    #: Only for those who are neither person nor account yet (invitations).
    address = models.EmailField(_("address"), blank=True)
    language = models.CharField(max_length=8)
    subject = models.CharField(_("subject"), max_length=160)
    text = models.TextField()
    html = models.TextField(blank=True)
    #: An iCalendar file that goes along, or nothing.
    calendar = models.TextField(blank=True)
    #: Branch of the programme it belongs to, as in the audit trail; decides who may read it.
    scope = models.CharField(max_length=80, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=MessageState.choices, default=MessageState.QUEUED
    )
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=models.Q(state="queued"),
                name="message_due",
            ),
            models.Index(fields=["scope", "created_at"], name="message_scope"),
        ]
        constraints = [
            models.CheckConstraint(
                name="message_has_a_reader",
                condition=~models.Q(person=None, user=None, address=""),
            ),
        ]
