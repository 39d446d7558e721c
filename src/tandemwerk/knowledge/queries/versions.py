"""Versions of an article: revisions, what differs, languages, adaptations."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision

from tandemwerk.core.prepared import Prepared
from tandemwerk.knowledge.content import Content, content_of, content_of_revision, hash_of
from tandemwerk.knowledge.differences import FieldDifference, compare_fields
from tandemwerk.knowledge.enums import Audience, Licence, TranslationState
from tandemwerk.knowledge.facts import facts_of
from tandemwerk.knowledge.models import Article, Term
from tandemwerk.programme.enums import TargetGroup
from tandemwerk.ui.parts import Tone

TRANSLATION_TONES: Mapping[str, Tone] = {
    TranslationState.CURRENT: "good",
    TranslationState.OUTDATED: "careful",
    TranslationState.MACHINE: "note",
    TranslationState.MISSING: "neutral",
}


def words_of(content: Content, kind: str) -> dict[str, str]:
    """Return the words of an article field by field, choices in words."""
    words = {"title": content.title, "summary": content.summary, "body": content.body}
    for fact in facts_of(kind):
        value = content.facts.get(fact.name, "")
        if isinstance(value, list):
            named = {str(code): str(label) for code, label in fact.choices}
            value = ", ".join(named.get(str(each), str(each)) for each in value)
        words[fact.name] = str(value)
    return words


def labels_of(kind: str) -> dict[str, Any]:
    """Return what the fields of a kind are called, in the order of the form."""
    labels = {"title": _("Title"), "summary": _("In one or two sentences"), "body": _("Text")}
    return labels | {fact.name: fact.label for fact in facts_of(kind)}


def compare(old: Content, new: Content, kind: str) -> list[FieldDifference]:
    """Return the fields in which two versions differ, readers and subjects among them."""
    labels = labels_of(kind) | {
        "audience": _("Who may read it"),
        "licence": _("Licence"),
        "target_groups": _("For whom"),
        "terms": _("Subjects"),
    }
    return compare_fields(_all_words(old, kind), _all_words(new, kind), labels)


def _all_words(content: Content, kind: str) -> dict[str, str]:
    groups = dict(TargetGroup.choices)
    names = {term.slug: str(term) for term in Term.objects.filter(slug__in=content.terms)}
    return words_of(content, kind) | {
        "audience": str(Audience(content.audience).label),
        "licence": str(Licence(content.licence).label),
        "target_groups": ", ".join(str(groups.get(each, each)) for each in content.target_groups),
        "terms": ", ".join(names.get(slug, slug) for slug in content.terms),
    }


@dataclass(frozen=True, kw_only=True)
class LanguageVersion:
    """An article in one language of the interface: which row, and how current it is."""

    code: str
    name: str
    article: Article | None
    state: TranslationState | None
    is_current_page: bool = False

    @property
    def tone(self) -> Tone:
        return TRANSLATION_TONES[self.state] if self.state else "neutral"

    @property
    def is_readable(self) -> bool:
        return self.article is not None and self.article.live


def state_of(translation: Article, original: Article) -> TranslationState | None:
    """Return how current a version is; None for the original itself."""
    if not translation.translated_hash:
        return None
    if translation.is_machine_draft:
        return TranslationState.MACHINE
    mark = original.content_hash or hash_of(content_of(original))
    is_current = translation.translated_hash == mark
    return TranslationState.CURRENT if is_current else TranslationState.OUTDATED


_family: Final = Prepared(
    lambda article: Article.objects.filter(
        translation_key=Article.objects.filter(pk=article).values("translation_key")[:1]
    ).select_related("locale")
)


def language_versions(article: Article) -> list[LanguageVersion]:
    """Return the article in every language of the interface, the missing ones as well."""
    rows = {each.locale.language_code: each for each in _family(article.pk)}
    original = next((each for each in rows.values() if not each.translated_hash), article)
    found = []
    for code, _name in settings.LANGUAGES:
        row = rows.get(code)
        state = TranslationState.MISSING if row is None else state_of(row, original)
        found.append(
            LanguageVersion(
                code=code,
                name=local_name(code),
                article=row,
                state=state,
                is_current_page=row is not None and row.pk == article.pk,
            )
        )
    return found


def local_name(code: str) -> str:
    """Return what a language calls itself, with a capital letter."""
    name: str = get_language_info(code)["name_local"]
    return name[:1].upper() + name[1:]


def direction_of(code: str) -> str:
    """Return in which direction a language is written."""
    return "rtl" if get_language_info(code)["bidi"] else "ltr"


def version_to_read(article: Article, language: str) -> Article:
    """Return the published version that a reader of ``language`` gets: theirs, German, this one."""
    family = Article.objects.published().filter(translation_key=article.translation_key)
    wanted = family.filter(locale__language_code__in=(language, "de")).select_related("locale")
    rows = {each.locale.language_code: each for each in wanted}
    return rows.get(language) or rows.get("de") or article


def content_translated(translation: Article, original: Article) -> Content | None:
    """Return the words of the original that a translation was made of, if they are still kept."""
    for revision in Revision.objects.for_instance(original).order_by("-created_at", "-pk"):
        content = content_of_revision(revision)
        if hash_of(content) == translation.translated_hash:
            return content
    return None


def revisions_of(article: Article) -> list[Revision]:
    """Return all revisions, the newest first, with who made them."""
    rows = Revision.objects.for_instance(article).select_related("user")
    return list(rows.order_by("-created_at", "-pk"))
