"""Two sites, one pair: from the question of one to the proposal of the other, without script."""

import pytest
from playwright.sync_api import expect

from tandemwerk.core import clock
from tandemwerk.intake.enums import Side
from tandemwerk.programme.enums import Role
from tandemwerk.tandems.enums import Reach, RequestState, TandemState
from tandemwerk.tandems.models import PairingRound, Tandem
from tandemwerk.tandems.services.rounds import run_round
from tandemwerk.tandems.services.runs import start_run
from tandemwerk.tandems.services.terms import set_reach
from tests.browser.conftest import axe_findings, sideways, sign_in_as
from tests.factories import (
    NOON,
    MembershipFactory,
    ParticipationFactory,
    PersonFactory,
    SiteFactory,
    UserFactory,
)
from tests.tandems.proposed import make_request

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def _site(name, side, family_name):
    """A site whose own last run has left somebody."""
    site = SiteFactory(name=name, phone="0821 12345")
    set_reach(carrier=site.carrier, reach=Reach.AGREED, by=UserFactory(), at=NOON)
    ParticipationFactory(site=site, side=side, person=PersonFactory(family_name=family_name))
    start_run(site=site, by=UserFactory(), at=clock.now())
    return site


def test_two_sites_make_a_tandem_of_people_of_theirs(visitor, live_server):
    here = _site("Brücke Augsburg", Side.NEWCOMER, "Ahmadi")
    there = _site("Treff Friedberg", Side.VOLUNTEER, "Lehmann")
    asking, asked = visitor(scripts=False), visitor(scripts=False)
    for page, site in ((asking, here), (asked, there)):
        sign_in_as(page, MembershipFactory(site=site).user, live_server.url)

    asking.goto(f"/de/portal/pairs/{here.slug}/other-sites/")
    expect(asking.get_by_text("Lehmann")).to_have_count(0)
    asking.get_by_role("button", name="Den anderen Standort fragen").click()
    asked.goto(f"/de/portal/pairs/{there.slug}/other-sites/")
    asked.get_by_role("button", name="Ja, Namen austauschen").click()
    asking.reload()
    expect(asking.get_by_role("heading", name="Lehmann")).to_be_visible()
    asking.get_by_role("link", name="Treff Friedberg begleitet: übergeben").click()
    expect(asking.get_by_text("Sie können das nicht zurücknehmen.")).to_be_visible()
    assert sideways(asking) == 0
    asking.get_by_label("mündlich").check()
    asking.get_by_label("endgültig").check()
    asking.get_by_role("button", name="Übergeben").click()
    expect(asking.get_by_text("an Treff Friedberg übergeben")).to_be_visible()
    expect(asking.get_by_text("Ahmadi")).to_have_count(0)
    asked.reload()
    asked.get_by_role("link", name="Beiden vorschlagen").click()
    confirm = asked.get_by_label("Ich weiß das")
    if confirm.count():
        confirm.check()
    asked.get_by_role("button", name="Beide fragen").click()

    tandem = Tandem.objects.get(site=there)
    assert tandem.state == TandemState.PROPOSED
    asked.goto(f"/de/portal/pairs/{there.slug}/other-sites/")
    expect(asked.get_by_role("link", name="Tandem ansehen")).to_be_visible()


def test_the_page_to_hand_over_is_for_everybody(visitor, live_server):
    here = _site("Brücke Augsburg", Side.NEWCOMER, "Ahmadi")
    there = _site("Treff Friedberg", Side.VOLUNTEER, "Lehmann")
    request = make_request(
        here.participations.get(), there.participations.get(), state=RequestState.AGREED
    )
    page = visitor()
    sign_in_as(page, MembershipFactory(site=here).user, live_server.url)

    for address in ("", f"{request.pk}/hand-over/"):
        page.goto(f"/de/portal/pairs/{here.slug}/other-sites/{address}")
        assert (axe_findings(page), sideways(page)) == ([], 0)


def test_a_carrier_pairs_all_its_sites_and_one_of_them_asks_the_other(visitor, live_server):
    here = _site("Brücke Augsburg", Side.NEWCOMER, "Ahmadi")
    there = SiteFactory(name="Treff Friedberg", carrier=here.carrier)
    ParticipationFactory(
        site=there, side=Side.VOLUNTEER, person=PersonFactory(family_name="Lehmann")
    )
    lead = MembershipFactory(carrier=here.carrier, site=None, role=Role.LEAD).user
    carrier, coordinator = visitor(), visitor()
    sign_in_as(carrier, lead, live_server.url)
    sign_in_as(coordinator, MembershipFactory(site=here).user, live_server.url)

    carrier.goto(f"/de/portal/carriers/{here.carrier.slug}/pairing/")
    carrier.get_by_role("button", name="An allen Standorten Paare vorschlagen").click()
    expect(carrier.get_by_text("An allen Standorten werden Vorschläge gemacht")).to_be_visible()
    assert axe_findings(carrier) == []
    run_round(round_id=PairingRound.objects.get().pk, at=clock.now())
    carrier.reload()
    expect(carrier.get_by_text("Paare aus zwei Standorten")).to_be_visible()
    assert axe_findings(carrier) == []
    assert sideways(carrier) == 0
    coordinator.goto(f"/de/portal/pairs/{here.slug}/")
    coordinator.get_by_role("link", name="Ansehen", exact=True).click()
    expect(coordinator.get_by_role("heading", name="Für Sie gefunden")).to_be_visible()
    expect(coordinator.get_by_text("Lehmann")).to_have_count(0)
    coordinator.get_by_text("Passt nicht").click()
    assert axe_findings(coordinator) == []
    coordinator.get_by_role("button", name="Den anderen Standort fragen").click()
    expect(coordinator.get_by_text("Der andere Standort ist gefragt")).to_be_visible()
    expect(coordinator.get_by_role("heading", name="Für Sie gefunden")).to_have_count(0)
