"""The way of knowledge: what became of questions, counted within the walls."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tandemwerk.community.models import TopicArticle
from tandemwerk.community.queries.chain import chain, chain_of
from tandemwerk.knowledge.models import ArticleUse
from tandemwerk.programme.enums import Role
from tests.community.factories import PostFactory, SpaceFactory, TopicFactory
from tests.factories import NOON, MembershipFactory, ProgrammeFactory, SiteFactory
from tests.knowledge.factories import ArticleFactory

pytestmark = pytest.mark.django_db

SINCE, UNTIL = NOON - timedelta(days=60), NOON + timedelta(days=60)


@pytest.fixture
def office():
    return MembershipFactory(
        role=Role.NETWORK_COORDINATOR, site=None, programme=ProgrammeFactory()
    ).user


def became_article(topic):
    article = ArticleFactory()
    TopicArticle.objects.create(topic=topic, article=article)
    return article


def test_a_question_is_followed_to_its_use_elsewhere(office):
    site = SiteFactory()
    topic = TopicFactory(site=site, carrier=site.carrier)
    PostFactory(topic=topic, created_at=NOON + timedelta(hours=6))
    TopicFactory()
    article = became_article(topic)
    for user in (SiteFactory(), SiteFactory()):
        ArticleUse.objects.create(article=article, site=user, at=NOON)

    found = chain(office, since=SINCE, until=UNTIL)

    total = found.total
    assert (total.asked, total.answered, total.hours, total.articles) == (2, 1, 6.0, 1)
    assert (total.sites, total.carriers) == (2, 2)
    assert found.carriers[0].asked == 1
    assert sum(month.asked for month in found.months) == 2


def test_what_stands_behind_walls_is_not_counted(office):
    TopicFactory(space=SpaceFactory(carrier_only=True))

    assert chain(office, since=SINCE, until=UNTIL).total.asked == 0


def test_of_one_carrier_only_its_questions_count(office):
    site = SiteFactory()
    TopicFactory(site=site, carrier=site.carrier)
    TopicFactory()

    found = chain(office, since=SINCE, until=UNTIL, carrier=site.carrier)

    assert found.total.asked == 1


def test_the_numbers_take_as_many_queries_for_one_question_as_for_three(office):
    became_article(TopicFactory())
    chain(office, since=SINCE, until=UNTIL)  # what a request keeps of the reader is read now
    with CaptureQueriesContext(connection) as one:
        chain(office, since=SINCE, until=UNTIL)
    for _ in range(2):
        became_article(TopicFactory())

    with CaptureQueriesContext(connection) as three:
        chain(office, since=SINCE, until=UNTIL)

    assert len(three) == len(one)


def test_the_way_of_one_question_shows_only_articles_the_reader_may_read(office):
    topic = TopicFactory()
    article = became_article(topic)

    assert chain_of(topic, office).articles == [article]
