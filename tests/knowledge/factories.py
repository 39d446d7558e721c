"""Rows of the library. An article is published, with the revision that it was published from."""

import factory
from django.utils.text import slugify

from tandemwerk.knowledge.content import content_of, hash_of
from tandemwerk.knowledge.enums import ArticleKind, ArticleState, Audience, AuthorRole
from tandemwerk.knowledge.locales import ensure_locale
from tandemwerk.knowledge.models import (
    Article,
    ArticleAuthor,
    ArticleUse,
    ReadingList,
    ReadingListItem,
    Term,
)
from tandemwerk.knowledge.services.kept import keep_revision, refresh_search
from tandemwerk.knowledge.services.links import note_links
from tests.factories import NOON, SiteFactory, UserFactory


class TermFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Term

    slug = factory.Sequence(lambda n: f"begriff-{n}")
    names = factory.Sequence(lambda n: {"de": f"Begriff {n}", "en": f"Term {n}"})


class ArticleFactory(factory.django.DjangoModelFactory):
    """A published guide; ``draft=True`` makes a draft, ``language="ar"`` says its language."""

    class Meta:
        model = Article
        skip_postgeneration_save = True

    class Params:
        language = "de"
        draft = factory.Trait(
            state=ArticleState.DRAFT,
            live=False,
            has_unpublished_changes=True,
            first_published_at=None,
            last_published_at=None,
            checked_at=None,
            review_on=None,
        )

    kind = ArticleKind.GUIDE
    state = ArticleState.PUBLISHED
    audience = Audience.MEMBERS
    title = factory.Sequence(lambda n: f"Ein Leitfaden {n}")
    slug = factory.LazyAttributeSequence(
        lambda article, n: f"{slugify(article.title, allow_unicode=True)}-{n}"
    )
    summary = "Worum es geht, in einem Satz."
    body = "## Anfang\n\nZuerst sprechen Sie mit dem Team."
    locale = factory.LazyAttribute(lambda article: ensure_locale(article.language))
    owner = factory.SubFactory(UserFactory)
    created_by = factory.SelfAttribute("owner")
    created_at = NOON
    live = True
    has_unpublished_changes = False
    first_published_at = NOON
    last_published_at = NOON
    checked_at = NOON
    review_on = NOON.date().replace(year=NOON.year + 1)

    @factory.post_generation
    def terms(self, create, extracted, **_kwargs):
        """Give terms: ``terms=[term, ...]``."""
        if create:
            self.terms.set(extracted or [])

    @factory.post_generation
    def revision(self, create, _extracted, **_kwargs):
        """Keep the words as a revision, note links, authors and what the search knows."""
        if not create:
            return
        content = content_of(self)
        self.content_hash = hash_of(content)
        kept = keep_revision(self, content, by=self.owner, at=self.created_at)
        if self.live:
            self.live_revision = kept
        self.save()
        if self.owner:
            ArticleAuthor.objects.create(article=self, role=AuthorRole.AUTHOR, user=self.owner)
        if self.live:
            note_links(self)
            refresh_search([self.pk])


class ArticleUseFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ArticleUse

    article = factory.SubFactory(ArticleFactory)
    site = factory.SubFactory(SiteFactory)
    at = NOON


class ReadingListFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ReadingList

    owner = factory.SubFactory(UserFactory)
    name = factory.Sequence(lambda n: f"Leseliste {n}")
    created_at = NOON


class ReadingListItemFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ReadingListItem

    reading_list = factory.SubFactory(ReadingListFactory)
    article = factory.SubFactory(ArticleFactory)
    position = factory.Sequence(lambda n: n + 1)
