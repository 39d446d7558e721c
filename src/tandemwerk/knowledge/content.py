"""What an article says: its words apart from its state, as revisions keep them."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from wagtail.models import Revision

from tandemwerk.knowledge.enums import Audience, Licence
from tandemwerk.knowledge.models import Article

#: Key of a revision's content beside the fields of the row.
TERMS: Final = "term_slugs"


@dataclass(frozen=True, kw_only=True)
class Content:
    """The words of an article and who may read them. ``terms`` are slugs."""

    title: str
    summary: str = ""
    body: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    target_groups: tuple[str, ...] = ()
    licence: str = Licence.CC_BY_SA
    audience: str = Audience.MEMBERS
    terms: tuple[str, ...] = ()


def content_of(article: Article) -> Content:
    """Return what the row itself says: for readers the published words."""
    return Content(
        title=article.title,
        summary=article.summary,
        body=article.body,
        facts=article.facts,
        target_groups=tuple(article.target_groups),
        licence=article.licence,
        audience=article.audience,
        terms=tuple(sorted(term.slug for term in article.terms.all())),
    )


def content_of_revision(revision: Revision) -> Content:
    """Return what a revision says."""
    kept: Mapping[str, Any] = revision.content
    return Content(
        title=kept["title"],
        summary=kept["summary"],
        body=kept["body"],
        facts=_decoded(kept.get("facts"), {}),
        target_groups=tuple(_decoded(kept.get("target_groups"), [])),
        licence=kept["licence"],
        audience=kept["audience"],
        terms=tuple(kept.get(TERMS, ())),
    )


def newest_content(article: Article) -> Content:
    """Return the newest words, published or not: what an editor goes on with."""
    revision = article.latest_revision
    return content_of(article) if revision is None else content_of_revision(revision)


def put_into(article: Article, content: Content) -> None:
    """Write the words into the row's fields, without saving and without its terms."""
    article.title = content.title
    article.summary = content.summary
    article.body = content.body
    article.facts = dict(content.facts)
    article.target_groups = list(content.target_groups)
    article.licence = content.licence
    article.audience = content.audience


def revision_data(article: Article, content: Content) -> dict[str, Any]:
    """Return what a revision keeps: the row with these words in it."""
    put_into(article, content)
    return {**article.serializable_data(), TERMS: list(content.terms)}


def hash_of(content: Content) -> str:
    """Return a mark of the words that a translation has to follow."""
    words = [content.title, content.summary, content.body, dict(content.facts)]
    text = json.dumps(words, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _decoded(value: Any, default: Any) -> Any:
    """Return a JSON field of a revision, which some versions keep as text."""
    if isinstance(value, str):
        return json.loads(value)
    return default if value is None else value
