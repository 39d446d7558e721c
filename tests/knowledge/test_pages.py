"""What readers and writers see, and that it costs the same for one article and for three."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tandemwerk.knowledge.content import newest_content
from tandemwerk.knowledge.enums import ArticleKind, ArticleState, Audience
from tandemwerk.knowledge.models import Article, ArticleFeedback, ArticleLink
from tandemwerk.knowledge.services import reviewing, writing
from tests.factories import NOON, CarrierFactory, UserFactory
from tests.knowledge.factories import ArticleFactory, ArticleUseFactory, TermFactory

pytestmark = pytest.mark.django_db


def page_of(article: Article, name: str = "article", **kwargs) -> str:
    return reverse(f"knowledge:{name}", kwargs={"slug": article.slug, **kwargs})


def form_of(article: Article, **changes) -> dict[str, object]:
    content = newest_content(article)
    return {
        "title": content.title,
        "summary": content.summary,
        "body": content.body,
        "audience": content.audience,
        "licence": content.licence,
        "revision": article.latest_revision_id,
        **changes,
    }


def queries_for(client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_the_shelf_costs_the_same_for_one_and_three_articles(world, sign_in):
    client = sign_in(world.users["coordinator"])

    def add() -> None:
        article = ArticleFactory(terms=[TermFactory()], carrier=world.carrier)
        ArticleUseFactory(article=article)

    add()
    one = queries_for(client, reverse("knowledge:shelf"))
    add()
    add()

    assert queries_for(client, reverse("knowledge:shelf")) == one


def test_an_article_costs_the_same_whatever_stands_around_it(world, sign_in):
    client = sign_in(world.users["network_editor"])
    article = ArticleFactory(terms=[TermFactory()])

    def add() -> None:
        ArticleUseFactory(article=article)
        ArticleFactory(adapted_from=article, carrier=world.carrier)
        writing.add_sources(article, [(UserFactory(), None, world.mine, "")])
        article.comments.create(text="Ein Wort", by=UserFactory(), at=NOON)

    add()
    one = queries_for(client, page_of(article))
    add()
    add()

    assert queries_for(client, page_of(article)) == one


@pytest.mark.parametrize("name", ["drafts", "report", "terms", "lists"])
def test_lists_of_the_room_cost_the_same_for_one_and_three_rows(world, sign_in, name):
    user = world.users["network_editor"]
    client = sign_in(user)

    def add() -> None:
        ArticleFactory(draft=True, owner=user)
        published = ArticleFactory(terms=[TermFactory()], carrier=world.carrier)
        ArticleUseFactory(article=published)
        user.reading_lists.create(name=f"Liste {user.reading_lists.count()}", created_at=NOON)

    add()
    one = queries_for(client, reverse(f"knowledge:{name}"))
    add()
    add()

    assert queries_for(client, reverse(f"knowledge:{name}")) == one


@pytest.mark.parametrize("role", ["network_editor", "carrier_lead"])
def test_the_desk_costs_the_same_for_one_and_three_of_everything(world, sign_in, role):
    user = world.users[role]
    client = sign_in(user)

    def add() -> None:
        ArticleFactory(draft=True, owner=user)
        ArticleFactory(draft=True, owner=user, state=ArticleState.ARCHIVED)
        due = ArticleFactory(owner=user, review_on=NOON.date() - timedelta(days=1))
        ArticleLink.objects.create(article=due, url="https://example.org/", broken_since=NOON)
        # What the network office reviews for a carrier, and what somebody else wrote for all.
        alone = {"audience": Audience.CARRIER, "carrier": CarrierFactory()}
        for fields in (alone, {"carrier": world.carrier}):
            waits = ArticleFactory(draft=True, owner=UserFactory(), **fields)
            reviewing.ask_review(article_id=waits.pk, by=waits.owner, at=NOON)

    address = reverse("knowledge:drafts")
    add()
    one = queries_for(client, address)
    add()
    add()

    assert queries_for(client, address) == one
    page = client.get(address).context["page"]
    parts = (page.mine, page.to_check, page.broken, page.archived)
    assert [len(part) for part in parts] == [3, 3, 3, 3]
    assert len(page.reviews) == (6 if role == "network_editor" else 3)


def test_filters_narrow_the_shelf_down_and_stay_in_the_address(world, client):
    term = TermFactory(slug="sprache")
    fits = {"audience": Audience.PUBLIC, "terms": [term], "kind": ArticleKind.CASE}
    ArticleFactory(title="Passt", target_groups=["women"], **fits)
    ArticleFactory(title="Für andere", target_groups=["men"], **fits)
    ArticleFactory(title="Ohne Thema", audience=Audience.PUBLIC, kind=ArticleKind.CASE)
    ArticleFactory(title="Nicht offen", audience=Audience.TEAMS, terms=[term])

    answer = client.get("/de/library/?kind=case&term=sprache&group=women")

    assert [item["article"].title for item in answer.context["items"]] == ["Passt"]
    assert "Thema: " in answer.content.decode()


def test_words_find_articles_best_first_and_only_those_one_may_read(client):
    ArticleFactory(title="Vorlesen", body="Bücher", audience=Audience.PUBLIC)
    ArticleFactory(title="Kochen", body="Rezepte", audience=Audience.PUBLIC)
    ArticleFactory(title="Vorlesen im Team", audience=Audience.TEAMS)

    answer = client.get("/de/library/?q=Vorlesen")

    assert [item["article"].title for item in answer.context["items"]] == ["Vorlesen"]


@pytest.mark.parametrize(
    "query", ["?kind=nonsense", "?page=abc", "?sort=x", "?term=nix", "?q=%00", "?language=xx"]
)
def test_a_strange_address_of_the_shelf_is_no_error(client, query):
    ArticleFactory(audience=Audience.PUBLIC)

    assert client.get(f"/de/library/{query}").status_code == 200


def test_a_reader_is_sent_to_the_version_in_their_language(client):
    german = ArticleFactory(audience=Audience.PUBLIC)
    arabic = ArticleFactory(
        language="ar",
        slug="عربي",
        audience=Audience.PUBLIC,
        translation_key=german.translation_key,
        translated_hash=german.content_hash,
    )

    moved = client.get(f"/ar/library/{german.slug}/")
    stays = client.get(f"/ar/library/{german.slug}/?in=de")

    assert moved["Location"] == f"/ar/library/{'%D8%B9%D8%B1%D8%A8%D9%8A'}/"
    assert stays.status_code == 200
    assert client.get(moved["Location"]).context["article"] == arabic


def test_without_a_version_in_ones_language_the_german_one_says_so_and_keeps_its_direction(client):
    german = ArticleFactory(audience=Audience.PUBLIC)

    answer = client.get(f"/fa/library/{german.slug}/")

    assert answer.context["page"].missing_language == "فارسی"
    assert '<div class="reading" lang="de" dir="ltr">' in answer.content.decode()


def test_an_outdated_article_warns_its_readers(client):
    article = ArticleFactory(audience=Audience.PUBLIC, review_on=NOON.date() - timedelta(days=800))

    answer = client.get(page_of(article))

    assert answer.context["page"].is_outdated


def test_strangers_read_organisations_and_members_read_names(world, client, sign_in):
    article = ArticleFactory(
        audience=Audience.PUBLIC, site=world.mine, carrier=world.carrier, owner=None
    )
    author = world.users["coordinator"]
    article.authors.create(role="author", user=author, site=world.mine)

    stranger = client.get(page_of(article)).content.decode()
    member = sign_in(world.users["reader"]).get(page_of(article)).content.decode()

    assert author.name not in stranger
    assert world.mine.name in stranger
    assert author.name in member


def test_only_what_everybody_may_read_describes_itself_to_machines(world, client, sign_in):
    public = ArticleFactory(audience=Audience.PUBLIC)
    inner = ArticleFactory(audience=Audience.MEMBERS)

    open_page = client.get(page_of(public)).content.decode()
    inner_page = sign_in(world.users["reader"]).get(page_of(inner))

    assert '"@type": "Article"' in open_page
    assert "application/ld+json" not in inner_page.content.decode()
    assert inner_page["X-Robots-Tag"] == "noindex"


def test_one_tap_says_that_it_helped_and_the_second_is_not_counted(client):
    article = ArticleFactory(audience=Audience.PUBLIC)

    for _tap in range(2):
        client.post(page_of(article, "feedback"), {"helped": "yes"})

    assert [each.has_helped for each in article.feedback.all()] == [True]


def test_who_was_not_helped_may_say_what_was_missing(client):
    article = ArticleFactory(audience=Audience.PUBLIC)

    moved = client.post(page_of(article, "feedback"), {"helped": "no"})
    empty = client.post(moved["Location"], {"missing": ""})
    client.post(moved["Location"], {"missing": "Ein Beispiel"})

    assert empty.status_code == 422
    assert ArticleFeedback.objects.get().missing == "Ein Beispiel"
    assert client.get(moved["Location"]).status_code == 404


def test_one_address_gives_few_words_a_day(client):
    cache.clear()
    articles = [ArticleFactory(audience=Audience.PUBLIC) for _each in range(3)]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tandemwerk.knowledge.views.article.WORDS_OF_AN_ADDRESS", 2)
        for each in articles:
            client.post(page_of(each, "feedback"), {"helped": "yes"})

    assert ArticleFeedback.objects.count() == 2


def test_an_article_is_begun_with_all_its_facts(world, sign_in):
    client = sign_in(world.users["coordinator"])

    client.post(
        "/de/library/new/?kind=case",
        {
            "title": "Kochen zu zweit",
            "language": "de",
            "place": f"site-{world.mine.pk}",
            "fact_steps": "1. Einladen",
            "fact_tandem_kinds": ["0"],
            "audience": "public",
            "licence": "cc-by-sa-4.0",
            "ask_review": "1",
        },
    )

    article = Article.objects.get()
    assert article.facts == {"steps": "1. Einladen", "tandem_kinds": ["0"]}
    assert (article.state, article.site, article.carrier) == (
        ArticleState.IN_REVIEW,
        world.mine,
        world.carrier,
    )


@pytest.mark.parametrize(
    "bad",
    [
        {"title": ""},
        {"title": "x" * 161},
        {"body": ""},
        {"audience": "nobody"},
        {"place": "site-999"},
        {"audience": "carrier", "place": "network"},
        {"language": "xx"},
        {"body": "x" * 60_001},
    ],
)
def test_what_does_not_fit_is_said_and_kept(world, sign_in, bad):
    client = sign_in(world.users["network_editor"])
    good = {
        "title": "Ein Titel",
        "body": "Ein Text",
        "language": "de",
        "place": "network",
        "audience": "members",
        "licence": "cc-by-sa-4.0",
    }

    answer = client.post("/de/library/new/?kind=guide", good | bad)

    assert answer.status_code == 422
    assert Article.objects.count() == 0


def test_a_preview_saves_nothing(world, sign_in):
    article = ArticleFactory(owner=world.users["coordinator"])
    client = sign_in(article.owner)

    answer = client.post(page_of(article, "edit"), form_of(article, body="**fett**", preview="1"))

    assert "<strong>fett</strong>" in answer.content.decode()
    assert article.revisions.count() == 1


def test_the_second_who_saves_sees_both_texts_and_may_save_again(world, sign_in):
    article = ArticleFactory(owner=world.users["coordinator"], body="Anfang")
    mine = form_of(article, body="Mein Text")
    writing.save_draft(
        article_id=article.pk,
        based_on=article.latest_revision_id,
        content=newest_content(article),
        by=world.users["network_editor"],
        at=NOON,
    )
    client = sign_in(article.owner)

    answer = client.post(page_of(article, "edit"), mine)
    again = answer.context["form"].data["revision"]
    saved = client.post(page_of(article, "edit"), mine | {"revision": again})

    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Mein Text" in page
    assert "<del>Anfang</del>" in page
    assert saved.status_code == 302
    article.refresh_from_db()
    assert newest_content(article).body == "Mein Text"


def test_a_review_decides_about_the_words_that_were_read(world, sign_in):
    article = ArticleFactory(owner=world.users["coordinator"], draft=True)
    client = sign_in(article.owner)
    client.post(page_of(article, "ask_review"))
    reader = sign_in(world.users["network_editor"])
    seen = Article.objects.get().latest_revision_id
    article.refresh_from_db()
    writing.save_draft(
        article_id=article.pk,
        based_on=article.latest_revision_id,
        content=newest_content(article),
        by=article.owner,
        at=NOON,
    )

    late = reader.post(page_of(article, "review"), {"decision": "approve", "revision": seen})
    fresh = late.context["form"].data["revision"]
    done = reader.post(page_of(article, "review"), {"decision": "approve", "revision": fresh})

    article.refresh_from_db()
    assert (late.status_code, done.status_code, article.live) == (409, 302, True)


@pytest.mark.parametrize(
    "bad",
    [
        {"decision": "back", "note": ""},
        {"decision": "approve", "go_live_at": "2020-01-01T10:00"},
        {"decision": "perhaps"},
    ],
)
def test_a_review_that_says_too_little_is_refused(world, sign_in, bad):
    article = ArticleFactory(owner=world.users["coordinator"], draft=True)
    sign_in(article.owner).post(page_of(article, "ask_review"))
    client = sign_in(world.users["network_editor"])

    answer = client.post(
        page_of(article, "review"), {"revision": article.latest_revision_id, **bad}
    )

    assert answer.status_code == 422


def test_a_translation_is_written_beside_its_original(world, sign_in):
    article = ArticleFactory(body="Zuerst Tee.")
    client = sign_in(world.users["coordinator"])
    address = page_of(article, "translate", language="ar")

    shown = client.get(address)
    empty = client.post(address, {"title": "", "seen": article.content_hash})
    client.post(address, {"title": "الشاي", "body": "نص", "seen": article.content_hash})

    made = Article.objects.get(locale__language_code="ar")
    assert "Zuerst Tee." in shown.content.decode()
    assert empty.status_code == 422
    assert (made.title, made.live, made.translated_hash) == ("الشاي", False, article.content_hash)


def test_two_who_begin_the_same_translation_lose_nothing(world, sign_in):
    article = ArticleFactory()
    address = page_of(article, "translate", language="uk")
    words = {"title": "Перший", "body": "Текст", "seen": article.content_hash}
    sign_in(world.users["network_editor"]).post(address, words)

    answer = sign_in(world.users["coordinator"]).post(address, words | {"title": "Другий"})

    assert answer.status_code == 409
    assert "Другий" in answer.content.decode()
    assert Article.objects.get(locale__language_code="uk").title == "Перший"


def test_any_two_versions_can_be_compared(world, sign_in):
    article = ArticleFactory(owner=world.users["coordinator"], body="Tee")
    first = article.latest_revision_id
    client = sign_in(article.owner)
    client.post(page_of(article, "edit"), form_of(article, body="Kaffee"))

    answer = client.get(page_of(article, "history"), {"old": first, "new": "nonsense"})

    assert [(each.old, each.new) for each in answer.context["differences"]] == [("Tee", "Kaffee")]


def test_a_carriers_own_version_shows_what_differs(world, client):
    original = ArticleFactory(audience=Audience.PUBLIC, body="Mit Tee.")
    own = ArticleFactory(
        audience=Audience.PUBLIC,
        carrier=world.carrier,
        adapted_from=original,
        title=original.title,
        body="Mit Kaffee.",
    )

    page = client.get(page_of(own, "differences")).content.decode()

    assert "<del>Tee</del>" in page
    assert "<ins>Kaffee</ins>" in page


def test_the_feed_has_what_everybody_may_read(client):
    ArticleFactory(title="Offen", audience=Audience.PUBLIC)
    ArticleFactory(title="Drinnen", audience=Audience.MEMBERS)

    feed = client.get("/de/library/feed.atom").content.decode()

    assert "Offen" in feed
    assert "Drinnen" not in feed


def test_the_report_goes_out_as_a_file(world, sign_in):
    ArticleUseFactory()
    client = sign_in(world.users["network"])

    answer = client.get("/de/library/report/?export=csv")

    assert answer["Content-Type"].startswith("text/csv")
    assert len(answer.content.decode("utf-8-sig").strip().splitlines()) == 2


def test_a_first_list_is_made_on_the_way(world, sign_in):
    article = ArticleFactory()
    user = world.users["reader"]
    client = sign_in(user)

    client.post(page_of(article, "list_put"), {"reading_list": "new"})

    kept = user.reading_lists.get()
    assert [item.article for item in kept.items.all()] == [article]


def test_a_shared_list_hides_what_its_reader_may_not_read(world, sign_in):
    owner = world.users["network_editor"]
    kept = owner.reading_lists.create(name="Einstieg", is_shared=True, created_at=NOON)
    kept.items.create(article=ArticleFactory(title="Für alle im Netz"), position=1)
    kept.items.create(article=ArticleFactory(audience=Audience.TEAMS), position=2)
    client = sign_in(world.users["ministry"])

    answer = client.get(reverse("knowledge:list", kwargs={"pk": kept.pk}))

    assert [item.article.title for item in answer.context["items"]] == ["Für alle im Netz"]
    assert answer.context["hidden"] == 1
