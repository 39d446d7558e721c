"""Who knows what, and how one visits or consults each other."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tandemwerk.community.enums import PeerKind, PeerState
from tandemwerk.knowledge.models import Term
from tandemwerk.people.models import User
from tandemwerk.programme.models import Site, Viewer


class ProfileQuerySet(models.QuerySet["Profile"]):
    def visible_to(self, user: Viewer) -> "ProfileQuerySet":
        """Return the own profile, and to members those who want to stand in the directory."""
        if not isinstance(user, User):
            return self.none()
        listed = Q(is_listed=True, user__is_active=True)
        return self.filter(Q(user=user) | (listed if user.memberships.exists() else Q(pk__in=())))


class Profile(models.Model):
    """What a member tells others about themselves. No address: contact goes through us."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="profile")
    about = models.TextField(_("about me"), max_length=500, blank=True)
    ask_me_about = models.CharField(_("ask me about"), max_length=300, blank=True)
    expertise = models.ManyToManyField(Term, related_name="experts", blank=True)
    #: codes of people.enums.SPOKEN_LANGUAGES
    languages = models.JSONField(_("languages"), default=list, blank=True)
    hosts_visits = models.BooleanField(_("we host visits"), default=False)
    is_listed = models.BooleanField(_("stand in the directory"), default=False)
    #: Gets questions that nobody has answered.
    takes_questions = models.BooleanField(_("questions may be offered to me"), default=True)
    changed_at = models.DateTimeField()

    objects: ClassVar[models.Manager["Profile"]] = ProfileQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.user)

    @property
    def audit_scope(self) -> str:
        return "programme/"


class PeerRequestQuerySet(models.QuerySet["PeerRequest"]):
    def visible_to(self, user: Viewer) -> "PeerRequestQuerySet":
        """Return what ``user`` asked or was asked."""
        if not isinstance(user, User):
            return self.none()
        return self.filter(Q(asker=user) | Q(host=user))

    def waiting_for(self, user: User) -> "PeerRequestQuerySet":
        """Return what ``user`` was asked and has not answered."""
        return self.filter(host=user, state=PeerState.ASKED)


class PeerRequest(models.Model):
    """What one member asks another for: an answer, a visit, a peer consultation.

    A visit (Hospitation) and a consultation (kollegiale Fallberatung) are agreed by both.
    """

    kind = models.CharField(_("kind"), max_length=12, choices=PeerKind.choices)
    state = models.CharField(
        _("state"), max_length=10, choices=PeerState.choices, default=PeerState.ASKED
    )
    asker = models.ForeignKey(User, on_delete=models.CASCADE, related_name="peer_requests")
    host = models.ForeignKey(User, on_delete=models.CASCADE, related_name="peer_invitations")
    site = models.ForeignKey(
        Site, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    subject = models.CharField(_("what it is about"), max_length=160)
    text = models.TextField(_("what you would like to learn"), max_length=2000)
    proposed_on = models.DateField(_("proposed day"), null=True, blank=True)
    agreed_at = models.DateTimeField(_("agreed for"), null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(_("how long (minutes)"), default=120)
    place = models.CharField(_("where"), max_length=200, blank=True)
    #: How often day or place were changed: calendars want to know (RFC 5545, SEQUENCE).
    sequence = models.PositiveSmallIntegerField(default=0)
    answer = models.TextField(_("answer"), max_length=1000, blank=True)
    #: What both take from it, written afterwards.
    asker_took = models.TextField(_("what you take with you"), max_length=1000, blank=True)
    host_took = models.TextField(_("what you take with you"), max_length=1000, blank=True)
    created_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager["PeerRequest"]] = PeerRequestQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["state", "agreed_at"], name="peer_request_agreed")]
        constraints = [
            models.CheckConstraint(
                name="peer_request_agreed_says_when",
                condition=~Q(state=PeerState.AGREED) | Q(agreed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="peer_request_between_two", condition=~Q(asker=models.F("host"))
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def audit_scope(self) -> str:
        return "programme/"

    def other(self, user: User) -> User:
        """Return with whom ``user`` has to do here."""
        return self.host if user.pk == self.asker_id else self.asker
