"""Links out of articles: noted when an article is published, tried once a week."""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlsplit

from django.db import transaction
from django.db.models import F, Q

from tandemwerk.knowledge.models import Article, ArticleLink
from tandemwerk.knowledge.reaching import Reached, reach

#: A link is tried again after so long; one that failed the next day already.
TRY_AGAIN: Final = timedelta(days=7)
TRY_BROKEN_AGAIN: Final = timedelta(days=1)
#: Of one host at most so many links in one run: we are guests there.
PER_HOST: Final = 5
PER_RUN: Final = 60
MAX_LINKS: Final = 100
_ADDRESS: Final = re.compile(r"https?://[^\s<>\"'\])}|\\^`]+", re.IGNORECASE)


def links_in(texts: Iterable[str]) -> list[str]:
    """Return the addresses in texts, each once, in order.

    >>> links_in(["Siehe <https://example.org/a>, und (https://example.org/b)."])
    ['https://example.org/a', 'https://example.org/b']
    """
    found: dict[str, None] = {}
    for text in texts:
        for address in _ADDRESS.findall(text):
            found.setdefault(address.rstrip(".,;:!?*_"))
    return [each for each in found if len(each) <= 500][:MAX_LINKS]  # noqa: PLR2004 the column's


def note_links(article: Article) -> None:
    """Keep which links the published words have; what is known of those that stay is kept."""
    texts = [article.summary, article.body]
    texts += [each for each in article.facts.values() if isinstance(each, str)]
    wanted = links_in(texts)
    article.links.exclude(url__in=wanted).delete()
    ArticleLink.objects.bulk_create(
        [ArticleLink(article=article, url=url) for url in wanted], ignore_conflicts=True
    )


def check_links(*, at: datetime) -> int:
    """Try the links whose turn it is, each address once. Return how many were tried."""
    live = ArticleLink.objects.filter(article__in=Article.objects.published())
    turn = (
        Q(checked_at=None)
        | Q(broken_since=None, checked_at__lte=at - TRY_AGAIN)
        | Q(broken_since__isnull=False, checked_at__lte=at - TRY_BROKEN_AGAIN)
    )
    waiting = live.filter(turn).order_by(F("checked_at").asc(nulls_first=True), "pk")
    chosen: dict[str, None] = {}
    hosts: dict[str, int] = {}
    for url in waiting.values_list("url", flat=True)[: PER_RUN * 4]:
        host = urlsplit(url).hostname or ""
        if url in chosen or hosts.get(host, 0) >= PER_HOST:
            continue
        hosts[host] = hosts.get(host, 0) + 1
        chosen[url] = None
        if len(chosen) == PER_RUN:
            break
    for url in chosen:
        keep_answer(url, reach(url), at=at)
    return len(chosen)


@transaction.atomic
def keep_answer(url: str, answer: Reached, *, at: datetime) -> None:
    """Note what came of trying an address, for all articles that have it."""
    rows = ArticleLink.objects.filter(url=url)
    rows.update(checked_at=at, status=answer.status)
    if answer.is_broken:
        rows.filter(broken_since=None).update(broken_since=at)
    else:
        rows.update(broken_since=None)
