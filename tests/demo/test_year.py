"""The demo's year: somebody new to the network office sees the chain working."""

import pytest
from django.db.models import Count

from tandemwerk.community.enums import SpaceKind, TopicKind
from tandemwerk.community.models import (
    Appeal,
    Post,
    Profile,
    Report,
    Space,
    Topic,
    TopicArticle,
)
from tandemwerk.core import clock, privacy
from tandemwerk.core.search import search
from tandemwerk.demo import texts
from tandemwerk.demo.cast import the_cast
from tandemwerk.demo.members import SIGN_IN
from tandemwerk.demo.scale import SCALES
from tandemwerk.demo.seed import seed
from tandemwerk.demo.year import tell_the_year
from tandemwerk.knowledge.enums import ArticleKind
from tandemwerk.knowledge.models import Article, ArticleFile, LocalRegion, Term
from tandemwerk.messaging.models import NoticeCopy
from tandemwerk.people.models import User

pytestmark = pytest.mark.django_db
LANGUAGES = {"de", "en", "ar", "fa", "uk"}


def fill() -> None:
    seed(scale=SCALES["demo"], number=1, password="", at=clock.now(), say=lambda _text: None)


def account(name: str) -> User:
    return User.objects.get(email=f"{name}@demo.example")


def sizes() -> dict[str, object]:
    """Return how much there is of everything."""
    originals = Article.objects.filter(translated_hash="", adapted_from=None)
    return {
        "spaces": Space.objects.count(),
        "topics": Topic.objects.count(),
        "posts": Post.objects.count(),
        "terms": Term.objects.count(),
        "articles": originals.count(),
        "profiles": Profile.objects.count(),
        "made of topics": TopicArticle.objects.count(),
        "reports": Report.objects.filter(state="open").count(),
        "appeals": sorted(Appeal.objects.values_list("state", flat=True)),
    }


def without_anything_of_theirs() -> set[str]:
    """Return which of the accounts with a button find no notice, or nothing that they wrote."""
    return {
        name
        for name in SIGN_IN
        if not NoticeCopy.objects.filter(user=account(name), read_at=None).exists()
        or not (
            Post.objects.filter(author=account(name)).exists()
            or account(name).owned_articles.exists()
        )
    }


def facts_of_accounts() -> set[str]:
    """Return the keys of everything that is kept about the accounts with a button."""
    return {
        fact
        for name in SIGN_IN
        for kind in privacy.account_kinds()
        for row in kind.export(account(name).pk)
        for fact in row
    }


def found_by(name: str) -> set[object]:
    results = search(account(name), "Jobcenter", language="de").results
    return {result.hit.title for result in results}


@pytest.mark.slow
def test_the_year_is_told():
    fill()

    tell_the_year(number=1, at=clock.now(), say=lambda _text: None)

    assert sizes() == {
        "spaces": 13,
        "topics": 60,
        "posts": 237,
        "terms": 27,
        "articles": 30,
        "profiles": 21,
        "made of topics": 5,
        "reports": 1,
        "appeals": ["granted", "open"],
    }
    assert set(Topic.objects.values_list("kind", flat=True)) == set(TopicKind.values)
    assert set(Article.objects.values_list("kind", flat=True)) == set(ArticleKind.values)
    assert set(Space.objects.values_list("kind", flat=True)) == set(SpaceKind.values)
    everyday = Article.objects.filter(kind=ArticleKind.EVERYDAY, live=True)
    by_key = everyday.values("translation_key").annotate(count=Count("locale"))
    assert {row["count"] for row in by_key} == {len(LANGUAGES)}
    assert set(LocalRegion.objects.get().languages) == LANGUAGES
    kinds = ArticleFile.objects.values_list("name", "preview")
    assert {(name.rsplit(".", 1)[1], bool(picture)) for name, picture in kinds} == {
        ("odt", True),
        ("pdf", True),
        ("xlsx", False),
    }
    assert without_anything_of_theirs() == set()
    assert "Briefe vom Amt: drei Stufen der Hilfe" in found_by("coordinator")
    assert "Briefe vom Amt: drei Stufen der Hilfe" not in found_by("volunteer")
    assert facts_of_accounts() - privacy.names().keys() == set()


def test_the_texts_speak_of_nobody_whom_the_cast_does_not_know():
    names = set()
    for topic in texts.load_all("topics_", "topic"):
        names.add(topic["by"])
        names.update(reply["by"] for reply in topic["replies"] if "by" in reply)

    fill()

    assert names - set(the_cast()) == set()
