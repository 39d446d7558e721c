"""What this room adds to the pages of the rooms below."""

from typing import Any

from tandemwerk.core.panels import Panel, panel


@panel("people:my_data")
def closing(_user: Any, viewer: Any) -> Panel | None:
    """Offer the end of the account, except to the administrator."""
    return None if viewer.is_superuser else Panel(template="programme/close_panel.html")
