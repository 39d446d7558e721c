"""Mails at once: each reader one, in steps, whatever dies in between."""

import re
from datetime import timedelta

import pytest
from django.core.mail import get_connection
from django_tasks_db.models import DBTaskResult

from tandemwerk.messaging.enums import MessageState
from tandemwerk.messaging.models import Message, Notice, NoticeChoice, NoticeCopy
from tandemwerk.messaging.notices import Rhythm, notify, progress
from tandemwerk.messaging.services import mailing
from tandemwerk.messaging.services.mailing import mail_left_waiting, mail_notice, mail_step
from tandemwerk.messaging.services.sending import as_mail, send_messages, sweep
from tandemwerk.people.models import User
from tests.factories import NOON, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("only_test_kinds")]


@pytest.fixture(autouse=True)
def outbox(settings):
    """Send into the local outbox and give its folder."""
    settings.EMAIL_BACKEND = "tandemwerk.messaging.backends.OutboxBackend"
    return settings.OUTBOX_DIR


def tell(users, **fields):
    return notify(
        key="test.reply:1",
        kind="test.reply",
        to=[user.pk for user in users],
        url="/de/portal/",
        context={"who": "Kim", "text": "> Yes!\nhttp://elsewhere.example/\n\n- a\n-- \nKim"},
        at=NOON,
        **fields,
    )


def step() -> int:
    return mail_step(notice_id=Notice.objects.get().pk, at=NOON)


def test_each_reader_gets_one_mail_however_often_the_task_runs():
    tell(UserFactory.create_batch(3))

    steps = [step() for _ in range(3)]

    assert steps == [3, 0, 0]
    assert Message.objects.count() == 3
    assert progress(key="test.reply:1").is_done


def test_a_step_that_dies_has_done_nothing(monkeypatch):
    tell(UserFactory.create_batch(3))

    def die(_messages):
        raise KeyboardInterrupt

    with monkeypatch.context() as dying:
        dying.setattr(mailing, "put_in_many", die)
        with pytest.raises(KeyboardInterrupt):
            step()

    assert progress(key="test.reply:1").waiting == 3
    assert step() == 3
    assert Message.objects.count() == 3


def test_who_reads_it_in_the_app_or_left_meanwhile_gets_no_mail():
    readers = UserFactory.create_batch(3)
    tell(readers)
    NoticeCopy.objects.filter(user=readers[0]).update(read_at=NOON, waits_for="")
    User.objects.filter(pk=readers[1].pk).update(is_active=False)

    step()

    assert Message.objects.get().user == readers[2]


def test_the_mail_says_what_happened_in_the_readers_language_and_how_to_end_it():
    tell([UserFactory(language="en", name="Mara")])

    step()

    message = Message.objects.get()
    assert message.subject == "A new answer"
    assert message.text.startswith("Hello Mara,\n\nKim answered.\n")
    mail = as_mail(message).message()
    stop = mail["List-Unsubscribe"]
    assert re.fullmatch(r"<http://testserver/en/notices/stop/[\w.~:-]+/>", stop)
    assert stop[1:-1] in message.text
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert (mail["Auto-Submitted"], mail["Precedence"]) == ("auto-generated", "list")
    assert mail["List-Id"] == "<test.answers.testserver>"


def test_what_others_wrote_is_shown_as_their_words_and_makes_no_buttons():
    tell([UserFactory(language="en")])

    step()

    message = Message.objects.get()
    assert "> > Yes!\n> http://elsewhere.example/\n>\n> - a\n> --\n> Kim\n" in message.text
    assert 'href="http://elsewhere.example/"' not in message.html
    assert message.html.count("<blockquote") == 1


def test_a_reader_with_a_digest_gets_no_mail_of_its_own():
    user = UserFactory()
    NoticeChoice.objects.create(user=user, group="test.answers", rhythm=Rhythm.WEEKLY)
    tell([user])

    assert step() == 0
    assert Message.objects.count() == 0


def test_many_mails_go_through_one_connection_and_each_once(outbox):
    tell(UserFactory.create_batch(3))
    mail_notice.call(Notice.objects.get().pk)
    numbers = list(Message.objects.values_list("pk", flat=True))

    done = [send_messages.call(numbers) for _ in range(2)]

    assert done == [3, 3]
    assert len(list(outbox.glob("*.eml"))) == 3
    assert set(Message.objects.values_list("state", flat=True)) == {MessageState.SENT}


def test_a_task_that_ran_long_leaves_the_rest_to_the_next(monkeypatch):
    monkeypatch.setattr("tandemwerk.messaging.services.sending.STINT_SECONDS", 0)
    monkeypatch.setattr(mailing, "STINT_SECONDS", 0)
    monkeypatch.setattr(mailing, "STEP", 2)
    tell(UserFactory.create_batch(3))
    DBTaskResult.objects.all().delete()

    mail_notice.call(Notice.objects.get().pk)
    written = list(Message.objects.order_by("pk").values_list("pk", flat=True))
    send_messages.call(written)

    left = [task.args_kwargs["args"] for task in DBTaskResult.objects.order_by("enqueued_at")]
    assert left == [[written], [Notice.objects.get().pk], [written[1:]]]


def test_what_lost_its_task_is_handed_out_again():
    tell([UserFactory()])
    assert mail_left_waiting(at=NOON + timedelta(minutes=2)) == 0
    DBTaskResult.objects.all().delete()

    counts = [mail_left_waiting(at=NOON + timedelta(minutes=wait)) for wait in (1, 2)]

    assert counts == [0, 1]


def test_a_mail_server_that_is_away_loses_nothing(monkeypatch):
    tell([UserFactory()])
    step()

    class Away(type(get_connection())):
        def open(self):
            raise ConnectionRefusedError

    monkeypatch.setattr("tandemwerk.messaging.services.sending.get_connection", Away)
    with pytest.raises(Exception, match="ConnectionRefusedError"):
        send_messages.call([Message.objects.get().pk])

    assert Message.objects.get().state == MessageState.QUEUED


def test_the_sweep_leaves_mails_to_many_to_their_own_task():
    tell([UserFactory()])
    step()

    assert sweep(at=NOON + timedelta(hours=1)) == 0
