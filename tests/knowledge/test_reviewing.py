"""Somebody else looks before anything is published, and looks again after a year."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tandemwerk.knowledge.content import newest_content
from tandemwerk.knowledge.enums import ARTICLE_MOVES, ArticleState, Audience
from tandemwerk.knowledge.errors import EditConflictError, NothingToReviewError, OwnReviewError
from tandemwerk.knowledge.models import Article
from tandemwerk.knowledge.services import reviewing, writing
from tandemwerk.messaging.models import NoticeCopy
from tests.factories import NOON
from tests.knowledge.factories import ArticleFactory

pytestmark = pytest.mark.django_db


def asked(world, **fields) -> Article:
    article = ArticleFactory(
        owner=world.users["coordinator"],
        carrier=world.carrier,
        site=world.mine,
        **({"draft": True} | fields),
    )
    reviewing.ask_review(article_id=article.pk, by=article.owner, at=NOON)
    article.refresh_from_db()
    return article


def changed(article: Article, **words) -> Article:
    writing.save_draft(
        article_id=article.pk,
        based_on=article.latest_revision_id,
        content=replace(newest_content(article), **words),
        by=article.owner,
        at=NOON,
    )
    article.refresh_from_db()
    return article


def approve(article: Article, by, **more) -> Article:
    return reviewing.approve(
        article_id=article.pk, revision_id=article.latest_revision_id, by=by, at=NOON, **more
    )


def told(kind: str) -> set[int]:
    copies = NoticeCopy.objects.filter(notice__kind=kind)
    return set(copies.values_list("user_id", flat=True))


def test_a_draft_is_published_by_somebody_else_and_its_author_is_told(world):
    article = asked(world)

    approve(article, world.users["network_editor"])

    article.refresh_from_db()
    assert (article.state, article.live) == (ArticleState.PUBLISHED, True)
    assert article.live_revision_id == article.latest_revision_id
    assert article.review_on == (NOON + timedelta(days=365)).date()
    assert told("knowledge.review_approved") == {world.users["coordinator"].pk}


def test_reviewers_are_asked_the_office_and_who_leads_the_carrier(world):
    asked(world)

    wanted = {world.users[role].pk for role in ("network", "network_editor", "carrier_lead")}
    assert told("knowledge.review_asked") == wanted


def test_the_office_is_not_told_of_what_a_carrier_keeps_to_itself(world):
    asked(world, audience=Audience.CARRIER)

    assert told("knowledge.review_asked") == {world.users["carrier_lead"].pk}


@pytest.mark.parametrize("reviewer", ["coordinator", "network_editor"])
def test_nobody_reviews_own_words(world, reviewer):
    editor = world.users["network_editor"]
    article = asked(world)
    writing.save_draft(
        article_id=article.pk,
        based_on=article.latest_revision_id,
        content=newest_content(article),
        by=editor,
        at=NOON,
    )
    article.refresh_from_db()

    with pytest.raises(OwnReviewError):
        approve(article, world.users[reviewer])

    assert not world.users[reviewer].has_perm("knowledge.review_article", article)


def test_a_review_of_words_that_changed_meanwhile_is_refused(world):
    article = asked(world)
    seen = article.latest_revision_id
    changed(article, body="Doch anders.")

    with pytest.raises(EditConflictError):
        reviewing.approve(
            article_id=article.pk, revision_id=seen, by=world.users["network_editor"], at=NOON
        )


def test_sent_back_it_is_a_draft_with_a_comment(world):
    article = asked(world)

    reviewing.send_back(
        article_id=article.pk,
        revision_id=article.latest_revision_id,
        note="Bitte kürzer.",
        by=world.users["network_editor"],
        at=NOON,
    )

    article.refresh_from_db()
    assert (article.state, article.review_asked_at) == (ArticleState.DRAFT, None)
    assert [each.text for each in article.comments.all()] == ["Bitte kürzer."]
    with pytest.raises(NothingToReviewError):
        approve(article, world.users["network"])


def test_a_change_of_a_published_article_is_shown_after_its_review(world):
    article = ArticleFactory(owner=world.users["coordinator"], body="Alt", draft=False)
    changed(article, body="Neu")
    reviewing.ask_review(article_id=article.pk, by=article.owner, at=NOON)
    article.refresh_from_db()
    before = article.body

    approve(article, world.users["network_editor"])

    article.refresh_from_db()
    assert (before, article.body, article.has_unpublished_changes) == ("Alt", "Neu", False)


def test_nothing_new_needs_no_review(world):
    article = ArticleFactory()

    with pytest.raises(NothingToReviewError):
        reviewing.ask_review(article_id=article.pk, by=article.owner, at=NOON)


def test_what_was_approved_for_later_is_published_then_once_and_without_later_words(world):
    article = asked(world, body="Freigegeben")
    later = NOON + timedelta(hours=2)
    approve(article, world.users["network_editor"], go_live_at=later)
    article.refresh_from_db()
    changed(article, body="Danach geschrieben")

    counts = [
        reviewing.publish_due(at=later - timedelta(minutes=1)),
        reviewing.publish_due(at=later),
        reviewing.publish_due(at=later),
    ]

    article.refresh_from_db()
    assert counts == [0, 1, 0]
    assert (article.live, article.body) == (True, "Freigegeben")
    assert article.has_unpublished_changes
    assert newest_content(article).body == "Danach geschrieben"


def test_a_publication_at_a_set_time_can_be_taken_back(world):
    article = asked(world)
    later = NOON + timedelta(hours=2)
    approve(article, world.users["network_editor"], go_live_at=later)

    reviewing.cancel_schedule(article_id=article.pk, by=article.owner, at=NOON)

    article.refresh_from_db()
    assert reviewing.publish_due(at=later) == 0
    assert article.review_asked_at == NOON


def test_an_owner_is_told_once_that_the_review_date_is_near(world):
    day = NOON.date() + timedelta(days=20)
    article = ArticleFactory(review_on=day)
    ArticleFactory(review_on=day + timedelta(days=30))

    counts = [reviewing.warn_owners(at=NOON), reviewing.warn_owners(at=NOON)]

    assert counts == [1, 0]
    assert told("knowledge.review_due") == {article.owner_id}


def test_one_click_says_still_true_for_another_year():
    article = ArticleFactory(review_on=NOON.date() - timedelta(days=1))

    reviewing.confirm_still_true(article_id=article.pk, by=article.owner, at=NOON)

    article.refresh_from_db()
    assert article.review_on == (NOON + timedelta(days=365)).date()


@pytest.mark.parametrize("current", ArticleState)
def test_an_article_goes_to_the_archive_only_from_where_the_table_says(current):
    article = ArticleFactory(draft=True)
    Article.objects.filter(pk=article.pk).update(state=current)

    if ArticleState.ARCHIVED in ARTICLE_MOVES[current]:
        writing.archive_article(article_id=article.pk, by=article.owner, at=NOON)
        article.refresh_from_db()
        assert article.state == ArticleState.ARCHIVED
    else:
        with pytest.raises(Exception, match="cannot become"):
            writing.archive_article(article_id=article.pk, by=article.owner, at=NOON)


def test_an_archived_article_becomes_a_draft_again():
    article = ArticleFactory()
    writing.archive_article(article_id=article.pk, by=article.owner, at=NOON)

    writing.reopen_article(article_id=article.pk, by=article.owner, at=NOON)

    article.refresh_from_db()
    assert (article.state, article.live) == (ArticleState.DRAFT, False)
