"""What the community adds to pages costs the same however much there is to add."""

import pytest
from django.urls import reverse

from tandemwerk.community.models import Offer, TopicArticle
from tandemwerk.core.panels import panels_for
from tandemwerk.people.models import User
from tests.community.factories import PostFactory, TopicFactory
from tests.community.test_counts import asked
from tests.factories import NOON, CarrierFactory, SiteFactory
from tests.knowledge.factories import ArticleFactory, ArticleUseFactory

pytestmark = pytest.mark.django_db


def used(article) -> None:
    """Let another carrier have a version of an article, and two sites work with them."""
    own = ArticleFactory(adapted_from=article, carrier=CarrierFactory())
    for each in (article, own):
        ArticleUseFactory(article=each, site=SiteFactory())


@pytest.mark.parametrize("place", ["panels", "page"])
def test_an_article_leads_to_one_conversation_as_to_three(world, sign_in, place):
    article = ArticleFactory()
    user = world.users["network"]
    client = sign_in(user)
    work = {
        "panels": lambda: panels_for("knowledge:article", article, User.objects.get(pk=user.pk)),
        "page": lambda: client.get(reverse("knowledge:article", args=[article.slug])),
    }
    counts = []
    for number in (1, 2):
        for _ in range(number):
            TopicArticle.objects.create(topic=TopicFactory(site=SiteFactory()), article=article)
            used(article)
        counts.append(asked(work[place]))

    assert len(panels_for("knowledge:article", article, user)) == 2
    assert counts[0] == counts[1]


@pytest.mark.parametrize("role", ["network", "coordinator"])
def test_a_question_shows_what_became_of_it_for_one_article_as_for_three(world, sign_in, role):
    topic = TopicFactory(site=world.mine)
    user = world.users[role]
    client = sign_in(user)
    Offer.objects.create(topic=topic, user=user, reasons=[["accepted", 4]], offered_at=NOON)
    counts = []
    for number in (1, 2):
        for _ in range(number):
            PostFactory(topic=topic, site=world.mine, created_at=NOON.replace(hour=18))
            article = ArticleFactory()
            TopicArticle.objects.create(topic=topic, article=article)
            used(article)
        counts.append(
            asked(lambda: panels_for("community:topic", topic, User.objects.get(pk=user.pk)))
        )

    assert client.get(topic.get_absolute_url()).status_code == 200
    names = {each.template for each in panels_for("community:topic", topic, user)}
    assert names >= {"community/offer_panel.html", "community/chain_panel.html"}
    assert counts[0] == counts[1]
