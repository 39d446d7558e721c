"""Fields that even somebody with a copy of the database cannot read: AES-GCM.

What is sealed names the key that sealed it, so that keys can be changed: the newest seals, the
older ones still open. ``context`` says what the field is for and is checked on opening, so that a
sealed value cannot be moved to another field.
"""

import base64
import hashlib
import os
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

NONCE_BYTES: Final = 12
DERIVED: Final = "derived"


class SealError(Exception):
    """A sealed value was changed, moved, or sealed with a key that is not here."""


def _keys() -> dict[str, bytes]:
    """Return the keys by id, the newest first: ``FIELD_KEYS``, or one made from ``SECRET_KEY``."""
    keys = {}
    for entry in filter(None, settings.FIELD_KEYS.split(",")):
        name, _, encoded = entry.strip().partition(":")
        keys[name] = base64.b64decode(encoded)
    if not keys:
        secret = f"tandemwerk.fields.{settings.SECRET_KEY}"
        keys[DERIVED] = hashlib.sha256(secret.encode()).digest()
    return keys


def seal(text: str, *, context: str) -> str:
    """Return ``text`` so that only our key and ``context`` open it."""
    name, key = next(iter(_keys().items()))
    nonce = os.urandom(NONCE_BYTES)
    sealed = AESGCM(key).encrypt(nonce, text.encode(), _bound(name, context))
    return f"{name}:{base64.b64encode(nonce + sealed).decode()}"


def unseal(sealed: str, *, context: str) -> str:
    """Return what was sealed. Raises SealError."""
    name, _, encoded = sealed.partition(":")
    try:
        data = base64.b64decode(encoded, validate=True)
        nonce, body = data[:NONCE_BYTES], data[NONCE_BYTES:]
        return AESGCM(_keys()[name]).decrypt(nonce, body, _bound(name, context)).decode()
    except (KeyError, ValueError, InvalidTag) as error:
        raise SealError from error


def _bound(name: str, context: str) -> bytes:
    return f"{name}|{context}".encode()
