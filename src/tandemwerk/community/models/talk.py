"""Topics, posts and what hangs on them."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tandemwerk.community.enums import (
    SHOWN_TOPICS,
    Anonymity,
    PostState,
    ReactionKind,
    TopicKind,
    TopicState,
    Via,
)
from tandemwerk.community.models.spaces import Space
from tandemwerk.knowledge.models import Article, Term
from tandemwerk.people.models import User
from tandemwerk.programme.models import Carrier, Site, Viewer


class TopicQuerySet(models.QuerySet["Topic"]):
    def visible_to(self, user: Viewer) -> "TopicQuerySet":
        """Return the topics of the spaces that ``user`` reads, and their own that wait or hide.

        What moderation sees besides is ``moderated_by``.
        """
        if not isinstance(user, User):
            return self.none()
        mine = Q(author=user) & ~Q(state=TopicState.MERGED)
        return self.filter(
            Q(state__in=SHOWN_TOPICS) | mine,
            space__in=Space.objects.visible_to(user).values("pk"),
        )

    def shown(self) -> "TopicQuerySet":
        return self.filter(state__in=SHOWN_TOPICS)


class Topic(models.Model):
    """Something to talk about: a question, a discussion, an announcement, a practice case."""

    space = models.ForeignKey(Space, on_delete=models.PROTECT, related_name="topics")
    kind = models.CharField(_("kind"), max_length=12, choices=TopicKind.choices)
    title = models.CharField(_("title"), max_length=160)
    state = models.CharField(
        _("state"), max_length=8, choices=TopicState.choices, default=TopicState.OPEN
    )
    language = models.CharField(_("language"), max_length=8, default="de")
    #: Nothing where nobody is to know, and for accounts that were closed.
    author = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="topics"
    )
    #: For whom somebody speaks: their site or carrier; neither: the network office or ministry.
    site = models.ForeignKey(
        Site, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    carrier = models.ForeignKey(
        Carrier, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    anonymity = models.CharField(
        _("name"), max_length=10, choices=Anonymity.choices, default=Anonymity.NAMED
    )
    #: Land of an anonymous asker as ISO 3166-2 (``DE-BY``): «a site in Bavaria».
    asked_from = models.CharField(max_length=6, blank=True)
    #: SHA-256 of the secret that leads an asker whom nobody knows back to their question.
    asker_key_hash = models.CharField(max_length=64, blank=True)
    terms = models.ManyToManyField(Term, related_name="topics", blank=True)
    accepted_post = models.ForeignKey(
        "Post", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    #: The answer that stands for the ministry or the network office.
    official_post = models.ForeignKey(
        "Post", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    #: An announcement that wants «read and understood».
    wants_acknowledgement = models.BooleanField(_("ask everybody to confirm"), default=False)
    pinned_until = models.DateField(_("pinned until"), null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="merged"
    )
    created_at = models.DateTimeField()
    #: When something was last said that readers see: by this, lists are sorted.
    last_post_at = models.DateTimeField()

    objects: ClassVar[models.Manager["Topic"]] = TopicQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="topic_nobody_knows_who_asked",
                condition=~Q(anonymity=Anonymity.NOBODY) | Q(author=None, site=None, carrier=None),
            ),
            models.CheckConstraint(
                name="topic_merged_says_where",
                condition=~Q(state=TopicState.MERGED) | Q(merged_into__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["space", "-last_post_at", "-id"],
                condition=Q(state__in=SHOWN_TOPICS),
                name="topic_list",
            ),
            models.Index(
                fields=["-last_post_at", "-id"],
                condition=Q(state__in=SHOWN_TOPICS),
                name="topic_latest",
            ),
            models.Index(
                fields=["created_at"],
                condition=Q(kind="question", accepted_post=None),
                name="topic_unanswered",
            ),
            models.Index(
                fields=["space"], condition=Q(pinned_until__isnull=False), name="topic_pinned"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("community:topic", kwargs={"pk": self.pk})

    @property
    def audit_scope(self) -> str:
        return self.space.audit_scope


class PostQuerySet(models.QuerySet["Post"]):
    def visible_to(self, user: Viewer) -> "PostQuerySet":
        """Return the posts that stand in topics ``user`` may read, and their own."""
        if not isinstance(user, User):
            return self.none()
        return self.filter(
            Q(state=PostState.SHOWN) | Q(author=user),
            topic__in=Topic.objects.visible_to(user).values("pk"),
        )

    def shown(self) -> "PostQuerySet":
        return self.filter(state=PostState.SHOWN)


class Post(models.Model):
    """Something that was said. The text is Markdown; ``html`` is what came of it, cleaned."""

    #: Without an index of its own: ``post_in_topic`` begins with it.
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="posts", db_index=False)
    author = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="posts"
    )
    site = models.ForeignKey(
        Site, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    carrier = models.ForeignKey(
        Carrier, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    #: The asker of an anonymous topic speaks: shown as the topic says.
    is_asker = models.BooleanField(default=False)
    body = models.TextField(_("text"))
    html = models.TextField()
    state = models.CharField(
        _("state"), max_length=8, choices=PostState.choices, default=PostState.SHOWN
    )
    reply_to = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="replies"
    )
    via = models.CharField(max_length=4, choices=Via.choices, default=Via.WEB)
    #: Sent twice (a double click, a mail fetched again) it stands once.
    key = models.CharField(max_length=80, unique=True)
    created_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager["Post"]] = PostQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["topic", "created_at", "id"], name="post_in_topic"),
            models.Index(fields=["author", "-created_at"], name="post_of_author"),
            # Few among very many: those that wait for their first look.
            models.Index(
                fields=["topic"], condition=Q(state=PostState.PENDING), name="post_waiting"
            ),
            # Lists say how many answers each topic has: counted from this index alone.
            models.Index(fields=["topic"], condition=Q(state=PostState.SHOWN), name="post_shown"),
        ]

    @property
    def audit_scope(self) -> str:
        return self.topic.audit_scope


class PostVersion(models.Model):
    """How a post stood before it was edited."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="versions")
    body = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    reason = models.CharField(max_length=300, blank=True)


class Attachment(models.Model):
    """A file of a post; before the post is sent it belongs to whoever brought it."""

    post = models.ForeignKey(
        Post, on_delete=models.CASCADE, null=True, blank=True, related_name="attachments"
    )
    #: Whoever brought it, until the post is sent; nobody where nobody is to know.
    brought_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    file = models.FileField(upload_to="community/%Y/%m/")
    name = models.CharField(max_length=160)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    width = models.PositiveIntegerField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True)
    at = models.DateTimeField()


class Reaction(models.Model):
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="reactions")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8, choices=ReactionKind.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["post", "user", "kind"], name="reaction_once"),
        ]


class TopicArticle(models.Model):
    """An article was made from a topic: the topic shows it, and it shows its origin."""

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="articles")
    post = models.ForeignKey(Post, on_delete=models.SET_NULL, null=True, related_name="+")
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="origins")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["topic", "article"], name="topic_article_once"),
        ]
