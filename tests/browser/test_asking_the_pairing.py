"""Asking a pairing in a real browser: lock, why not, try a change, move a slider."""

import pytest
from playwright.sync_api import expect

from tandemwerk.core import clock
from tandemwerk.intake.enums import Side
from tandemwerk.people.weekgrid import bit
from tandemwerk.tandems.models import PairingWeights, Suggestion
from tandemwerk.tandems.services.runs import start_run
from tests.browser.conftest import axe_findings, sideways, sign_in_as
from tests.factories import MembershipFactory, ParticipationFactory, PersonFactory, SiteFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def site():
    site = SiteFactory(name="Brücke Augsburg")
    for side, names in ((Side.VOLUNTEER, ("Brandt", "Lehmann")), (Side.NEWCOMER, ("Ahmadi",))):
        for name in names:
            person = PersonFactory(family_name=name, given_name="Kim")
            ParticipationFactory(site=site, side=side, person=person)
    busy = PersonFactory(family_name="Koval", given_name="Kim", availability=1 << bit(5, 0))
    ParticipationFactory(site=site, side=Side.NEWCOMER, person=busy)
    return site


def test_the_coordinator_locks_asks_and_weighs(visitor, live_server, site):
    page = visitor()
    user = MembershipFactory(site=site).user
    start_run(site=site, by=user, at=clock.now())
    sign_in_as(page, user, live_server.url)

    page.goto(f"/de/portal/pairs/{site.slug}/")
    card = page.locator("article.suggestion").first
    card.get_by_text("Was jede Regel bringt").click()
    card.get_by_role("button", name="Festhalten").click()
    page.get_by_text("festgehalten: bleibt beim nächsten Mal").wait_for()
    assert Suggestion.objects.filter(locked_by=user).count() == 1
    assert (axe_findings(page), sideways(page)) == ([], 0)

    page.goto(f"/de/portal/pairs/{site.slug}/try/")
    page.get_by_label("Was", exact=True).select_option("place")
    page.get_by_role("button", name="Ausprobieren").click()
    page.get_by_text("Ausprobiert für alle am Standort").wait_for()
    assert (axe_findings(page), sideways(page)) == ([], 0)

    page.goto(f"/de/portal/pairs/{site.slug}/weights/")
    slider = page.get_by_role("slider", name="Alter")
    slider.focus()
    page.keyboard.press("ArrowRight")
    page.get_by_role("heading", name="Was diese Gewichte bewirken würden").wait_for()
    expect(page.get_by_role("spinbutton", name="Alter")).to_have_value("1")
    assert (axe_findings(page), sideways(page)) == ([], 0)
    assert not PairingWeights.objects.exists()
    page.get_by_role("button", name="Diese Gewichte verwenden").click()
    page.get_by_text("Diese Gewichte gelten für: Brücke Augsburg").wait_for()
    assert PairingWeights.objects.get().values["weights"]["age"] == 1


def test_without_script_why_not_somebody_else_is_a_page(visitor, live_server, site):
    page = visitor(scripts=False)
    user = MembershipFactory(site=site).user
    run = start_run(site=site, by=user, at=clock.now())
    sign_in_as(page, user, live_server.url)

    page.goto(f"/de/portal/suggestions/{run.suggestions.first().pk}/")
    page.locator("#other-newcomer").select_option(index=1)
    page.get_by_role("button", name="Fragen", exact=True).first.click()

    expect(page.locator("#why-answer article")).to_have_count(1)
