"""Everything the page of an article shows, in a fixed number of queries."""

import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from tandemwerk.core.markdown import to_html
from tandemwerk.core.prepared import Prepared
from tandemwerk.knowledge.content import Content, content_of, newest_content
from tandemwerk.knowledge.enums import AuthorRole, Freshness, Licence
from tandemwerk.knowledge.facts import facts_of
from tandemwerk.knowledge.models import Article, ArticleAuthor, ArticleFeedback, ArticleUse
from tandemwerk.knowledge.queries.shelf import FRESHNESS_TONES, freshness_of
from tandemwerk.knowledge.queries.versions import (
    LanguageVersion,
    direction_of,
    language_versions,
    local_name,
)
from tandemwerk.knowledge.rules import is_member
from tandemwerk.programme.enums import TargetGroup
from tandemwerk.ui.parts import Tone

LICENCE_ADDRESSES = {
    Licence.CC_BY_SA: "https://creativecommons.org/licenses/by-sa/4.0/",
    Licence.CC_BY: "https://creativecommons.org/licenses/by/4.0/",
    Licence.CC0: "https://creativecommons.org/publicdomain/zero/1.0/",
}


@dataclass(frozen=True, kw_only=True)
class Section:
    """A part of the text with its heading."""

    label: Any
    html: SafeString


@dataclass(frozen=True, kw_only=True)
class Reading:
    """The words of an article as they are read, in their own language and direction."""

    title: str
    summary: str
    body: SafeString
    facts: list[tuple[Any, Any]]
    sections: list[Section]
    language: str
    direction: str


def reading_of(article: Article, content: Content, *, language: str) -> Reading:
    """Return the words ready to show. Facts of one line come first, long ones as sections."""
    lines: list[tuple[Any, Any]] = []
    sections: list[Section] = []
    for fact in facts_of(article.kind):
        value = content.facts.get(fact.name)
        if not value:
            continue
        if fact.kind == "long":
            sections.append(Section(label=fact.label, html=_html(str(value), first=3)))
        elif fact.kind == "choices":
            named = {str(code): label for code, label in fact.choices}
            codes = value if isinstance(value, list) else [value]
            lines.append((fact.label, [named.get(str(each), each) for each in codes]))
        else:
            lines.append((fact.label, value))
    if groups := [TargetGroup(each).label for each in content.target_groups if each in _GROUPS]:
        lines.insert(0, (_("For whom"), groups))
    return Reading(
        title=content.title,
        summary=content.summary,
        body=_html(content.body, first=2),
        facts=lines,
        sections=sections,
        language=language,
        direction=direction_of(language),
    )


_GROUPS = set(TargetGroup.values)
_HEADING = re.compile(r"(</?h)([1-6])(?=>)")


def _html(text: str, *, first: int) -> SafeString:
    """Return Markdown as HTML whose highest heading is of the level ``first``: none is skipped."""
    html = to_html(text)
    used = sorted({int(level) for _start, level in _HEADING.findall(html)})
    levels = {old: min(6, first + place) for place, old in enumerate(used)}
    return mark_safe(  # noqa: S308 - cleaned by to_html; only the figures in its headings change
        _HEADING.sub(lambda found: f"{found[1]}{levels[int(found[2])]}", html)
    )


@dataclass(frozen=True, kw_only=True)
class Maker:
    """Somebody who had a part in it, as this reader may know them."""

    role: Any
    name: str


@dataclass(frozen=True, kw_only=True)
class ArticlePage:
    """An article with all that stands around it."""

    article: Article
    reading: Reading
    makers: list[Maker]
    organisation: str
    freshness: Freshness
    freshness_tone: Tone
    versions: list[LanguageVersion]
    #: Name of the reader's language where the article does not have it.
    missing_language: str
    #: Address of the published version in the reader's language, when another one is shown.
    own_language_url: str
    language_name: str
    is_outdated_translation: bool
    use_count: int
    uses: list[ArticleUse]
    #: Names of the sites that want to be named.
    users: list[str]
    helped: int
    not_helped: int
    adapted_from: Article | None
    adaptations: list[Article]
    citation: str
    address: str
    licence_url: str
    structured: dict[str, Any] = field(default_factory=dict)

    @property
    def is_outdated(self) -> bool:
        return self.freshness == Freshness.OUTDATED

    @property
    def is_due(self) -> bool:
        return self.freshness != Freshness.FRESH


