"""Addresses as mails need them: whole, and the same for everybody."""

from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse

from tandemwerk.core.links import make_token
from tandemwerk.messaging.kinds import NoticeGroup

#: Stands for all groups where a link stops a whole digest.
EVERYTHING: Final = "everything"
STOPPING: Final = "messaging.stop"


def absolute(path: str) -> str:
    """Return the whole address of ``path``, as the installation is known outside."""
    return f"{settings.BASE_URL}{path}"


def stop_link(*, user_id: int, group: str) -> str:
    """Return where somebody stops the mails of a group without signing in, in this language."""
    token = make_token(STOPPING, pk=user_id, nonce=group)
    return absolute(reverse("messaging:stop", kwargs={"token": token}))


def list_headers(*, stop: str, group: NoticeGroup | None) -> dict[str, str]:
    """Return what makes mail programs offer the end of such mails, with one click (RFC 8058)."""
    host = urlsplit(settings.BASE_URL).hostname
    return {
        "List-Id": f"<{group.name if group else 'digest'}.{host}>",
        "List-Unsubscribe": f"<{stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Precedence": "list",
    }
