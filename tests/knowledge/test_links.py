"""Links are found, tried politely, and never into our own network."""

import socket
from datetime import timedelta

import pytest

from tandemwerk.knowledge import reaching
from tandemwerk.knowledge.models import ArticleLink
from tandemwerk.knowledge.reaching import ForbiddenAddressError, Reached
from tandemwerk.knowledge.services import links
from tests.factories import NOON
from tests.knowledge.factories import ArticleFactory

pytestmark = pytest.mark.django_db


def test_published_links_are_kept_and_forgotten_with_the_words():
    article = ArticleFactory(body="Siehe https://example.org/a und <https://example.org/b>.")

    article.body = "Nur noch https://example.org/b"
    links.note_links(article)

    assert [each.url for each in article.links.all()] == ["https://example.org/b"]


def test_a_link_is_broken_until_it_answers_again():
    article = ArticleFactory(body="https://example.org/a")

    links.keep_answer("https://example.org/a", Reached(status=404), at=NOON)
    broken = article.links.get().broken_since
    later = NOON + timedelta(days=1)
    links.keep_answer("https://example.org/a", Reached(status=None), at=later)
    still = article.links.get().broken_since
    links.keep_answer("https://example.org/a", Reached(status=200), at=later)

    assert (broken, still, article.links.get().broken_since) == (NOON, NOON, None)


@pytest.mark.parametrize(
    ("status", "is_broken"),
    [(200, False), (401, False), (403, False), (404, True), (410, True), (429, False), (500, True)],
)
def test_a_page_that_asks_who_we_are_is_there(status, is_broken):
    assert Reached(status=status).is_broken is is_broken


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "10.1.2.3",
        "192.168.0.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "::1",
        "fd00::1",
        "::ffff:10.0.0.1",
        "224.0.0.1",
    ],
)
def test_no_address_of_our_own_network_is_asked(host):
    with pytest.raises(ForbiddenAddressError):
        reaching.public_address(host, 80)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://localhost/",
        "ftp://example.org/",
        "http://[::1]/",
        "http://example.org:5432/",
        "http://user@/",
        "https:///x",
        "http://\x00/",
    ],
)
def test_what_may_not_be_asked_counts_as_broken_without_a_connection(url, monkeypatch):
    def refuse(*_args, **_kwargs):
        raise AssertionError("connected")

    monkeypatch.setattr(socket, "create_connection", refuse)

    assert reaching.reach(url) == Reached(status=None)


def test_of_one_host_few_links_are_tried_at_a_time(monkeypatch):
    tried: list[str] = []

    def remember(url: str) -> Reached:
        tried.append(url)
        return Reached(status=200)

    monkeypatch.setattr(links, "reach", remember)
    ArticleFactory(body=" ".join(f"https://example.org/{number}" for number in range(9)))
    ArticleFactory(body="https://example.com/a")
    ArticleFactory(draft=True, body="https://example.net/draft")

    first = links.check_links(at=NOON)
    second = links.check_links(at=NOON)
    third = links.check_links(at=NOON)

    assert (first, second, third) == (links.PER_HOST + 1, 9 - links.PER_HOST, 0)
    assert ArticleLink.objects.filter(checked_at=None).count() == 0
    assert len(tried) == len(set(tried))
