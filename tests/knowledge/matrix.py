"""What each role gets at the addresses of the library."""

from typing import Any

from django.core.files.base import ContentFile

from tandemwerk.core import clock
from tandemwerk.core.links import make_token
from tandemwerk.knowledge.enums import ArticleKind, Audience
from tandemwerk.knowledge.models import Article, ArticleFile, Term
from tandemwerk.knowledge.services import readers
from tandemwerk.knowledge.views.article import FEEDBACK
from tests.factories import NOON
from tests.knowledge import matrix_local
from tests.knowledge.factories import (
    ArticleFactory,
    ArticleUseFactory,
    ReadingListFactory,
    ReadingListItemFactory,
    TermFactory,
)
from tests.matrix import NETWORK, SIGNED_IN, Row
from tests.world import World

#: In some team: members of the community. Only those who take part in a tandem are not.
TEAMS = (
    *("coordinator", "safeguarding", "reader", "carrier_lead"),
    *("foreign_coordinator", "foreign_carrier_lead"),
)
MEMBERS = (*TEAMS, *NETWORK, "ministry")
#: Those who write for a carrier or a site.
CARRIER_WRITERS = (
    *("coordinator", "safeguarding", "carrier_lead"),
    *("foreign_coordinator", "foreign_carrier_lead"),
)
WRITERS = (*CARRIER_WRITERS, *NETWORK)
#: Who may change the matrix's article: its author and owner, the office, its carrier's lead.
CHANGERS = ("coordinator", "carrier_lead", *NETWORK)
ADMIN = "administrator"


def _article(world: World, **fields: Any) -> Article:
    given = {
        "title": "Ein Artikel der Matrix",
        "slug": "ein-artikel-der-matrix",
        "owner": world.users["coordinator"],
        "carrier": world.carrier,
        "site": world.mine,
        "audience": Audience.MEMBERS,
    }
    wanted = given | fields
    kept = Article.objects.filter(slug=wanted["slug"]).first()
    return kept or ArticleFactory(**wanted)


def article(world: World) -> dict[str, Any]:
    return {"slug": _article(world).slug}


def public_article(world: World) -> dict[str, Any]:
    found = _article(world, slug="ein-offener-artikel", audience=Audience.PUBLIC)
    return {"slug": found.slug}


def feedback_link(world: World) -> dict[str, Any]:
    found = _article(world, slug="ein-offener-artikel", audience=Audience.PUBLIC)
    kept = found.feedback.first() or readers.give_feedback(
        article_id=found.pk, has_helped=False, at=NOON
    )
    return {"slug": found.slug, "token": make_token(FEEDBACK, pk=kept.pk, nonce="missing")}


def asked_article(world: World) -> dict[str, Any]:
    found = _article(world, slug="ein-artikel-zur-ansicht")
    Article.objects.filter(pk=found.pk).update(review_asked_at=NOON)
    return {"slug": found.slug}


def archived_article(world: World) -> dict[str, Any]:
    found = _article(world, slug="ein-artikel-im-archiv", draft=True)
    Article.objects.filter(pk=found.pk).update(state="archived")
    return {"slug": found.slug}


def own_version(world: World) -> dict[str, Any]:
    original = _article(world)
    found = _article(world, slug="eine-eigene-fassung", adapted_from=original, body="Anders.")
    return {"slug": found.slug}


def recommendation(world: World) -> dict[str, Any]:
    found = _article(
        world,
        slug="eine-empfehlung",
        kind=ArticleKind.RECOMMENDATION,
        facts={"addressee": "Ministerium"},
    )
    return {"slug": found.slug}


def translation(world: World) -> dict[str, Any]:
    return {**article(world), "language": "ar"}


def revision(world: World) -> dict[str, Any]:
    found = _article(world)
    return {"slug": found.slug, "pk": found.latest_revision_id}


def comment(world: World) -> dict[str, Any]:
    found = _article(world)
    kept = found.comments.first() or readers.comment(
        article_id=found.pk, text="Ein Wort", by=world.users["coordinator"], at=clock.now()
    )
    return {"slug": found.slug, "pk": kept.pk}


def use(world: World) -> dict[str, Any]:
    found = _article(world)
    kept = found.uses.first() or ArticleUseFactory(article=found, site=world.mine)
    return {"slug": found.slug, "pk": kept.pk}


def file(world: World) -> dict[str, Any]:
    found = _article(world)
    kept = found.files.first()
    if kept is None:
        kept = ArticleFile(
            article=found,
            name="vorlage.txt",
            media_type="text/plain",
            size=4,
            sha256="0" * 64,
            created_at=NOON,
        )
        kept.file.save("vorlage.txt", ContentFile(b"Text"), save=False)
        kept.preview.save("vorlage.png", ContentFile(b"Bild"), save=False)
        kept.save()
    return {"pk": kept.pk}


def reading_list(world: World) -> dict[str, Any]:
    owner = world.users["coordinator"]
    kept = owner.reading_lists.first() or ReadingListFactory(owner=owner, name="Meine Liste")
    return {"pk": kept.pk}


def shared_list(world: World) -> dict[str, Any]:
    owner = world.users["coordinator"]
    kept = owner.reading_lists.filter(is_shared=True).first()
    kept = kept or ReadingListFactory(owner=owner, name="Geteilt", is_shared=True)
    return {"pk": kept.pk}


def item(world: World) -> dict[str, Any]:
    kept = world.users["coordinator"].reading_lists.get(**reading_list(world))
    found = kept.items.first() or ReadingListItemFactory(reading_list=kept, article=_article(world))
    return {"pk": kept.pk, "item": found.pk}


