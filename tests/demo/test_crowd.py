"""Programme scale, made small: the same rows, only fewer."""

import pytest
from django.db.models import F

from tandemwerk.community.models import Post, Topic
from tandemwerk.core.search import search
from tandemwerk.demo.crowd import CrowdSize, fill_with_a_crowd
from tandemwerk.demo.scale import SCALES
from tandemwerk.demo.seed import seed
from tandemwerk.knowledge.content import content_of, hash_of, newest_content
from tandemwerk.knowledge.models import Article
from tandemwerk.people.models import User
from tandemwerk.programme.models import Membership
from tests.factories import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
SMALL = CrowdSize(members=200, topics=120, posts=900, articles=60)


def test_a_crowd_has_its_sizes_says_true_things_and_is_found():
    seed(scale=SCALES["demo"], number=1, password="", at=NOON, say=lambda _text: None)

    fill_with_a_crowd(size=SMALL, number=1, at=NOON, say=lambda _text: None)

    coordinator = User.objects.get(email="coordinator@demo.example")
    article = Article.objects.order_by("pk")[0]
    assert {
        "members": Membership.objects.values("user_id").distinct().count(),
        "topics": Topic.objects.count(),
        "posts": Post.objects.count(),
        "articles": Article.objects.published().count(),
    } == {"members": 200, "topics": 120, "posts": 900, "articles": 60}
    assert (
        not Topic.objects.exclude(accepted_post=None).exclude(accepted_post__topic=F("pk")).exists()
    )
    assert not Post.objects.exclude(topic__last_post_at__gte=F("created_at")).exists()
    assert newest_content(article).body == content_of(article).body
    assert article.content_hash == hash_of(content_of(article))
    assert search(coordinator, "Wohnungssuche", language="de").total > 0
