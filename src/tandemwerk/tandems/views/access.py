"""What every view of this room asks before it does anything."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from tandemwerk.people.models import User
from tandemwerk.programme.models import Site


def signed_in(request: HttpRequest) -> User:
    """Return the account; the view's ``login_required`` promises that there is one."""
    assert isinstance(request.user, User)  # noqa: S101
    return request.user


def team_site(request: HttpRequest, slug: str) -> Site:
    """Return a site in whose team the visitor is; for everybody else it does not exist."""
    return get_object_or_404(
        Site.objects.of_team(request.user).select_related("carrier"), slug=slug
    )


def require(request: HttpRequest, permission: str, record: Any) -> None:
    """Answer 403 unless the visitor may do that with the record."""
    if not request.user.has_perm(permission, record):
        raise PermissionDenied
