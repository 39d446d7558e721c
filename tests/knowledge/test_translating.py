"""Languages are linked and know when their original has moved on; carriers adapt articles."""

from dataclasses import replace

import pytest

from tandemwerk.knowledge.content import content_of, hash_of, newest_content
from tandemwerk.knowledge.enums import Audience, TranslationState
from tandemwerk.knowledge.errors import AdaptationExistsError, TranslationExistsError
from tandemwerk.knowledge.models import Article
from tandemwerk.knowledge.queries.shelf import one_version
from tandemwerk.knowledge.queries.versions import (
    compare,
    content_translated,
    language_versions,
    state_of,
)
from tandemwerk.knowledge.services import reviewing, translating, writing
from tandemwerk.messaging.models import NoticeCopy
from tests.factories import NOON, UserFactory
from tests.knowledge.factories import ArticleFactory

pytestmark = pytest.mark.django_db


def translated(original: Article, *, language: str = "ar", **words) -> Article:
    article = translating.begin_translation(
        original_id=original.pk,
        language=language,
        content=replace(content_of(original), title=f"Auf {language}", **words),
        seen_hash=hash_of(content_of(original)),
        by=UserFactory(),
        at=NOON,
    )
    publish(article)
    return article


def publish(article: Article) -> None:
    reviewing.publish(article, article.latest_revision, by=article.owner, at=NOON)
    article.refresh_from_db()


def rewrite(article: Article, **words) -> None:
    saved = writing.save_draft(
        article_id=article.pk,
        based_on=article.latest_revision_id,
        content=replace(newest_content(article), **words),
        by=article.owner,
        at=NOON,
    )
    publish(saved)
    article.refresh_from_db()


def test_a_translation_is_current_until_the_words_of_the_original_change():
    original = ArticleFactory(body="Eins")
    article = translated(original)
    before = state_of(article, original)

    rewrite(original, body="Zwei")

    assert (before, state_of(article, original)) == (
        TranslationState.CURRENT,
        TranslationState.OUTDATED,
    )
    told = NoticeCopy.objects.filter(notice__kind="knowledge.translation_outdated")
    assert [each.user_id for each in told] == [article.owner_id]


def test_a_change_that_is_no_change_of_words_outdates_nothing():
    original = ArticleFactory()
    article = translated(original)

    rewrite(original, audience=Audience.PUBLIC)

    assert state_of(article, original) == TranslationState.CURRENT


def test_the_page_for_translators_knows_what_changed_in_the_original():
    original = ArticleFactory(body="Wir trinken Tee.")
    article = translated(original)
    rewrite(original, body="Wir trinken Kaffee.")

    seen = content_translated(article, original)

    changes = compare(seen, content_of(original), original.kind)
    assert [(each.old, each.new) for each in changes] == [
        ("Wir trinken Tee.", "Wir trinken Kaffee.")
    ]


def test_there_is_one_version_in_each_language():
    original = ArticleFactory()
    translated(original)

    with pytest.raises(TranslationExistsError):
        translated(original)


def test_versions_are_open_to_the_readers_of_their_original():
    original = ArticleFactory(audience=Audience.PUBLIC)
    article = translated(original)

    rewrite(original, audience=Audience.TEAMS)

    article.refresh_from_db()
    assert article.audience == Audience.TEAMS


def test_a_machine_draft_says_so_until_somebody_has_looked():
    original = ArticleFactory()
    draft = translating.begin_translation(
        original_id=original.pk,
        language="uk",
        content=replace(content_of(original), title="Машинний переклад"),
        seen_hash=hash_of(content_of(original)),
        by=UserFactory(),
        at=NOON,
        is_machine_draft=True,
    )
    before = state_of(draft, original)

    publish(draft)

    assert (before, state_of(draft, original)) == (
        TranslationState.MACHINE,
        TranslationState.CURRENT,
    )


@pytest.mark.parametrize(
    ("language", "wanted"), [("ar", "ar"), ("fa", "de"), ("de", "de"), ("en", "de")]
)
def test_the_shelf_shows_each_article_once_in_the_best_language(language, wanted):
    original = ArticleFactory()
    translated(original)

    shown = one_version(Article.objects.published(), language)

    assert [each.locale.language_code for each in shown] == [wanted]


def test_an_article_without_a_german_version_is_shown_as_it_was_written():
    ArticleFactory(language="uk")

    shown = one_version(Article.objects.published(), "fa")

    assert [each.locale.language_code for each in shown] == ["uk"]


def test_every_language_of_the_interface_is_listed_with_its_state():
    original = ArticleFactory()
    translated(original)

    states = {each.code: each.state for each in language_versions(original)}

    assert states == {
        "de": None,
        "en": TranslationState.MISSING,
        "ar": TranslationState.CURRENT,
        "fa": TranslationState.MISSING,
        "uk": TranslationState.MISSING,
    }


def test_a_carrier_makes_one_version_of_its_own_and_the_owner_hears_of_it(world):
    original = ArticleFactory()
    by = world.users["coordinator"]

    own = translating.adapt_article(article_id=original.pk, carrier=world.carrier, by=by, at=NOON)

    assert (own.adapted_from_id, own.audience, own.carrier_id, own.live) == (
        original.pk,
        Audience.CARRIER,
        world.carrier.pk,
        False,
    )
    told = NoticeCopy.objects.filter(notice__kind="knowledge.adapted")
    assert [each.user_id for each in told] == [original.owner_id]
    with pytest.raises(AdaptationExistsError):
        translating.adapt_article(article_id=original.pk, carrier=world.carrier, by=by, at=NOON)
