"""The first loop as a story: from a list of three people to a tandem that asks for a call.

The coordinator works in German at a desk, the volunteer reads German, the newcomer Persian on a
phone. Mails are read where they arrive, in the outbox; links are followed as people follow them.
"""

import email
import re
from dataclasses import dataclass
from datetime import timedelta
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest
import time_machine
from django.core.management import call_command
from django.urls import reverse
from django.utils.translation import override
from playwright.sync_api import Page, expect

from tandemwerk.core import clock
from tandemwerk.intake.models import Participation
from tandemwerk.people.models import User
from tandemwerk.programme.models import Site
from tandemwerk.tandems.enums import Mood, TandemState
from tandemwerk.tandems.models import CheckIn, Tandem
from tandemwerk.tandems.services.checkins import ask_checkins, plan_checkins
from tests.browser.conftest import axe_findings, send, sideways, sign_in_as
from tests.factories import (
    CarrierFactory,
    MembershipFactory,
    ProgrammeFactory,
    SiteFactory,
    UserFactory,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WISH = "می‌خواهم صحبت کنم"
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
    send(page.locator("main form button"))
    assert axe_findings(page) == []
    page.locator("input[name=answer][value=yes]").check()
    send(page.locator("button[name=send]"))


@dataclass(frozen=True)
class Stage:
    """Where the story plays: four browsers and the folder in which mails arrive."""

    site: Site
    coordinator: User
    outbox: Path
    desk: Page
    office: Page
    volunteer: Page
    phone: Page


@pytest.fixture
def stage(visitor, live_server, settings, site) -> Stage:
    coordinator = MembershipFactory(site=site).user
    network = MembershipFactory(
        user=UserFactory(), role="network_coordinator", site=None, programme=site.carrier.programme
    ).user
    desk, office, volunteer = (visitor(language="de") for _ in range(3))
    sign_in_as(desk, coordinator, live_server.url)
    sign_in_as(office, network, live_server.url)
    phone = visitor(language="fa", phone=True)
    return Stage(site, coordinator, Path(settings.OUTBOX_DIR), desk, office, volunteer, phone)


def test_from_a_list_to_a_tandem_that_asks_for_a_call(stage: Stage, live_server):
    stage.office.goto(address("portal:overview"))
    before = stage.office.locator("main").inner_text()

    the_list_comes_in(stage)
    the_one_pair_that_fits_is_asked(stage)
    both_say_yes(stage)
    tandem = the_first_meeting_is_arranged(stage)
    stage.office.reload()
    answer = two_weeks_later_she_asks_for_a_call(stage)
    sign_in_as(stage.desk, stage.coordinator, live_server.url)  # her session ended meanwhile
    stage.desk.goto(address("portal:start"))

    assert tandem.state == TandemState.TRIAL
    assert (answer.mood, answer.line) == (Mood.CALL_ME, WISH)
    assert stage.office.locator("main").inner_text() != before
    expect(stage.desk.locator("main")).to_contain_text("Sahar")
    assert axe_findings(stage.desk) == []


def the_list_comes_in(stage: Stage) -> None:
    desk = stage.desk
    desk.goto(address("intake:import_new", slug=stage.site.slug))
    desk.set_input_files(
        "input[type=file]",
        {"name": "liste.csv", "mimeType": "text/csv", "buffer": LIST.encode("cp1252")},
    )
    desk.locator("main form button.btn-primary").click()
    desk.wait_for_url("**/imports/**")
    for box in desk.locator("input[name=consents]").all():
        box.check()
    desk.locator("form[action$='/take/'] button.btn-primary").click()
    expect(desk.locator("form[action$='/take/']")).to_have_count(0)
    deliver()
    taken = {str(row) for row in Participation.objects.filter(site=stage.site)}
    assert taken == {"Ute Bergmann", "Jörg Köster", "Sahar Rahimi"}


def the_one_pair_that_fits_is_asked(stage: Stage) -> None:
    desk = stage.desk
    desk.goto(address("tandems:board", slug=stage.site.slug))
    desk.locator("form[action$='/start/'] button").first.click()
    accept = desk.locator("form[action$='/accept/']")
    expect(accept).to_have_count(1)
    expect(desk.locator("main")).to_contain_text("Ute Bergmann")
    accept.locator("button").click()
    expect(accept).to_have_count(0)
    deliver()


def both_say_yes(stage: Stage) -> None:
    (to_ute,) = mails_to(stage.outbox, "ute")
    (to_sahar,) = mails_to(stage.outbox, "sahar")
    assert "Rahimi" not in str(to_ute)
    say_yes(stage.volunteer, links_in(to_ute)[0])
    say_yes(stage.phone, links_in(to_sahar)[0])
    spoken = stage.phone.evaluate("[document.documentElement.lang, document.documentElement.dir]")
    assert spoken == ["fa", "rtl"]
    assert sideways(stage.phone) == 0


def the_first_meeting_is_arranged(stage: Stage) -> Tandem:
    tandem = Tandem.objects.get()
    desk = stage.desk
    desk.goto(address("tandems:meeting_new", pk=tandem.pk))
    desk.locator("input[name=day]").fill((clock.today() + timedelta(days=3)).isoformat())
    desk.locator("input[name=time]").fill("17:00")
    desk.locator("main form button.btn-primary").click()
    desk.wait_for_url(f"**{address('tandems:tandem', pk=tandem.pk)}")
    deliver()
    invitation = mails_to(stage.outbox, "sahar")[-1]
    assert "text/calendar" in {part.get_content_type() for part in invitation.iter_attachments()}
    tandem.refresh_from_db()
    return tandem


def two_weeks_later_she_asks_for_a_call(stage: Stage) -> CheckIn:
    with time_machine.travel((clock.now() + timedelta(days=17)).replace(hour=10)):
        plan_checkins(at=clock.now())
        ask_checkins(at=clock.now())
        deliver()
    question = mails_to(stage.outbox, "sahar")[-1]
    phone = stage.phone
    phone.goto(next(link for link in links_in(question) if link.endswith("=call")))
    assert axe_findings(phone) == []
    assert not CheckIn.objects.exclude(mood="").exists()
    phone.locator("[name=line]").fill(WISH)
    send(phone.locator("main form button.btn-primary"))
    return CheckIn.objects.exclude(mood="").get()
