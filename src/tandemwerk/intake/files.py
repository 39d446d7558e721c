"""Where uploaded lists lie: below MEDIA, in a folder that no address leads to."""

import secrets
from typing import Any

from django.core.files.storage import FileSystemStorage
from django.utils.deconstruct import deconstructible


@deconstructible
class PrivateStorage(FileSystemStorage):
    """Files that only the programme itself opens."""

    def __init__(self) -> None:
        super().__init__(file_permissions_mode=0o600, directory_permissions_mode=0o700)

    def url(self, name: str | None) -> str:  # noqa: ARG002 the storage's own signature
        """Refuse: there is no address."""
        raise ValueError("A private file has no address")


def private_name(_instance: Any, _filename: str) -> str:
    """Return a name that says nothing and cannot be guessed."""
    return f"private/imports/{secrets.token_hex(16)}"
