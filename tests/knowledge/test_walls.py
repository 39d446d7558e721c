"""Who sees what: the queryset, the search and the rules agree for every role."""

import pytest
from django.contrib.auth.models import AnonymousUser

from tandemwerk.core.search import search
from tandemwerk.knowledge.enums import Audience
from tandemwerk.knowledge.forms.readers import speaks_for, using_sites
from tandemwerk.knowledge.models import Article
from tandemwerk.programme.models import Site
from tests.knowledge.factories import ArticleFactory
from tests.world import ROLES

pytestmark = pytest.mark.django_db

TEAMS = {
    *("coordinator", "safeguarding", "reader", "carrier_lead"),
    *("foreign_coordinator", "foreign_carrier_lead", "network", "network_editor"),
}
OWN_CARRIER = {"coordinator", "safeguarding", "reader", "carrier_lead"}
READERS = {
    Audience.PUBLIC: set(ROLES),
    Audience.MEMBERS: TEAMS | {"ministry"},
    Audience.TEAMS: TEAMS,
    Audience.CARRIER: OWN_CARRIER,
}


def user_of(world, role):
    return AnonymousUser() if role == "anonymous" else world.users[role]


@pytest.mark.parametrize("audience", Audience)
def test_list_and_search_show_an_article_to_the_same_people(world, audience):
    article = ArticleFactory(audience=audience, carrier=world.carrier, title="Unverwechselbar")

    reading = {
        role
        for role in ROLES
        if Article.objects.readable_by(user_of(world, role)).filter(pk=article.pk).exists()
    }
    finding = {
        role
        for role in ROLES
        if search(user_of(world, role), "Unverwechselbar", language="de").results
    }

    told = {role for role in ROLES if article.is_readable_by(user_of(world, role))}

    assert (reading, finding, told) == (READERS[audience],) * 3


@pytest.mark.parametrize("role", sorted({*ROLES} - {"anonymous"}))
def test_the_two_ways_to_ask_for_whom_somebody_speaks_agree(world, role):
    user = world.users[role]

    assert {site for site in Site.objects.all() if speaks_for(user, site)} == set(using_sites(user))


def test_nobody_reads_a_draft_as_published(world):
    draft = ArticleFactory(draft=True, carrier=world.carrier)

    assert not any(draft.is_readable_by(user_of(world, role)) for role in ROLES)


def test_drafts_are_seen_by_those_who_write_or_look_after_them(world):
    article = ArticleFactory(draft=True, owner=world.users["coordinator"], carrier=world.carrier)
    kept = ArticleFactory(
        draft=True,
        audience=Audience.CARRIER,
        owner=world.users["coordinator"],
        carrier=world.carrier,
    )

    def seers(wanted):
        return {
            role
            for role in ROLES
            if Article.objects.visible_to(user_of(world, role)).filter(pk=wanted.pk).exists()
        }

    assert seers(article) == {"coordinator", "carrier_lead", "network", "network_editor"}
    assert seers(kept) == {"coordinator", "carrier_lead"}


@pytest.mark.parametrize(
    "permission",
    ["change_article", "review_article", "archive_article", "comment_article"],
)
def test_whoever_may_do_something_to_an_article_may_see_it(world, permission):
    articles = [
        ArticleFactory(
            draft=is_draft,
            audience=audience,
            carrier=world.carrier,
            owner=world.users["coordinator"],
        )
        for audience in Audience
        for is_draft in (True, False)
    ]
    people = [user for role, user in world.users.items() if role != "administrator"]

    for article in articles:
        for user in people:
            if user.has_perm(f"knowledge.{permission}", article):
                assert Article.objects.visible_to(user).filter(pk=article.pk).exists()
