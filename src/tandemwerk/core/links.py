"""Signed links that work without signing in.

A token names a purpose, a record and its nonce. That it has expired or was used stands in the
record itself, under a lock, so a token can be printed again without being kept anywhere.
"""

from dataclasses import dataclass

from django.core import signing


class BadLinkError(Exception):
    """Somebody came with a token that is not ours, or not for this."""


@dataclass(frozen=True, kw_only=True)
class LinkTarget:
    """The record that a token is for."""

    pk: int
    nonce: str


def make_token(purpose: str, *, pk: int, nonce: str) -> str:
    """Return a token that only our key can make, fit for an address."""
    return signing.Signer(salt=f"tandemwerk.{purpose}", sep=".").sign(f"{pk:x}-{nonce}")


def read_token(purpose: str, token: str) -> LinkTarget:
    """Return what ``token`` is for. Raises BadLinkError."""
    try:
        value = signing.Signer(salt=f"tandemwerk.{purpose}", sep=".").unsign(token)
        number, nonce = value.split("-", 1)
        return LinkTarget(pk=int(number, 16), nonce=nonce)
    except (signing.BadSignature, ValueError) as error:
        raise BadLinkError from error
