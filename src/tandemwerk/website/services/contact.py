"""The contact form: a message goes out, and nothing of it stays but the mail in the outbox."""

import hashlib
import hmac
import uuid
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language_info

from tandemwerk.core import audit
from tandemwerk.core.actors import SYSTEM
from tandemwerk.messaging.services import put_in
from tandemwerk.programme.models import Site
from tandemwerk.website.enums import ContactTopic
from tandemwerk.website.models import ContactTry
from tandemwerk.website.promise import answer_by

#: So many messages from one address within an hour; a family with one line has room.
MOST_AN_HOUR: Final = 5
_HOUR: Final = timedelta(hours=1)
_DAY: Final = timedelta(days=1)


class TooManyError(Exception):
    """From this address came too many messages within the hour."""


@dataclass(frozen=True, kw_only=True)
class Letter:
    """What somebody wrote. ``site`` None: to the network office."""

    topic: ContactTopic
    text: str
    name: str
    mail: str
    phone: str
    language: str
    site: Site | None

    @property
    def quoted(self) -> str:
        """The words as a quotation: no line of a stranger becomes a button or a list of ours."""
        return "\n".join(f"> {line}" for line in self.text.splitlines())


@transaction.atomic
def send_letter(*, letter: Letter, office_mail: str, sent_from: str, at: datetime) -> date:
    """Send the letter to its site or to the office. Return the day by which it is answered.

    ``sent_from`` is the visitor's network address; a fingerprint of it is kept for a day. Raises
    TooManyError.
    """
    _let_through(sent_from, at=at)
    by = answer_by(timezone.localdate(at))
    site_mail = letter.site.mail if letter.site else ""
    message = put_in(
        key=f"contact:{uuid.uuid4()}",
        kind="website_contact",
        to=site_mail or office_mail,
        context={
            "letter": letter,
            "answer_by": by,
            "went_to_office": not site_mail,
            "language_name": get_language_info(letter.language)["name_local"],
        },
        at=at,
        scope=letter.site.audit_scope if letter.site else "",
        language="de",
        reply_to=letter.mail,
    )
    if message is not None:
        audit.record(
            action="website.send_letter", by=SYSTEM, at=at, target=message, scope=message.scope
        )
    return by


def _let_through(sent_from: str, *, at: datetime) -> None:
    """Count this try. Raises TooManyError."""
    ContactTry.objects.filter(at__lt=at - _DAY).delete()
    fingerprint = fingerprint_of(sent_from, day=timezone.localdate(at))
    recent = ContactTry.objects.filter(fingerprint=fingerprint, at__gt=at - _HOUR)
    if recent.count() >= MOST_AN_HOUR:
        raise TooManyError
    ContactTry.objects.create(fingerprint=fingerprint, at=at)


def fingerprint_of(sent_from: str, *, day: date) -> str:
    """Return a keyed hash of a network address that is another one tomorrow."""
    text = f"website.contact|{day.isoformat()}|{sent_from}"
    return hmac.new(settings.SECRET_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()
