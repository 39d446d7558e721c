"""What is new, in a real browser: the bell, the list, choosing, and the link of a mail."""

import pytest
from django.utils import translation

from tandemwerk.core import clock
from tandemwerk.core.links import make_token
from tandemwerk.messaging import kinds
from tandemwerk.messaging.enums import Rhythm
from tandemwerk.messaging.links import STOPPING
from tandemwerk.messaging.models import Message, NoticeCopy
from tandemwerk.messaging.notices import NoticeGroup, NoticeKind, notify, register
from tandemwerk.messaging.services.mailing import mail_step
from tests.browser.conftest import WCAG, axe_findings, send, sideways, sign_in_as
from tests.factories import UserFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


@pytest.fixture
def member(settings, monkeypatch):
    """Somebody with three news, one of them read, and a mail of one that can be answered."""
    monkeypatch.setattr(kinds, "_groups", dict(kinds._groups))
    monkeypatch.setattr(kinds, "_kinds", dict(kinds._kinds))
    settings.DEMO, settings.REPLY_DOMAIN = True, "reply.demo.example"
    register(
        NoticeGroup(
            name="test.answers",
            label="Antworten an mich",
            description="Jemand antwortet Ihnen oder nennt Ihren Namen.",
            default=Rhythm.AT_ONCE,
            order=1,
        ),
        NoticeKind(
            name="test.reply",
            group="test.answers",
            label="Eine neue Antwort",
            sentence=lambda context: f"{context['who']} hat in «Kochabend im Herbst» geantwortet.",
            body="excerpt",
            action="Antwort lesen",
            icon="chat",
        ),
    )
    user = UserFactory(email="kim@example.org", name="Kim Beispiel")
    for number, who in enumerate(("Mara", "Sami", "Oksana")):
        notify(
            key=str(number),
            kind="test.reply",
            to=[user.pk],
            url="/de/accounts/",
            context={
                "who": who,
                "excerpt": "Ich bringe Brot mit.\n\nWer hat einen großen Topf?",
            },
            at=clock.now(),
            reply_purpose="test.topic",
            reply_object=1,
        )
    copy = NoticeCopy.objects.earliest("pk")
    with translation.override("de"):
        mail_step(notice_id=copy.notice_id, at=clock.now())
    copy.read_at = clock.now()
    copy.save()
    return user


@pytest.mark.parametrize("language", ["de", "ar"])
@pytest.mark.parametrize("phone", [False, True])
def test_its_pages_can_be_used_by_all(visitor, live_server, member, *, tmp_path, language, phone):
    page = visitor(language=language, phone=phone)
    token = make_token(STOPPING, pk=member.pk, nonce="test.answers")
    message = Message.objects.get()
    open_to_all = {
        "stop": f"/{language}/notices/stop/{token}/",
        "mail": f"/{language}/demo/outbox/{message.pk}/",
        "html": f"/{language}/demo/outbox/{message.pk}/html/",
    }
    own = {
        "news": f"/{language}/portal/notices/",
        "none": f"/{language}/portal/notices/?state=read&about=knowledge.work",
        "choices": f"/{language}/accounts/notices/",
    }
    trouble = []

    for names in (open_to_all, own):
        if names is own:
            sign_in_as(page, member, live_server.url)
        for name, address in names.items():
            page.goto(address)
            width = "390" if phone else "1280"
            page.screenshot(path=tmp_path / f"{language}-{width}-{name}.png", full_page=True)
            if sideways(page):
                trouble.append((name, "sideways"))
            if name == "html":
                # The page with a mail runs no scripts, axe's neither; a mail has no landmarks.
                page.goto("about:blank")
                page.set_content(message.html)
            found = axe_findings(page, rules=WCAG if name == "html" else ())
            trouble += [(name, finding) for finding in found]

    assert trouble == []


def test_somebody_opens_a_notice_and_the_bell_counts_one_less(visitor, live_server, member):
    page = visitor()
    sign_in_as(page, member, live_server.url)
    page.goto("/de/portal/notices/")
    before = page.locator(".topbar__count").inner_text()

    send(page.get_by_role("link", name="Oksana hat in"))

    assert before.startswith("2")
    assert page.url.endswith("/de/accounts/")
    assert page.locator(".topbar__count").inner_text().startswith("1")