def moved(world: World) -> dict[str, Any]:
    return {**item(world), "way": "up"}


def term(_world: World) -> dict[str, Any]:
    kept = Term.objects.filter(slug="begriff-der-matrix").first()
    return {"pk": (kept or TermFactory(slug="begriff-der-matrix")).pk}


def posted(name: str, kwargs: Any, allowed: Any, **more: Any) -> Row:
    return Row(name=f"knowledge:{name}", method="POST", kwargs=kwargs, allowed=allowed, **more)


#: An article of the teams: whoever reads it and may not do it is refused, others find nothing.
def on_article(allowed: dict[Any, int]) -> dict[Any, int]:
    return {MEMBERS: 403, **allowed}


_EVERYBODY = {SIGNED_IN: 200, "anonymous": 200}

ROWS = [
    *matrix_local.ROWS,
    Row(name="knowledge:shelf", allowed=_EVERYBODY),
    Row(name="knowledge:shelf", query="?q=Team&kind=guide&sort=used", allowed=_EVERYBODY),
    Row(name="knowledge:feed", allowed=_EVERYBODY, is_page=False),
    Row(name="knowledge:article", kwargs=article, allowed={MEMBERS: 200}, anonymous=404),
    Row(name="knowledge:article", kwargs=public_article, query="?in=de", allowed=_EVERYBODY),
    Row(name="knowledge:pdf", kwargs=public_article, allowed=_EVERYBODY, is_page=False),
    Row(name="knowledge:differences", kwargs=own_version, allowed={MEMBERS: 200}, anonymous=404),
    Row(
        name="knowledge:feedback",
        method="POST",
        kwargs=public_article,
        allowed={},
        others=404,
        anonymous=404,
    ),
    Row(name="knowledge:missing", kwargs=feedback_link, allowed=_EVERYBODY),
    Row(name="knowledge:new", allowed={WRITERS: 200, ADMIN: 200}, others=403),
    Row(name="knowledge:new", query="?kind=case", allowed={WRITERS: 200, ADMIN: 200}, others=403),
    Row(name="knowledge:drafts", allowed={WRITERS: 200, ADMIN: 200}, others=403),
    Row(name="knowledge:report", allowed={NETWORK: 200, "ministry": 200, ADMIN: 200}, others=403),
    Row(name="knowledge:terms", allowed={NETWORK: 200, ADMIN: 200}, others=403),
    Row(name="knowledge:term_new", allowed={NETWORK: 200, ADMIN: 200}, others=403),
    Row(name="knowledge:term", kwargs=term, allowed={NETWORK: 200, ADMIN: 200}, others=403),
    Row(name="knowledge:use", kwargs=article, allowed=on_article({CARRIER_WRITERS: 200})),
    posted(
        "end_use",
        use,
        {
            **on_article({CARRIER_WRITERS: 404}),
            "coordinator": 302,
            "safeguarding": 302,
            "carrier_lead": 302,
        },
    ),
    Row(name="knowledge:adapt", kwargs=article, allowed=on_article({CARRIER_WRITERS: 200})),
    Row(
        name="knowledge:respond",
        kwargs=recommendation,
        allowed=on_article({"network": 200, "ministry": 200}),
    ),
    posted("list_put", article, {MEMBERS: 422}),
    Row(name="knowledge:edit", kwargs=article, allowed=on_article({CHANGERS: 200})),
    posted("ask_review", article, on_article({CHANGERS: 302})),
    Row(
        name="knowledge:review",
        kwargs=asked_article,
        allowed=on_article({NETWORK: 200, "carrier_lead": 200}),
    ),
    posted("cancel_schedule", article, on_article({CHANGERS: 302})),
    Row(name="knowledge:history", kwargs=article, allowed=on_article({CHANGERS: 200})),
    posted("restore", revision, on_article({CHANGERS: 302})),
    posted("comment", article, on_article({CHANGERS: 422})),
    posted("resolve", comment, on_article({CHANGERS: 302})),
    Row(name="knowledge:care", kwargs=article, allowed=on_article({CHANGERS: 200})),
    posted("still_true", article, on_article({CHANGERS: 302})),
    posted("archive", article, {CHANGERS: 302}),
    posted("reopen", archived_article, {CHANGERS: 302}),
    Row(name="knowledge:file_add", kwargs=article, allowed=on_article({CHANGERS: 200})),
    Row(name="knowledge:file", kwargs=file, allowed={MEMBERS: 200}, anonymous=404, is_page=False),
    Row(
        name="knowledge:file_preview",
        kwargs=file,
        allowed={MEMBERS: 200},
        anonymous=404,
        is_page=False,
    ),
    posted("file_remove", file, on_article({CHANGERS: 302})),
    Row(
        name="knowledge:translate",
        kwargs=translation,
        allowed=on_article({WRITERS: 200}),
    ),
    Row(name="knowledge:lists", allowed={SIGNED_IN: 200}),
    Row(name="knowledge:list_new", allowed={SIGNED_IN: 200}),
    Row(name="knowledge:list", kwargs=shared_list, allowed={MEMBERS: 200}),
    Row(name="knowledge:list", kwargs=reading_list, query="?own", allowed={"coordinator": 200}),
    Row(name="knowledge:list_edit", kwargs=shared_list, allowed={MEMBERS: 403, "coordinator": 200}),
    posted("list_delete", reading_list, {"coordinator": 302}),
    posted("list_off", item, {"coordinator": 302}),
    posted("list_move", moved, {"coordinator": 302}),
]
