"""From a question to knowledge that others use, as a story in seven browsers.

A coordinator asks without a name. An article that is like it is offered while typing; the question
is posted all the same and offered to somebody who knows. Their answer is accepted and becomes an
article, which is looked at, published, translated, adapted by another carrier and found by a
volunteer. At the end the network office sees the chain with its numbers.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.translation import override
from playwright.sync_api import Page, expect

from tandemwerk.community.enums import OfferState, SpaceKind
from tandemwerk.community.models import Offer, Post, Profile, Space, Topic
from tandemwerk.community.services.offers import offer_questions
from tandemwerk.community.services.spaces import ensure_spaces
from tandemwerk.core import clock
from tandemwerk.core.search import reindex
from tandemwerk.knowledge.enums import Audience
from tandemwerk.knowledge.models import Article, Term
from tandemwerk.people.models import User
from tandemwerk.programme.models import Carrier
from tests.browser.conftest import axe_findings, send, sideways, sign_in_as
from tests.factories import (
    CarrierFactory,
    MembershipFactory,
    ProgrammeFactory,
    SiteFactory,
    UserFactory,
)
from tests.knowledge.factories import ArticleFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TITLE = "Wie lesen Tandems gemeinsam einen Brief vom Jobcenter?"
KNOWN = "Briefe von Ämtern verstehen"
ANSWER = "Erst die Frist suchen und notieren. Dann gemeinsam lesen. Was unklar bleibt, klärt die "
ANSWER += "Beratungsstelle: Dort macht die Patin einen Termin und geht mit."


def address(name: str, *, interface: str = "de", **kwargs: object) -> str:
    with override(interface):
        return reverse(name, kwargs=kwargs or None)


@dataclass(frozen=True)
class Stage:
    """Where the story plays: who is signed in at which browser."""

    desk: Page
    expert: Page
    editor: Page
    office: Page
    lead: Page
    volunteer: Page
    space: Space
    term: Term
    carrier: Carrier


@pytest.fixture
def stage(visitor: Callable[..., Page], live_server, settings) -> Stage:
    settings.BASE_URL = live_server.url
    programme = ProgrammeFactory()
    here, there = CarrierFactory(programme=programme), CarrierFactory(programme=programme)
    roles = {
        "desk": {"site": SiteFactory(carrier=here)},
        "expert": {"site": SiteFactory(carrier=there)},
        "editor": {"role": "network_editor", "site": None, "programme": programme},
        "office": {"role": "network_coordinator", "site": None, "programme": programme},
        "lead": {"role": "lead", "site": None, "carrier": there},
    }
    users: dict[str, User] = {
        name: MembershipFactory(user=UserFactory(), **fields).user for name, fields in roles.items()
    }
    users["volunteer"] = UserFactory()
    at = clock.now()
    ensure_spaces(at=at)
    Space.objects.update(reviews_first_posts=False)
    term = Term.objects.create(slug="behoerden", names={"de": "Behörden und Post"})
    profile = Profile.objects.create(user=users["expert"], is_listed=True, changed_at=at)
    profile.expertise.add(term)
    ArticleFactory(title=KNOWN, body="Ein Brief vom Jobcenter hat eine Frist.", owner=None)
    reindex()
    pages = {}
    for name, user in users.items():
        pages[name] = visitor(language="de", phone=name == "volunteer")
        sign_in_as(pages[name], user, live_server.url)
    space = Space.objects.get(kind=SpaceKind.MEMBERS)
    return Stage(**pages, space=space, term=term, carrier=there)


def test_from_an_anonymous_question_to_an_article_that_others_use(stage: Stage):
    topic = somebody_asks_without_a_name(stage)
    an_expert_is_invited_and_answers(stage, topic)
    the_answer_is_accepted(stage, topic)
    article = it_becomes_an_article_and_is_published(stage)
    it_is_translated(stage, article)
    another_carrier_adapts_it(stage, article)
    a_volunteer_finds_it(stage, article)
    the_office_sees_the_chain(stage)


def somebody_asks_without_a_name(stage: Stage) -> Topic:
    desk = stage.desk
    desk.goto(address("community:topic_new", slug=stage.space.slug))
    desk.locator("input[name=kind][value=question]").check()
    desk.locator("#id_title").press_sequentially(TITLE, delay=5)
    expect(desk.locator("#similar")).to_contain_text(KNOWN)
    assert axe_findings(desk) == []
    desk.locator("textarea[name=body]").fill("Beide sind unsicher. Wer hat dafür einen guten Weg?")
    for details in desk.locator("form[data-editor] details.more").all():
        details.evaluate("element => { element.open = true; }")
    desk.locator("input[name=terms][value=behoerden]").check()
    desk.locator("input[name=anonymity][value=moderators]").check()
    desk.locator("form[data-editor] .actions button.btn-primary").click()
    desk.wait_for_url("**/topics/**")

    topic = Topic.objects.get()
    assert (topic.title, topic.anonymity) == (TITLE, "moderators")
    asker = topic.author
    assert asker is not None
    stage.expert.goto(topic.get_absolute_url())
    assert asker.name not in stage.expert.locator("main").inner_text()
    return topic


def an_expert_is_invited_and_answers(stage: Stage, topic: Topic) -> None:
    earlier = clock.now() - timedelta(days=4)
    Topic.objects.update(created_at=earlier, last_post_at=earlier)
    Post.objects.update(created_at=earlier)
    offer_questions(at=clock.now())

    expert = stage.expert
    expert.goto(topic.get_absolute_url())
    send(expert.locator("button[name=do][value=accept]"))
    expert.goto(topic.get_absolute_url())
    expert.locator("#reply textarea[name=body]").fill(ANSWER)
    expert.locator("#reply .actions button.btn-primary").click()
    expect(expert.locator(".posts")).to_contain_text("Erst die Frist suchen")
    assert axe_findings(expert) == []
    assert Offer.objects.get(user__profile__isnull=False).state in {
        OfferState.ACCEPTED,
        OfferState.ANSWERED,
    }


def the_answer_is_accepted(stage: Stage, topic: Topic) -> None:
    desk = stage.desk
    desk.goto(topic.get_absolute_url())
    desk.locator("form[action*='/accept/'] button[value=on]").click()
    expect(desk.locator(".picked")).to_contain_text("Erst die Frist suchen")
    topic.refresh_from_db()
    assert topic.accepted_post is not None


def it_becomes_an_article_and_is_published(stage: Stage) -> Article:
    """The expert makes a draft of it; the editor opens it to everybody, the office looks at it."""
    expert, editor, office = stage.expert, stage.editor, stage.office
    expert.reload()
    form = expert.locator(f"form[action*='/posts/{Post.objects.order_by('-pk')[0].pk}/article/']")
    form.evaluate("element => element.requestSubmit()")
    expert.wait_for_url("**/library/**")
    article = Article.objects.exclude(title=KNOWN).get()
    assert article.audience == Audience.MEMBERS
    editor.goto(address("knowledge:edit", slug=article.slug))
    editor.locator("[name=title]").fill("Briefe vom Jobcenter gemeinsam lesen")
    editor.locator("select[name=audience]").select_option("public")
    send(editor.locator("button[name=ask_review]"))
    article.refresh_from_db()
    approve(office, article)
    article.refresh_from_db()
    assert (article.live, article.audience) == (True, Audience.PUBLIC)
    return article


def approve(page: Page, article: Article) -> None:
    page.goto(address("knowledge:review", slug=article.slug))
    assert axe_findings(page) == []
    page.locator("input[name=decision][value=approve]").check()
    send(page.locator("main form .actions button.btn-primary").last)


def it_is_translated(stage: Stage, article: Article) -> None:
    expert = stage.expert
    expert.goto(address("knowledge:translate", slug=article.slug, language="en"))
    expert.locator("[name=title]").fill("Reading letters from the job centre together")
    expert.locator("[name=summary]").fill("Deadline first, then read together.")
    expert.locator("[name=body]").fill("Look for the **deadline** first. Then read together.")
    send(expert.locator("button[name=ask_review]"))
    version = Article.objects.get(
        translation_key=article.translation_key, locale__language_code="en"
    )
    approve(stage.editor, version)
    version.refresh_from_db()
    assert (version.live, version.audience) == (True, Audience.PUBLIC)


def another_carrier_adapts_it(stage: Stage, article: Article) -> None:
    lead = stage.lead
    lead.goto(address("knowledge:adapt", slug=article.slug))
    send(lead.locator("main form .actions button.btn-primary"))
    own = Article.objects.get(adapted_from=article)
    assert own.carrier == stage.carrier


def a_volunteer_finds_it(stage: Stage, article: Article) -> None:
    phone = stage.volunteer
    phone.goto(address("portal:search") + "?q=Jobcenterbrief+lesen")
    phone.locator("main").get_by_role("link", name="Briefe vom Jobcenter gemeinsam lesen").click()
    expect(phone.locator("main h1")).to_contain_text("Briefe vom Jobcenter gemeinsam lesen")
    assert sideways(phone) == 0
    assert axe_findings(phone) == []
    phone.goto(address("knowledge:article", interface="en", slug=article.slug))
    expect(phone.locator("main h1")).to_contain_text("Reading letters")


def the_office_sees_the_chain(stage: Stage) -> None:
    office = stage.office
    office.goto(address("community:chain"))
    expect(office.locator("main table.table--cards")).to_be_visible()
    numbers = office.locator("main .stats .stat__value").all_inner_texts()
    asked, answered, _hours, articles = numbers[:4]
    assert (asked, answered, articles) == ("1", "1", "1")
    assert axe_findings(office) == []