_feedback: Final = Prepared(
    lambda article: (
        ArticleFeedback.objects.filter(article=article)
        .order_by()
        .values_list("article")
        .annotate(
            helped=Count("pk", filter=Q(has_helped=True)),
            not_helped=Count("pk", filter=Q(has_helped=False)),
        )
        .values_list("helped", "not_helped")
    )
)
_uses: Final = Prepared(
    lambda article: (
        ArticleUse.objects.filter(article=article)
        .select_related("site")
        .order_by("site__name", "pk")
    )
)
#: What an article was made from, and what carriers made of it.
_near: Final = Prepared(
    lambda article, adapted_from: (
        Article.objects.published()
        .filter(Q(adapted_from=article) | Q(pk=adapted_from))
        .select_related("carrier")
        .order_by("carrier__name", "pk")
    )
)
_authors: Final = Prepared(
    lambda article: ArticleAuthor.objects.filter(article=article).select_related(
        "user", "carrier", "site"
    )
)


def article_page(article: Article, *, user: Any, language: str, at: datetime) -> ArticlePage:
    """Return the page of an article: the published words, or the newest of a draft."""
    content = content_of(article) if article.live else newest_content(article)
    own = article.locale.language_code
    versions = language_versions(article)
    mine = next((each for each in versions if each.code == language), None)
    fresh = freshness_of(article, today=timezone.localdate(at))
    helped, not_helped = next(iter(_feedback(article.pk)), (0, 0))
    users = _uses(article.pk)
    organisation = organisation_of(article)
    address = settings.BASE_URL + reverse("knowledge:article", kwargs={"slug": article.slug})
    adapted_from = article.adapted_from_id or 0
    near = [each for each in _near(article.pk, adapted_from) if each.is_readable_by(user)]
    state = next((each.state for each in versions if each.is_current_page), None)
    return ArticlePage(
        article=article,
        reading=reading_of(article, content, language=own),
        makers=makers_of(article, user=user),
        organisation=organisation,
        freshness=fresh,
        freshness_tone=FRESHNESS_TONES[fresh],
        versions=versions,
        missing_language=local_name(language)
        if own != language and not (mine and mine.is_readable)
        else "",
        own_language_url=_address(mine.article)
        if mine and mine.is_readable and own != language and mine.article
        else "",
        language_name=local_name(own),
        is_outdated_translation=state == "outdated",
        use_count=len(users),
        uses=users,
        users=[each.site.name for each in users if each.is_named],
        helped=helped,
        not_helped=not_helped,
        adapted_from=next((each for each in near if each.pk == article.adapted_from_id), None),
        adaptations=[each for each in near if each.adapted_from_id == article.pk],
        citation=citation_of(article, title=content.title, by=organisation, address=address),
        address=address,
        licence_url=LICENCE_ADDRESSES.get(Licence(article.licence), ""),
        structured=structured_data(article, content, by=organisation, address=address),
    )


def _address(article: Article) -> str:
    return reverse("knowledge:article", kwargs={"slug": article.slug})


def organisation_of(article: Article) -> str:
    """Return who answers for an article: its site, its carrier or the network office."""
    if article.site is not None:
        return article.site.name
    return article.carrier.name if article.carrier is not None else _("Network office")


def makers_of(article: Article, *, user: Any) -> list[Maker]:
    """Return who had a part in it. To the world organisations are named, to members people."""
    knows_people = is_member(user)
    rows = _authors(article.pk)
    order = list(AuthorRole)
    found: dict[tuple[str, str], Maker] = {}
    for row in sorted(rows, key=lambda each: (order.index(AuthorRole(each.role)), each.pk)):
        name = _name_of(row, knows_people=knows_people)
        if name:
            found.setdefault((row.role, name), Maker(role=row.get_role_display(), name=name))
    return list(found.values())


def _name_of(row: ArticleAuthor, *, knows_people: bool) -> str:
    place = row.site or row.carrier
    if row.unnamed:
        return row.unnamed
    if row.user is not None and knows_people:
        return f"{row.user} ({place})" if place else str(row.user)
    return str(place) if place else ""


def citation_of(article: Article, *, title: str, by: str, address: str) -> str:
    """Return one line that others can put under what they took from here."""
    year = timezone.localtime(article.last_published_at or article.created_at).year
    return _("%(by)s (%(year)s): %(title)s. Tandemwerk library, %(address)s. %(licence)s.") % {
        "by": by,
        "year": year,
        "title": title,
        "address": address,
        "licence": article.get_licence_display(),
    }


def structured_data(article: Article, content: Content, *, by: str, address: str) -> dict[str, Any]:
    """Return the article as schema.org says it; empty unless everybody may read it."""
    if article.audience != "public" or not article.live:
        return {}
    data = {
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": content.title[:110],
        "description": content.summary,
        "inLanguage": article.locale.language_code,
        "url": address,
        "datePublished": _iso(article.first_published_at),
        "dateModified": _iso(article.last_published_at),
        "author": {"@type": "Organization", "name": by},
        "license": LICENCE_ADDRESSES.get(Licence(article.licence), ""),
    }
    return {name: value for name, value in data.items() if value}


def _iso(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""
