"""The worklist, what is new in the digest, and what is kept about an account."""

from datetime import timedelta

import pytest

from tandemwerk.core import privacy, worklist
from tandemwerk.core.search import search
from tandemwerk.knowledge.enums import ARTICLE_MOVES, Audience
from tandemwerk.knowledge.models import Article, ArticleAuthor, ArticleLink
from tandemwerk.knowledge.notices import new_articles
from tandemwerk.knowledge.services import readers, reviewing, writing
from tests.factories import NOON
from tests.knowledge.factories import ArticleFactory, ReadingListItemFactory

pytestmark = pytest.mark.django_db


def keys_for(user) -> list[str]:
    work = worklist.work_for(user, at=NOON, limit=20)
    return [each.key for each in work.items if each.key.startswith("knowledge.")]


def test_a_review_stands_on_the_worklist_of_those_who_may_do_it(world):
    article = ArticleFactory(owner=world.users["coordinator"], draft=True)
    reviewing.ask_review(article_id=article.pk, by=article.owner, at=NOON)

    assert keys_for(world.users["network_editor"]) == [f"knowledge.review/{article.pk}"]
    assert keys_for(world.users["coordinator"]) == []
    assert keys_for(world.users["ministry"]) == []


def test_owners_find_what_to_check_and_what_is_broken(world):
    owner = world.users["coordinator"]
    article = ArticleFactory(owner=owner, review_on=NOON.date() - timedelta(days=1))
    link = ArticleLink.objects.create(
        article=article, url="https://example.org/", broken_since=NOON, checked_at=NOON
    )

    assert set(keys_for(owner)) == {f"knowledge.check/{article.pk}", f"knowledge.link/{link.pk}"}


def test_an_outdated_article_ranks_below_a_fresh_one(world):
    old = ArticleFactory(title="Lesepaten finden", review_on=NOON.date() - timedelta(days=900))
    new = ArticleFactory(title="Lesepaten finden")

    found = search(world.users["reader"], "Lesepaten", language="de").results

    assert [each.object_id for each in found] == [new.pk, old.pk]


def test_the_digest_tells_members_what_everybody_of_them_may_read(world):
    ArticleFactory(title="Neu für alle", audience=Audience.MEMBERS)
    ArticleFactory(title="Nur intern", audience=Audience.TEAMS)
    member, stranger = world.users["ministry"], world.users["volunteer"]

    lines = new_articles(
        [member.pk, stranger.pk], NOON - timedelta(days=1), NOON + timedelta(days=1)
    )

    assert {key: len(value) for key, value in lines.items()} == {member.pk: 1}


def test_an_account_takes_its_words_along_and_leaves_the_articles(world):
    user = world.users["coordinator"]
    article = ArticleFactory(owner=user, carrier=world.carrier, site=world.mine)
    article.authors.update(site=world.mine)
    alone = ArticleFactory(owner=user, draft=True)
    readers.comment(article_id=article.pk, text="Mein Wort", by=user, at=NOON)
    ReadingListItemFactory(reading_list__owner=user, article=article)
    kinds = {each.name: each for each in privacy.account_kinds()}

    exported = {
        name: kinds[name].export(user.pk) for name in ("articles", "article_words", "reading_lists")
    }
    for name in exported:
        kinds[name].erase(user.pk, user, NOON)

    assert [len(rows) for rows in exported.values()] == [6, 1, 1]
    assert Article.objects.filter(pk=article.pk).exists()
    assert not Article.objects.filter(pk=alone.pk).exists()
    assert not ArticleAuthor.objects.filter(user=user).exists()
    assert article.comments.count() == 0


def test_every_state_is_in_the_table_of_moves():
    assert set(ARTICLE_MOVES) == {"draft", "in_review", "published", "archived"}
    assert timedelta(minutes=30) == writing.LOCK_LASTS
