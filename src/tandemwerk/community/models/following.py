"""What readers keep for themselves: subscriptions, bookmarks, what they have read, drafts."""

from typing import Final

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tandemwerk.community.enums import Interest
from tandemwerk.community.models.spaces import Space
from tandemwerk.community.models.talk import Topic
from tandemwerk.knowledge.models import Term
from tandemwerk.people.models import User

_ONE_OF_THREE: Final = (
    Q(space__isnull=False, topic=None, term=None)
    | Q(topic__isnull=False, space=None, term=None)
    | Q(term__isnull=False, space=None, topic=None)
)


class Subscription(models.Model):
    """Somebody follows a space, a topic or a tag."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="subscriptions")
    space = models.ForeignKey(
        Space, on_delete=models.CASCADE, null=True, blank=True, related_name="subscriptions"
    )
    topic = models.ForeignKey(
        Topic, on_delete=models.CASCADE, null=True, blank=True, related_name="subscriptions"
    )
    term = models.ForeignKey(
        Term, on_delete=models.CASCADE, null=True, blank=True, related_name="subscriptions"
    )
    interest = models.CharField(
        _("how closely"), max_length=8, choices=Interest.choices, default=Interest.ALL
    )

    class Meta:
        constraints = [
            models.CheckConstraint(name="subscription_to_one_thing", condition=_ONE_OF_THREE),
            models.UniqueConstraint(
                fields=["user", "space"],
                condition=Q(space__isnull=False),
                name="subscription_space_once",
            ),
            models.UniqueConstraint(
                fields=["user", "topic"],
                condition=Q(topic__isnull=False),
                name="subscription_topic_once",
            ),
            models.UniqueConstraint(
                fields=["user", "term"],
                condition=Q(term__isnull=False),
                name="subscription_term_once",
            ),
        ]


class TopicRead(models.Model):
    """Up to when somebody has read a topic: what came later is new since the last visit."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="reads")
    read_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "topic"], name="topic_read_once"),
        ]


class SpaceRead(models.Model):
    """Up to when somebody has read a whole space: «mark all as read»."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="reads")
    read_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "space"], name="space_read_once"),
        ]


class Bookmark(models.Model):
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="bookmarks")
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "topic"], name="bookmark_once"),
        ]


class MeToo(models.Model):
    """Somebody has the same question."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="me_toos")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "topic"], name="me_too_once"),
        ]


class Acknowledgement(models.Model):
    """Somebody has read and understood an announcement."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="acknowledgements")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "topic"], name="acknowledgement_once"),
        ]


class Draft(models.Model):
    """What somebody began to write, kept on the server: one for each place."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    #: ``space/12`` for a new topic, ``topic/345`` for a reply.
    place = models.CharField(max_length=40)
    data = models.JSONField(default=dict)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "place"], name="draft_once"),
        ]
