"""Where a carrier has nobody else, the network office looks at what it keeps to itself."""

import pytest
from django.utils import translation

from tandemwerk.knowledge.content import newest_content
from tandemwerk.knowledge.enums import Audience
from tandemwerk.knowledge.errors import OwnReviewError
from tandemwerk.knowledge.models import Article
from tandemwerk.knowledge.queries.work import waiting_for
from tandemwerk.knowledge.services import reviewing, writing
from tandemwerk.messaging.kinds import kind_named
from tandemwerk.messaging.models import Notice, NoticeCopy
from tandemwerk.people.models import User
from tandemwerk.programme.enums import Role
from tests.factories import NOON, MembershipFactory
from tests.knowledge.factories import ArticleFactory

pytestmark = pytest.mark.django_db

OFFICE = {"network", "network_editor"}


def approve(article: Article, by: User) -> None:
    reviewing.approve(article_id=article.pk, revision_id=article.latest_revision_id, by=by, at=NOON)


def told(kind: str) -> set[int]:
    copies = NoticeCopy.objects.filter(notice__kind=kind)
    return set(copies.values_list("user_id", flat=True))


def keep_alone(world, **fields) -> Article:
    """Make a draft that a carrier keeps to itself and that its only lead wrote."""
    return ArticleFactory(
        **(
            {"draft": True, "audience": Audience.CARRIER, "carrier": world.carrier}
            | {"owner": world.users["carrier_lead"]}
            | fields
        )
    )


def asked_alone(world, **fields) -> Article:
    article = keep_alone(world, **fields)
    reviewing.ask_review(article_id=article.pk, by=world.users["carrier_lead"], at=NOON)
    article.refresh_from_db()
    return article


def reviewers(world, article: Article) -> set[str]:
    """Return who may review it by rule, by list and by sight; they have to be the same."""
    people = {role: User.objects.get(pk=user.pk) for role, user in world.users.items()}
    del people["administrator"]  # looks after the installation and sees no article for that
    by_rule = {
        role for role, user in people.items() if user.has_perm("knowledge.review_article", article)
    }
    by_list = {
        role for role, user in people.items() if waiting_for(user).filter(pk=article.pk).exists()
    }
    assert by_rule == by_list
    assert all(
        Article.objects.visible_to(people[role]).filter(pk=article.pk).exists() for role in by_rule
    )
    return by_rule


def test_the_office_reviews_what_the_only_lead_of_a_carrier_wrote(world):
    article = asked_alone(world)

    approve(article, world.users["network_editor"])

    article.refresh_from_db()
    assert article.live
    assert told("knowledge.review_asked") == {world.users[role].pk for role in OFFICE}
    notice = Notice.objects.get(kind="knowledge.review_asked")
    with translation.override("en"):
        sentence = kind_named(notice.kind).say(notice.context)
    assert sentence.endswith(f"nobody else at {world.carrier} can look at it.")


def test_the_office_may_review_it_only_while_it_waits(world):
    article = keep_alone(world)
    before = reviewers(world, article)
    reviewing.ask_review(article_id=article.pk, by=article.owner, at=NOON)
    article.refresh_from_db()
    while_it_waits = reviewers(world, article)
    reviewing.send_back(
        article_id=article.pk,
        revision_id=article.latest_revision_id,
        note="Bitte kürzer.",
        by=world.users["network_editor"],
        at=NOON,
    )
    article.refresh_from_db()

    assert (before, while_it_waits, reviewers(world, article)) == (set(), OFFICE, set())
    assert not Article.objects.visible_to(world.users["network_editor"]).exists()


def test_the_office_keeps_out_as_soon_as_a_carrier_has_somebody_else(world):
    article = asked_alone(world)
    second = MembershipFactory(role=Role.COORDINATOR, site=None, carrier=world.carrier).user
    world.users["second"] = second

    with_two = reviewers(world, article)
    User.objects.filter(pk=second.pk).update(is_active=False)

    assert with_two == {"second"}
    assert reviewers(world, article) - {"second"} == OFFICE


@pytest.mark.parametrize("way", ["author", "translator", "last words"])
def test_a_lead_with_words_in_it_is_nobody_else(world, way):
    second = MembershipFactory(role=Role.LEAD, site=None, carrier=world.carrier).user
    article = keep_alone(world)
    if way == "last words":
        writing.save_draft(
            article_id=article.pk,
            based_on=article.latest_revision_id,
            content=newest_content(article),
            by=second,
            at=NOON,
        )
    else:
        article.authors.create(role=way, user=second)

    reviewing.ask_review(article_id=article.pk, by=article.owner, at=NOON)
    article.refresh_from_db()

    assert reviewers(world, article) == OFFICE
    assert told("knowledge.review_asked") == {world.users[role].pk for role in OFFICE}


def test_an_editor_who_wrote_along_does_not_review_it_for_the_carrier(world):
    article = keep_alone(world)
    article.authors.create(role="author", user=world.users["network_editor"])
    reviewing.ask_review(article_id=article.pk, by=article.owner, at=NOON)
    article.refresh_from_db()

    assert reviewers(world, article) == {"network"}
    with pytest.raises(OwnReviewError):
        approve(article, world.users["network_editor"])


@pytest.mark.parametrize(
    ("fields", "has_second", "sentence"),
    [
        ({"carrier": None, "audience": "members"}, False, "An editor of the network office will"),
        ({"audience": "members"}, False, "An editor of the network office or a lead of"),
        ({}, True, "The network office does not see it."),
        ({}, False, "So an editor of the network office will look at it, and can read it"),
    ],
)
def test_the_page_says_who_will_review_before_and_after_asking(
    world, sign_in, fields, has_second, sentence
):
    if has_second:
        MembershipFactory(role=Role.LEAD, site=None, carrier=world.carrier)
    article = keep_alone(world, **fields)
    client = sign_in(article.owner)
    address = f"/en/library/{article.slug}/?in=de"

    before = client.get(address).content.decode()
    reviewing.ask_review(article_id=article.pk, by=article.owner, at=NOON)
    after = client.get(address).content.decode()

    assert (before.count(sentence), after.count(sentence)) == (1, 1)


def test_who_stands_in_reads_why_and_returns_to_the_desk_after_sending_it_back(world, sign_in):
    article = asked_alone(world)
    client = sign_in(world.users["network_editor"])
    address = f"/en/library/{article.slug}/review/"

    page = client.get(address).content.decode()
    answer = client.post(
        address,
        {"decision": "back", "revision": article.latest_revision_id, "note": "Bitte kürzer."},
    )

    assert f"Only {world.carrier} reads this." in page
    assert (answer.status_code, answer["Location"]) == (302, "/en/library/drafts/")
    assert client.get(address).status_code == 404
