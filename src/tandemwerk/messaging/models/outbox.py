"""The outbox: each message once, in the language of its reader."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from tandemwerk.messaging.enums import MessageState
from tandemwerk.people.models import Person, User
from tandemwerk.programme.enums import WRITING_ROLES, Role
from tandemwerk.programme.models import Viewer


def scopes_of(user: Viewer, *, writing: bool = False) -> list[str]:
    """Return the branches whose messages belong to ``user``'s own teams, not those below them."""
    if not isinstance(user, User):
        return []
    memberships = user.memberships.exclude(role=Role.MINISTRY)
    if writing:
        memberships = memberships.filter(role__in=WRITING_ROLES)
    places = memberships.select_related("site", "carrier", "programme")
    return [scope for member in places if (scope := getattr(member.place, "audit_scope", ""))]


class MessageQuerySet(models.QuerySet["Message"]):
    def visible_to(self, user: Viewer) -> "MessageQuerySet":
        """Return the messages of the teams that ``user`` is in; all for an administrator.

        In the demo everybody may follow everything, except for the ministry.
        """
        if not isinstance(user, User):
            return self.none()
        if user.is_superuser:
            return self
        if settings.DEMO:
            is_ministry = user.memberships.filter(role=Role.MINISTRY).exists()
            return self.none() if is_ministry else self
        return self.filter(scope__in=scopes_of(user))


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
    #: Where an answer goes; empty: nowhere.
    reply_to = models.EmailField(_("answers go to"), blank=True)
    language = models.CharField(max_length=8)
    subject = models.CharField(_("subject"), max_length=160)
    text = models.TextField()
    html = models.TextField(blank=True)
    #: An iCalendar file that goes along, or nothing.
    calendar = models.TextField(blank=True)
    #: Further headers of the mail: name -> value, such as where one signs off with one click.
    headers = models.JSONField(default=dict, blank=True)
    #: Branch of the programme it belongs to, as in the audit trail; its team may read it.
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

    objects: ClassVar[models.Manager["Message"]] = MessageQuerySet.as_manager()

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

    def __str__(self) -> str:
        return self.subject

    @property
    def audit_scope(self) -> str:
        return self.scope
