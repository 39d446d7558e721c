"""What Wagtail asks us."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from wagtail import hooks

from tandemwerk.website.models import ContactPage
from tandemwerk.website.views.contact import contact

#: Entries of the menu that lead where others decide: accounts and roles.
NOT_OURS = {"users", "groups"}


@hooks.register("before_serve_page")
def serve_contact_page(page: Any, request: HttpRequest, *_args: Any) -> HttpResponse | None:
    """Let the contact page answer with its form."""
    return contact(request, page) if isinstance(page, ContactPage) else None


@hooks.register("construct_settings_menu")
def leave_accounts_out(_request: HttpRequest, items: list[Any]) -> None:
    """Show no second way to accounts."""
    items[:] = [item for item in items if item.name not in NOT_OURS]
