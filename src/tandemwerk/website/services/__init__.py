"""Every write of the website that is not an editor's own."""

from tandemwerk.website.services.contact import TooManyError, send_letter
from tandemwerk.website.services.editors import ensure_editor_group, sync_editor
from tandemwerk.website.services.pages import make_website

__all__ = [
    "TooManyError",
    "ensure_editor_group",
    "make_website",
    "send_letter",
    "sync_editor",
]
