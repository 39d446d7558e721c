"""What readers leave: use, responses, lists."""

import pytest

from tandemwerk.core.models import SearchDocument
from tandemwerk.knowledge.enums import ArticleKind, RecommendationState
from tandemwerk.knowledge.errors import NameTakenError, NotARecommendationError
from tandemwerk.knowledge.services import readers
from tests.factories import NOON, SiteFactory, UserFactory
from tests.knowledge.factories import ArticleFactory, ReadingListFactory

pytestmark = pytest.mark.django_db


def test_a_site_is_counted_once_and_its_newer_word_holds():
    article, site, user = ArticleFactory(), SiteFactory(), UserFactory()

    for note in ("im Café", "im Sprachtreff"):
        readers.use_article(
            article_id=article.pk, site=site, is_named=False, note=note, by=user, at=NOON
        )

    assert [(each.note, each.is_named) for each in article.uses.all()] == [
        ("im Sprachtreff", False)
    ]


def test_use_lifts_an_article_in_the_search():
    article, user = ArticleFactory(), UserFactory()

    for _each in range(2):
        readers.use_article(
            article_id=article.pk, site=SiteFactory(), is_named=True, note="", by=user, at=NOON
        )

    assert SearchDocument.objects.get(object_id=article.pk).weight == pytest.approx(1.06)


def test_a_response_moves_the_recommendation_in_all_languages():
    article = ArticleFactory(kind=ArticleKind.RECOMMENDATION)
    other = ArticleFactory(
        language="en",
        kind=ArticleKind.RECOMMENDATION,
        translation_key=article.translation_key,
        translated_hash="x",
    )

    readers.respond(
        article_id=article.pk,
        state=RecommendationState.UNDER_WAY,
        text="Wir prüfen es.",
        responder="Ministerium",
        occasion="Fachkongress",
        by=UserFactory(),
        at=NOON,
    )

    other.refresh_from_db()
    assert other.recommendation_state == RecommendationState.UNDER_WAY


def test_only_recommendations_get_responses():
    with pytest.raises(NotARecommendationError):
        readers.respond(
            article_id=ArticleFactory().pk,
            state=RecommendationState.DONE,
            text="-",
            responder="-",
            occasion="",
            by=UserFactory(),
            at=NOON,
        )


def test_what_was_missing_is_added_once():
    kept = readers.give_feedback(article_id=ArticleFactory().pk, has_helped=False, at=NOON)

    for text in ("Ein Beispiel", "Etwas anderes"):
        readers.add_missing(feedback_id=kept.pk, missing=text)

    kept.refresh_from_db()
    assert kept.missing == "Ein Beispiel"


def test_a_list_keeps_its_order_and_each_article_once():
    kept = ReadingListFactory()
    articles = [ArticleFactory() for _each in range(3)]
    for each in (*articles, articles[0]):
        readers.put_on_list(list_id=kept.pk, article_id=each.pk, by=kept.owner, at=NOON)

    last = kept.items.get(article=articles[2])
    readers.move_item(item=last, up=True, by=kept.owner, at=NOON)
    readers.move_item(item=last, up=True, by=kept.owner, at=NOON)
    readers.move_item(item=last, up=True, by=kept.owner, at=NOON)

    order = kept.items.order_by("position").values_list("article_id", flat=True)
    assert list(order) == [articles[2].pk, articles[0].pk, articles[1].pk]


def test_two_lists_of_one_owner_have_two_names():
    kept = ReadingListFactory(name="Einstieg")

    with pytest.raises(NameTakenError):
        readers.make_list(name="Einstieg", about="", is_shared=False, by=kept.owner, at=NOON)
