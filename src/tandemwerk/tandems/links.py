"""The links by which both sides answer a proposal and say how it is going."""

from typing import Final

from django.urls import reverse
from django.utils import translation
from django.utils.crypto import get_random_string

from tandemwerk.core.links import make_token
from tandemwerk.messaging.links import absolute
from tandemwerk.tandems.models import Answer, CheckIn

ANSWER_PURPOSE: Final = "answer"
CHECKIN_PURPOSE: Final = "checkin"
#: 22 letters and digits carry 130 bits; the signature comes on top.
_NONCE_LENGTH: Final = 22


def new_nonce() -> str:
    """Return the secret part of a new link."""
    return get_random_string(_NONCE_LENGTH)


def answer_path(answer: Answer) -> str:
    """Return the page on which the person answers, in the language of their messages."""
    token = make_token(ANSWER_PURPOSE, pk=answer.pk, nonce=answer.nonce)
    with translation.override(answer.participation.person.language):
        return reverse("tandems:answer", kwargs={"token": token})


def answer_link(answer: Answer) -> str:
    """Return the whole address, for a mail or a printed page."""
    return absolute(answer_path(answer))


def checkin_link(checkin: CheckIn) -> str:
    """Return the whole address on which the person says how it is going, in their language."""
    token = make_token(CHECKIN_PURPOSE, pk=checkin.pk, nonce=checkin.nonce)
    with translation.override(checkin.participation.person.language):
        return absolute(reverse("tandems:checkin", kwargs={"token": token}))
