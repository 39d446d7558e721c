"""The local outbox: mails as files, for the demo, for tests and for a first look."""

import hashlib
import os
import tempfile
from collections.abc import Sequence
from email.message import Message as Mail
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class OutboxBackend(BaseEmailBackend):
    """Writes each mail to ``OUTBOX_DIR`` as one ``.eml`` file, once for each Message-ID.

    The file appears whole or not at all, so it answers for sure whether a mail was delivered.
    """

    def __init__(self, *, fail_silently: bool = False, **_kwargs: Any) -> None:
        super().__init__(fail_silently=fail_silently)
        self.folder = Path(settings.OUTBOX_DIR)

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        self.folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            self._deliver(message.message())
        return len(email_messages)

    def was_delivered(self, message_id: str) -> bool:
        """Return whether the mail with that Message-ID lies in the outbox."""
        return self._path(message_id).exists()

    def _path(self, message_id: str) -> Path:
        name = hashlib.sha256(message_id.encode()).hexdigest()[:32]
        return self.folder / f"{name}.eml"

    def _deliver(self, mail: Mail) -> None:
        handle, draft = tempfile.mkstemp(dir=self.folder, prefix=".draft-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(mail.as_bytes())
                file.flush()
                os.fsync(file.fileno())
            os.link(draft, self._path(str(mail["Message-ID"])))
        except FileExistsError:
            return  # delivered before: a second time changes nothing
        finally:
            Path(draft).unlink()
        _sync_folder(self.folder)


def _sync_folder(folder: Path) -> None:
    """Make a new name in ``folder`` survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
