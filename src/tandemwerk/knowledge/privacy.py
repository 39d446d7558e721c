"""What the library keeps about an account: what somebody wrote, said and put together."""

from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision

from tandemwerk.core.actors import Actor
from tandemwerk.core.privacy import AccountData, erased_by_the_key, name_facts, register
from tandemwerk.knowledge.models import (
    Article,
    ArticleAuthor,
    ArticleComment,
    ArticleResponse,
    ArticleUse,
    ReadingList,
)


def _export_articles(user_id: int) -> list[dict[str, Any]]:
    named = ArticleAuthor.objects.filter(user=user_id).select_related("article").order_by("pk")
    rows = [
        {
            "title": each.article.title,
            "role": each.get_role_display(),
            "begun": each.article.created_at.isoformat(),
        }
        for each in named
    ]
    owned = Article.objects.filter(owner=user_id).order_by("pk")
    rows += [{"title": each.title, "role": str(_("looks after it"))} for each in owned]
    kept = Revision.objects.filter(
        user=user_id, base_content_type=Article.get_base_content_type()
    ).order_by("pk")
    return rows + [
        {"title": each.object_str, "role": str(_("version")), "at": each.created_at.isoformat()}
        for each in kept
    ]


def _forget_articles(user_id: int, _by: Actor, _at: datetime) -> None:
    """Let go of the name: the words stay with the organisation that published them.

    Unfinished drafts that nobody else has a part in go with their author.
    """
    alone = Article.objects.filter(
        owner=user_id, first_published_at=None, carrier=None, site=None
    ).exclude(pk__in=ArticleAuthor.objects.exclude(user=user_id).values("article_id"))
    alone.delete()
    authors = ArticleAuthor.objects.filter(user=user_id)
    authors.filter(carrier=None, site=None, unnamed="").delete()
    authors.update(user=None)


def _export_words(user_id: int) -> list[dict[str, Any]]:
    comments = ArticleComment.objects.filter(by=user_id).select_related("article").order_by("pk")
    responses = ArticleResponse.objects.filter(by=user_id).select_related("article").order_by("pk")
    uses = ArticleUse.objects.filter(by=user_id).select_related("article", "site").order_by("pk")
    return [
        *(
            {"article": each.article.title, "comment": each.text, "at": each.at.isoformat()}
            for each in comments
        ),
        *(
            {"article": each.article.title, "response": each.text, "at": each.at.isoformat()}
            for each in responses
        ),
        *(
            {"article": each.article.title, "site": each.site.name, "note": each.note}
            for each in uses
        ),
    ]


def _forget_words(user_id: int, _by: Actor, _at: datetime) -> None:
    """Remove what was said about unfinished texts; responses stay as the organisation's."""
    ArticleComment.objects.filter(Q(by=user_id)).delete()
    ArticleUse.objects.filter(by=user_id).update(note="")


def _export_lists(user_id: int) -> list[dict[str, Any]]:
    lists = ReadingList.objects.filter(owner=user_id).prefetch_related("items__article")
    return [
        {
            "name": each.name,
            "about": each.about,
            "shared": each.is_shared,
            "articles": [
                item.article.title
                for item in sorted(each.items.all(), key=lambda item: item.position)
            ],
        }
        for each in lists.order_by("pk")
    ]


register(
    AccountData(
        name="articles",
        title=_("Articles you wrote"),
        purpose=_("To keep what the exchange learns, and who stands behind it."),
        kept=_("The words stay; your name goes with your account."),
        models=("knowledge.Article", "knowledge.ArticleAuthor"),
        export=_export_articles,
        erase=_forget_articles,
    ),
    AccountData(
        name="article_words",
        title=_("Comments and responses in the library"),
        purpose=_("To work on articles together."),
        kept=_("Comments until the account is closed; responses and use stay without your name."),
        models=(
            "knowledge.ArticleComment",
            "knowledge.ArticleResponse",
            "knowledge.ArticleUse",
            "knowledge.ArticleFile",
        ),
        export=_export_words,
        erase=_forget_words,
    ),
    AccountData(
        name="reading_lists",
        title=_("Reading lists"),
        purpose=_("To find again what you want to read."),
        kept=_("Until you remove them, or your account is closed."),
        models=("knowledge.ReadingList",),
        export=_export_lists,
        erase=erased_by_the_key,
    ),
)

name_facts(
    {
        "article": _("Article"),
        "articles": _("Articles"),
        "begun": _("Begun"),
        "comment": _("Your comment"),
        "response": _("Response"),
        "shared": _("Shared"),
    }
)
