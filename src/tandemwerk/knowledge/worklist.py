"""What the library has for somebody to do today."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from tandemwerk.core.worklist import Work, WorkItem, source
from tandemwerk.knowledge.models import Article
from tandemwerk.knowledge.queries import work
from tandemwerk.knowledge.rules import stands_in

#: A review that nobody has taken up for so long is urgent.
_LONG: Final = timedelta(days=7)


@source
def reviews(user: Any, at: datetime, limit: int) -> Work:
    """Return the articles that wait for a review by ``user``."""

    def item(article: Any) -> WorkItem:
        return WorkItem(
            key=f"knowledge.review/{article.pk}",
            title=_("Review: %(title)s") % {"title": article.title},
            reason=_("Nobody else at its carrier can review it.")
            if stands_in(user, article)
            else _("Somebody wrote or changed it and waits for a second pair of eyes."),
            url=reverse("knowledge:review", kwargs={"slug": article.slug}),
            button=_("Look at it"),
            urgency="soon" if article.review_asked_at > at - _LONG else "now",
            since=article.review_asked_at,
            icon="clipboard-check",
            scope=article.audit_scope,
        )

    waiting = work.waiting_for(user).select_related("site", "carrier")
    return _work(waiting.order_by("review_asked_at", "pk"), limit, item)


@source
def checks(user: Any, at: datetime, limit: int) -> Work:
    """Return the own articles that should be looked at again."""
    today = timezone.localdate(at)

    def item(article: Any) -> WorkItem:
        return WorkItem(
            key=f"knowledge.check/{article.pk}",
            title=_("Still true? %(title)s") % {"title": article.title},
            reason=_("To be checked by %(day)s.")
            % {"day": date_format(article.review_on, "DATE_FORMAT")},
            url=_page(article),
            button=_("Check it"),
            urgency="soon" if article.review_on < today else "later",
            since=article.review_on,
            icon="clock-history",
            scope=article.audit_scope,
        )

    return _work(work.to_check(user, at=at).select_related("site"), limit, item)


@source
def broken(user: Any, _at: datetime, limit: int) -> Work:
    """Return the links of own articles that lead nowhere."""

    def item(link: Any) -> WorkItem:
        return WorkItem(
            key=f"knowledge.link/{link.pk}",
            title=_("A link is broken: %(title)s") % {"title": link.article.title},
            reason=link.url[:120],
            url=reverse("knowledge:edit", kwargs={"slug": link.article.slug}),
            button=_("Mend it"),
            urgency="later",
            since=link.broken_since,
            icon="link-45deg",
            scope=link.article.audit_scope,
        )

    links = work.broken_links(user).select_related("article__site")
    return _work(links, limit, item)


def _page(article: Article) -> str:
    return reverse("knowledge:article", kwargs={"slug": article.slug})


def _work(rows: QuerySet[Any], limit: int, item: Callable[[Any], WorkItem]) -> Work:
    return Work(items=[item(each) for each in rows[:limit]], count=rows.count())
