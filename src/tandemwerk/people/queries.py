"""What is read about people and accounts."""

from collections.abc import Sequence
from dataclasses import dataclass

from allauth.usersessions.models import UserSession
from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils.crypto import constant_time_compare

from tandemwerk.core import clock
from tandemwerk.people.consent_texts import TEXTS, current_version
from tandemwerk.people.devices import Device, device_of
from tandemwerk.people.enums import ConsentPurpose
from tandemwerk.people.models import Consent, User


def consent_text(purpose: ConsentPurpose, language: str, version: int | None = None) -> str:
    """Return the words to agree to in ``language``, the newest unless said otherwise."""
    texts = TEXTS[purpose, version or current_version(purpose)]
    return texts.get(language, texts["de"])


def consents_in_force(person_id: int) -> set[str]:
    """Return the purposes that somebody agrees to at present."""
    lines = Consent.objects.filter(person_id=person_id, withdrawn_at=None)
    return set(lines.values_list("purpose", flat=True))


@dataclass(frozen=True, kw_only=True)
class SignedIn:
    """A device on which somebody is signed in."""

    session: UserSession
    device: Device
    is_here: bool


def devices_of(user: User, *, here: str | None) -> Sequence[SignedIn]:
    """Return where ``user`` is signed in: the device with the session ``here``, then the latest.

    Sessions that ended, by themselves or with another password, are left out.
    """
    rows = [*UserSession.objects.filter(user=user)]
    alive = _alive(user, [row.session_key for row in rows])
    shown = [
        SignedIn(session=row, device=device_of(row.user_agent), is_here=row.session_key == here)
        for row in rows
        if row.session_key in alive
    ]
    return sorted(shown, key=lambda row: (not row.is_here, -row.session.last_seen_at.timestamp()))


def _alive(user: User, keys: Sequence[str]) -> set[str]:
    sessions = Session.objects.filter(session_key__in=keys, expire_date__gt=clock.now())
    expected = user.get_session_auth_hash()
    return {
        session.session_key
        for session in sessions
        if constant_time_compare(session.get_decoded().get(HASH_SESSION_KEY, ""), expected)
    }
