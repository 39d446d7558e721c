"""The first loop as a story: from a list of three people to a tandem that asks for a call.

The coordinator works in German at a desk, the volunteer reads German, the newcomer Persian on a
phone. Mails are read where they arrive, in the outbox; links are followed as people follow them.
"""

import email
import re
from datetime import timedelta
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils.translation import override
from playwright.sync_api import Page, expect

from tandemwerk.core import clock
from tandemwerk.intake.models import Participation
from tandemwerk.programme.models import Site
from tandemwerk.tandems.enums import Mood, TandemState
from tandemwerk.tandems.models import CheckIn, Tandem
from tandemwerk.tandems.services.checkins import ask_checkins, plan_checkins
from tests.browser.conftest import axe_findings, sideways, sign_in_as
from tests.factories import (
    CarrierFactory,
    MembershipFactory,
    ProgrammeFactory,
    SiteFactory,
    UserFactory,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LIST = """\
Rolle;Vorname;Nachname;Geburtsjahr;PLZ;E-Mail;Telefon;Geschlecht;Sprachen;Zeiten;Art
Patin;Ute;Bergmann;1970;86150;ute@post.example;030 23125001;weiblich;Deutsch (Muttersprache), \
Farsi B1;Di abends, Sa vormittags;Patenschaft
Pate;Jörg;Köster;1961;20095;joerg@post.example;030 23125002;männlich;Deutsch (Muttersprache);\
Mo vormittags;Patenschaft
Mentee;Sahar;Rahimi;1990;86152;sahar@post.example;030 23125003;weiblich;Dari (Muttersprache), \
Deutsch A1;Di abends;Patenschaft
"""


@pytest.fixture
def site(settings, live_server) -> Site:
    settings.BASE_URL = live_server.url
    settings.EMAIL_BACKEND = "tandemwerk.messaging.backends.OutboxBackend"
    return SiteFactory(
        carrier=CarrierFactory(programme=ProgrammeFactory()), name="Brücke Augsburg", phone="0821 1"
    )


def address(name: str, language: str = "de", **kwargs: object) -> str:
    with override(language):
        return reverse(name, kwargs=kwargs or None)


def deliver() -> None:
    """Let the worker do what is waiting."""
    call_command("worker", "--batch")


def mails_to(folder: Path, person: str) -> list[EmailMessage]:
    """Return the mails to somebody, oldest first."""
    mails = [
        email.message_from_bytes(file.read_bytes(), policy=default)
        for file in sorted(folder.glob("*.eml"), key=lambda file: file.stat().st_mtime_ns)
    ]
    return [mail for mail in mails if f"{person}@post.example" in str(mail["To"])]


def links_in(mail: EmailMessage) -> list[str]:
    body = mail.get_body(("plain",))
    assert body is not None
    return re.findall(r"https?://\S+", body.get_content())


def say_yes(page: Page, link: str) -> None:
    """Open a proposal's link, read the portrait, say yes."""
    page.goto(link)
    page.locator("main form button").click()
    assert axe_findings(page) == []
    page.locator("input[name=answer][value=yes]").check()
    page.locator("button[name=send]").click()


def test_from_a_list_to_a_tandem_that_asks_for_a_call(visitor, live_server, settings, site):
    coordinator = MembershipFactory(site=site).user
    network = MembershipFactory(
        user=UserFactory(), role="network_coordinator", site=None, programme=site.carrier.programme
    ).user
    outbox = Path(settings.OUTBOX_DIR)
    desk, volunteer = visitor(language="de"), visitor(language="de")
    office, phone = visitor(language="de"), visitor(language="fa", phone=True)
    sign_in_as(desk, coordinator, live_server.url)
    sign_in_as(office, network, live_server.url)
    office.goto(address("portal:overview"))
    before = office.locator("main").inner_text()

    # 1. The list comes in: three people understood, nobody handed back.
    desk.goto(address("intake:import_new", slug=site.slug))
    desk.set_input_files(
        "input[type=file]",
        {"name": "liste.csv", "mimeType": "text/csv", "buffer": LIST.encode("cp1252")},
    )
    desk.locator("main form button.btn-primary").click()
    desk.wait_for_url("**/imports/**")
    for box in desk.locator("input[name=consents]").all():
        box.check()
    desk.locator("form[action$='/take/'] button.btn-primary").click()
    desk.wait_for_load_state("networkidle")
    deliver()
    assert {str(row) for row in Participation.objects.filter(site=site)} == {
        "Ute Bergmann",
        "Jörg Köster",
        "Sahar Rahimi",
    }

    # 2. and 3. The engine suggests the one pair that fits; both are asked.
    desk.goto(address("tandems:board", slug=site.slug))
    desk.locator("form[action$='/start/'] button").first.click()
    desk.wait_for_load_state("networkidle")
    expect(desk.locator("main")).to_contain_text("Ute Bergmann")
    expect(desk.locator("form[action$='/accept/']")).to_have_count(1)
    desk.locator("form[action$='/accept/'] button").click()
    expect(desk.locator("form[action$='/accept/']")).to_have_count(0)
    deliver()
    (to_ute,), (to_sahar,) = mails_to(outbox, "ute"), mails_to(outbox, "sahar")
    assert "/de/" in links_in(to_ute)[0]
    assert "/fa/" in links_in(to_sahar)[0]
    assert "Rahimi" not in str(to_ute)
    say_yes(volunteer, links_in(to_ute)[0])
    say_yes(phone, links_in(to_sahar)[0])
    assert phone.evaluate("[document.documentElement.lang, document.documentElement.dir]") == [
        "fa",
        "rtl",
    ]
    assert sideways(phone) == 0

    # 4. Both said yes: the first meeting makes it a tandem, and the number moves.
    tandem = Tandem.objects.get()
    desk.goto(address("tandems:meeting_new", pk=tandem.pk))
    day = clock.today() + timedelta(days=3)
    desk.locator("input[name=day]").fill(day.isoformat())
    desk.locator("input[name=time]").fill("17:00")
    desk.locator("main form button.btn-primary").click()
    desk.wait_for_load_state("networkidle")
    tandem.refresh_from_db()
    assert tandem.state == TandemState.TRIAL
    office.reload()
    assert office.locator("main").inner_text() != before
    deliver()
    invitation = mails_to(outbox, "sahar")[-1]
    attached = {part.get_content_type() for part in invitation.iter_attachments()}
    assert "text/calendar" in attached

    # 5. Two weeks later she is asked, and one tap asks for a call.
    later = clock.now() + timedelta(days=17)
    later = later.replace(hour=10)
    plan_checkins(at=later)
    ask_checkins(at=later)
    deliver()
    question = mails_to(outbox, "sahar")[-1]
    wish = next(link for link in links_in(question) if "call" in link)
    phone.goto(wish)
    assert axe_findings(phone) == []
    assert CheckIn.objects.exclude(mood="").count() == 0
    phone.locator("input[name=line]").fill("می‌خواهم صحبت کنم")
    phone.locator("main form button.btn-primary").click()
    phone.wait_for_load_state("networkidle")
    answered = CheckIn.objects.exclude(mood="").get()
    assert (answered.mood, answered.line) == (Mood.CALL_ME, "می‌خواهم صحبت کنم")

    # 6. It stands first among what needs the coordinator today.
    desk.goto(address("portal:start"))
    expect(desk.locator("main")).to_contain_text("Sahar")
    assert axe_findings(desk) == []
