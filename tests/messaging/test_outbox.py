"""Putting messages in and taking them back."""

import pytest
from django.utils import translation
from django_tasks_db.models import DBTaskResult

from tandemwerk.core.actors import SYSTEM
from tandemwerk.core.models import AuditEntry
from tandemwerk.messaging.enums import MessageState
from tandemwerk.messaging.models import Message
from tandemwerk.messaging.services import cancel, put_in
from tandemwerk.messaging.services.sending import send_message
from tandemwerk.people.enums import ContactPreference
from tests.factories import NOON, PersonFactory, UserFactory

pytestmark = pytest.mark.django_db


def put(to, *, key="greeting-1", **fields):
    context = {"link": "http://testserver/x"}
    return put_in(key=key, kind="test", to=to, context=context, at=NOON, **fields)


def test_a_message_is_put_in_once_for_each_key():
    person = PersonFactory()

    first, second = put(person), put(person)

    assert first == second
    assert Message.objects.count() == 1


def test_a_message_and_its_task_are_written_together():
    message = put(PersonFactory())

    tasks = DBTaskResult.objects.filter(task_path=send_message.module_path)
    assert [(task.args_kwargs["args"], task.run_after) for task in tasks] == [([message.pk], NOON)]


def test_a_message_can_wait_for_its_day():
    message = put(PersonFactory(), due_at=NOON.replace(day=20))

    assert DBTaskResult.objects.get().run_after == message.due_at == NOON.replace(day=20)


@pytest.mark.parametrize("preference", [ContactPreference.PHONE, ContactPreference.NEITHER])
def test_somebody_who_wants_no_mail_gets_none(preference):
    person = PersonFactory(contact_preference=preference)

    assert put(person) is None
    assert Message.objects.count() == 0


def test_neither_does_somebody_without_an_address_or_with_a_closed_account():
    readers = [PersonFactory(mail=""), PersonFactory(erased_at=NOON), UserFactory(is_active=False)]

    answers = [put(reader, key=f"greeting-{n}") for n, reader in enumerate(readers)]

    assert answers == [None, None, None]


def test_an_address_without_an_account_is_written_to_in_the_language_asked_for():
    message = put("new@example.org", language="en")

    assert (message.address, message.language) == ("new@example.org", "en")


def test_the_reader_decides_the_language_and_the_one_who_sends_does_not():
    with translation.override("de"):
        message = put(UserFactory(language="en"))

    assert message.subject == "A test message"


def test_a_waiting_message_can_be_taken_back_and_that_is_written_down():
    put(PersonFactory())

    assert cancel(key="greeting-1", by=SYSTEM, at=NOON) is True
    assert Message.objects.get().state == MessageState.CANCELLED
    assert AuditEntry.objects.get().action == "messaging.cancel_message"


def test_what_was_sent_or_never_written_cannot_be_taken_back():
    put(PersonFactory())
    Message.objects.update(state=MessageState.SENT)

    assert cancel(key="greeting-1", by=SYSTEM, at=NOON) is False
    assert cancel(key="another", by=SYSTEM, at=NOON) is False
