"""From the button to two times yes: with script on the desk, without it on a cheap phone."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tandemwerk.core import clock
from tandemwerk.intake.enums import Side
from tandemwerk.people.enums import ConsentPurpose
from tandemwerk.people.models import Consent
from tandemwerk.tandems.enums import AnswerState
from tandemwerk.tandems.links import answer_path
from tandemwerk.tandems.models import Answer, Suggestion
from tests.browser.conftest import axe_findings, send, sideways, sign_in_as
from tests.factories import (
    NOON,
    MembershipFactory,
    ParticipationFactory,
    PersonFactory,
    SiteFactory,
)
from tests.tandems.proposed import answer_of, make_proposal

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def site():
    site = SiteFactory(name="Brücke Augsburg", phone="0821 12345")
    for name, speaks in (("Brandt", {"de": 7, "fa": 3}), ("Lehmann", {"de": 7, "uk": 4})):
        _take_in(site, Side.VOLUNTEER, family_name=name, speaks=speaks)
    _take_in(site, Side.NEWCOMER, family_name="Ahmadi", speaks={"fa": 7}, language="fa")
    _take_in(site, Side.NEWCOMER, family_name="Koval", speaks={"uk": 7}, language="uk")
    return site


def _take_in(site, side, **fields):
    person = PersonFactory(**fields)
    Consent.objects.create(
        person=person,
        purpose=ConsentPurpose.PORTRAIT,
        text_version=1,
        way="paper",
        given_at=NOON,
    )
    return ParticipationFactory(site=site, side=side, person=person)


def test_the_coordinator_suggests_asks_one_pair_and_declines_the_other(visitor, live_server, site):
    page = visitor()
    sign_in_as(page, MembershipFactory(site=site).user, live_server.url)

    page.goto(f"/de/portal/pairs/{site.slug}/")
    send(page.get_by_role("button", name="Paare vorschlagen").first)
    cards = page.locator("article.suggestion")
    expect(cards).to_have_count(2)
    assert (axe_findings(page), sideways(page)) == ([], 0)

    cards.filter(has_text="Ahmadi").get_by_role("button", name="Beide fragen").click()
    page.get_by_text(re.compile("Ahmadi werden jetzt gefragt")).wait_for()
    koval = cards.filter(has_text="Koval")
    koval.get_by_text("Passt nicht").click()
    koval.get_by_label("Warum nicht?").select_option("known")
    koval.get_by_role("button", name="Diese beiden nie mehr vorschlagen").click()
    page.get_by_text(re.compile("nicht mehr füreinander")).wait_for()

    assert Answer.objects.count() == 2
    assert sorted(Suggestion.objects.values_list("state", flat=True)) == ["accepted", "declined"]


def test_without_script_the_same_buttons_do_the_same(visitor, live_server, site):
    page = visitor(scripts=False)
    sign_in_as(page, MembershipFactory(site=site).user, live_server.url)

    page.goto(f"/de/portal/pairs/{site.slug}/")
    send(page.get_by_role("button", name="Paare vorschlagen").first)
    send(_ask_both(page, "Ahmadi"))

    expect(page.locator("article.suggestion")).to_have_count(1)
    assert Answer.objects.count() == 2


def test_a_newcomer_says_yes_in_persian_on_a_phone_without_script(visitor, live_server, site):
    desk = visitor(scripts=False)
    sign_in_as(desk, MembershipFactory(site=site).user, live_server.url)
    desk.goto(f"/de/portal/pairs/{site.slug}/")
    send(desk.get_by_role("button", name="Paare vorschlagen").first)
    send(_ask_both(desk, "Ahmadi"))
    answer = Answer.objects.get(side=Side.NEWCOMER)
    phone = visitor(language="fa", phone=True, scripts=False)

    phone.goto(answer_path(answer).replace("/fa/", "/de/"))
    assert phone.locator("html").get_attribute("dir") == "rtl"
    assert "Brandt" not in phone.content()
    send(phone.locator("main button"))
    assert "Brandt" not in phone.content()
    assert sideways(phone) == 0
    phone.locator(".choice").first.click()
    send(phone.locator("button[name=send]"))

    answer.refresh_from_db()
    assert answer.state == AnswerState.YES
    assert phone.locator("main form").count() == 0
    assert phone.context.cookies() == []


@pytest.mark.parametrize("language", ["de", "ar", "fa"])
def test_everybody_can_use_the_page_behind_the_link(visitor, site, language):
    answer = _asked(site, language)
    phone = visitor(language=language, phone=True)

    phone.goto(answer_path(answer))
    cover = axe_findings(phone), sideways(phone)
    send(phone.locator("main button"))
    message = axe_findings(phone), sideways(phone)

    assert cover == ([], 0)
    assert message == ([], 0)


def _ask_both(page, name):
    card = page.locator("article.suggestion").filter(has_text=name)
    return card.get_by_role("button", name="Beide fragen")


def _asked(site, language):
    volunteer = site.participations.filter(side=Side.VOLUNTEER).first()
    newcomer = site.participations.filter(side=Side.NEWCOMER).first()
    newcomer.person.language = language
    newcomer.person.save()
    tandem = make_proposal(site=site, volunteer=volunteer, newcomer=newcomer, language="fa", km=2)
    tandem.answers.update(expires_at=clock.now() + timedelta(days=9))
    return answer_of(tandem, Side.NEWCOMER)
