"""Messages for tests."""

import factory

from tandemwerk.messaging.models import Message
from tests.factories import NOON, PersonFactory


class MessageFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Message

    key = factory.Sequence(lambda n: f"message-{n}")
    kind = "test"
    person = factory.SubFactory(PersonFactory)
    language = "de"
    subject = "Ein Vorschlag für Sie"
    text = "Guten Tag!\n\nhttp://testserver/de/answer/1f-abcdefgh.ijklmnopqrstuvwxyz0123456789/\n"
    html = '<a href="http://testserver/de/answer/1f-abcdefgh.ijklmnopqrstuvwxyz0123456789/">x</a>'
    created_at = NOON
    due_at = NOON
