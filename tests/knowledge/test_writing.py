"""Drafts are begun, changed and locked, and nothing is lost when two write at once."""

from datetime import timedelta

import pytest

from tandemwerk.core.models import AuditEntry
from tandemwerk.knowledge.content import Content, newest_content
from tandemwerk.knowledge.enums import ArticleKind, ArticleState, Audience, AuthorRole
from tandemwerk.knowledge.errors import EditConflictError, TooWideError
from tandemwerk.knowledge.models import Article
from tandemwerk.knowledge.periods import LOCK_LASTS
from tandemwerk.knowledge.services import writing
from tests.factories import NOON, UserFactory
from tests.knowledge.factories import ArticleFactory, TermFactory

pytestmark = pytest.mark.django_db


def begin(world, **fields) -> Article:
    given = {
        "kind": ArticleKind.ANSWER,
        "title": "Wie beginnt ein Tandem?",
        "body": "Mit Tee.",
        "audience": Audience.TEAMS,
        "by": world.users["coordinator"],
        "at": NOON,
    }
    return writing.begin_article(**{**given, **fields})


def words(article: Article, **changes) -> Content:
    content = newest_content(article)
    return Content(**{**content.__dict__, **changes})


def test_a_draft_has_its_author_its_sources_and_a_first_revision(world):
    term = TermFactory()
    asker = world.users["foreign_coordinator"]

    article = begin(
        world,
        terms=[term],
        sources=[(asker, None, world.foreign, ""), (None, None, None, "ein Standort in Bayern")],
    )

    authors = {(each.role, each.user, each.unnamed) for each in article.authors.all()}
    assert authors == {
        (AuthorRole.AUTHOR, world.users["coordinator"], ""),
        (AuthorRole.SOURCE, asker, ""),
        (AuthorRole.SOURCE, None, "ein Standort in Bayern"),
    }
    assert article.state == ArticleState.DRAFT
    assert article.slug == "wie-beginnt-ein-tandem"
    assert newest_content(article).terms == (term.slug,)
    assert article.origin_audience == Audience.TEAMS
    assert AuditEntry.objects.about(article).get().action == "knowledge.begin_article"


def test_two_articles_of_one_title_get_two_addresses(world):
    first = begin(world)

    second = begin(world)

    assert (first.slug, second.slug) == ("wie-beginnt-ein-tandem", "wie-beginnt-ein-tandem-2")


def test_no_article_takes_an_address_of_the_library_itself(world):
    article = begin(world, title="Drafts")

    assert article.slug == "drafts-2"


def test_a_change_of_a_published_article_waits_beside_it(world):
    article = ArticleFactory(title="Alt")

    writing.save_draft(
        article_id=article.pk,
        based_on=article.latest_revision_id,
        content=words(article, title="Neu"),
        by=article.owner,
        at=NOON,
    )

    article.refresh_from_db()
    assert (article.title, newest_content(article).title) == ("Alt", "Neu")
    assert article.has_unpublished_changes
    assert article.live_revision_id != article.latest_revision_id


def test_the_second_of_two_who_save_gets_the_words_of_the_first(world):
    article = ArticleFactory()
    seen = article.latest_revision_id
    first = UserFactory()
    writing.save_draft(
        article_id=article.pk,
        based_on=seen,
        content=words(article, body="Vom Ersten."),
        by=first,
        at=NOON,
    )

    with pytest.raises(EditConflictError) as caught:
        writing.save_draft(
            article_id=article.pk,
            based_on=seen,
            content=words(article, body="Vom Zweiten."),
            by=article.owner,
            at=NOON,
        )

    assert caught.value.current.body == "Vom Ersten."
    assert caught.value.by == first


def test_only_an_editor_opens_an_article_wider_than_what_it_was_made_from(world):
    author = world.users["coordinator"]
    article = begin(world, sources=[(author, None, None, "")])
    wide = {
        "article_id": article.pk,
        "based_on": article.latest_revision_id,
        "content": words(article, audience=Audience.PUBLIC),
        "at": NOON,
    }

    with pytest.raises(TooWideError):
        writing.save_draft(**wide, by=author)
    writing.save_draft(**wide, by=world.users["network_editor"])

    article.refresh_from_db()
    assert article.audience == Audience.PUBLIC


def test_what_an_editor_opened_the_author_may_go_on_with(world):
    author = world.users["coordinator"]
    article = begin(world, sources=[(author, None, None, "")])
    writing.save_draft(
        article_id=article.pk,
        based_on=article.latest_revision_id,
        content=words(article, audience=Audience.PUBLIC),
        by=world.users["network_editor"],
        at=NOON,
    )
    article.refresh_from_db()

    saved = writing.save_draft(
        article_id=article.pk,
        based_on=article.latest_revision_id,
        content=words(article, body="Mit mehr Tee."),
        by=author,
        at=NOON,
    )

    assert (saved.audience, saved.body) == (Audience.PUBLIC, "Mit mehr Tee.")


def test_a_second_editor_sees_who_writes_until_the_lock_lapses(world):
    article = ArticleFactory()
    first, second = UserFactory(), UserFactory()
    writing.take_lock(article_id=article.pk, by=first, at=NOON)

    early = writing.take_lock(
        article_id=article.pk, by=second, at=NOON + LOCK_LASTS - timedelta(seconds=1)
    )
    late = writing.take_lock(article_id=article.pk, by=second, at=NOON + LOCK_LASTS)

    assert (early.holder, early.is_mine) == (first, False)
    assert (late.holder, late.is_mine) == (second, True)


def test_whoever_means_it_takes_over_a_lock_and_the_trail_says_so(world):
    article = ArticleFactory()
    writing.take_lock(article_id=article.pk, by=UserFactory(), at=NOON)

    lock = writing.take_lock(article_id=article.pk, by=article.owner, at=NOON, force=True)

    assert lock.is_mine
    assert AuditEntry.objects.about(article).get().action == "knowledge.take_lock"


def test_saving_frees_the_own_lock(world):
    article = ArticleFactory()
    writing.take_lock(article_id=article.pk, by=article.owner, at=NOON)

    writing.save_draft(
        article_id=article.pk,
        based_on=article.latest_revision_id,
        content=words(article),
        by=article.owner,
        at=NOON,
    )

    article.refresh_from_db()
    assert writing.lock_of(article, at=NOON) is None


def test_an_older_version_becomes_the_newest_again(world):
    article = ArticleFactory(body="Erste Fassung")
    first = article.latest_revision_id
    writing.save_draft(
        article_id=article.pk,
        based_on=first,
        content=words(article, body="Zweite Fassung"),
        by=article.owner,
        at=NOON,
    )

    writing.restore_version(article_id=article.pk, revision_id=first, by=article.owner, at=NOON)

    article.refresh_from_db()
    assert newest_content(article).body == "Erste Fassung"
    assert article.revisions.count() == 3
