"""Addresses as mails need them: whole, and the same for everybody."""

from django.conf import settings


def absolute(path: str) -> str:
    """Return the whole address of ``path``, as the installation is known outside."""
    return f"{settings.BASE_URL}{path}"
