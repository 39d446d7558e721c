"""What readers leave with an article: use, feedback, comments, lists."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tandemwerk.knowledge.models.articles import Article
from tandemwerk.people.models import User
from tandemwerk.programme.models import Site, Viewer


class ArticleUse(models.Model):
    """A site works with an article: «we use this»."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="uses")
    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="article_uses")
    #: The site agrees to be named; if not it is counted only.
    is_named = models.BooleanField(_("our site may be named"), default=True)
    note = models.CharField(_("how"), max_length=300, blank=True)
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["article", "site"], name="article_use_once"),
        ]


class ArticleFeedback(models.Model):
    """Did it help? One tap and, if not, what was missing. Nobody is named."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="feedback")
    has_helped = models.BooleanField()
    missing = models.TextField(_("what was missing"), max_length=500, blank=True)
    at = models.DateTimeField()


class ArticleComment(models.Model):
    """What those who work on an article say to each other about it."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="comments")
    #: The passage it is about, as it stood then.
    passage = models.CharField(max_length=300, blank=True)
    text = models.TextField(_("comment"), max_length=2000)
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    resolved_at = models.DateTimeField(null=True, blank=True)


class ArticleLink(models.Model):
    """A link out of an article, and whether it still leads somewhere."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="links")
    url = models.URLField(max_length=500)
    checked_at = models.DateTimeField(null=True, blank=True)
    status = models.PositiveSmallIntegerField(null=True, blank=True)
    broken_since = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["article", "url"], name="article_link_once"),
        ]


class ReadingListQuerySet(models.QuerySet["ReadingList"]):
    def visible_to(self, user: Viewer) -> "ReadingListQuerySet":
        """Return the own lists, and to members those that others share."""
        if not isinstance(user, User):
            return self.none()
        shared = Q(is_shared=True) if user.memberships.exists() else Q(pk__in=())
        return self.filter(Q(owner=user) | shared)


class ReadingList(models.Model):
    """Articles that somebody put together, for themselves or for others."""

    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="reading_lists")
    name = models.CharField(_("name"), max_length=120)
    about = models.TextField(_("what for"), max_length=500, blank=True)
    is_shared = models.BooleanField(_("members may see it"), default=False)
    created_at = models.DateTimeField()

    objects: ClassVar[models.Manager["ReadingList"]] = ReadingListQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "name"], name="reading_list_once"),
        ]

    def __str__(self) -> str:
        return self.name


class ReadingListItem(models.Model):
    reading_list = models.ForeignKey(ReadingList, on_delete=models.CASCADE, related_name="items")
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="+")
    position = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["reading_list", "article"], name="reading_list_item_once"
            ),
        ]
