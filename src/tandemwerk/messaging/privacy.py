"""What this room keeps about a person."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from tandemwerk.core.actors import Actor
from tandemwerk.core.privacy import PersonalData, register
from tandemwerk.messaging.models import Message
from tandemwerk.messaging.queries import without_tokens


def _export(person_id: int) -> list[dict[str, Any]]:
    written = Message.objects.filter(person_id=person_id).order_by("created_at", "pk")
    return [
        {
            "subject": message.subject,
            "text": without_tokens(message.text),
            "state": message.get_state_display(),
            "written_at": message.created_at.isoformat(),
            "sent_at": message.sent_at.isoformat() if message.sent_at else None,
        }
        for message in written
    ]


def _erase(person_id: int, _by: Actor, _at: datetime) -> None:
    Message.objects.filter(person_id=person_id).delete()


register(
    PersonalData(
        name="messages",
        title=_("Messages to you"),
        purpose=_("So that you get what concerns you, once and in your language."),
        kept=_("Half a year after they were sent."),
        models=("messaging.message",),
        export=_export,
        erase=_erase,
    )
)
