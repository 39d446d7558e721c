"""What the views of this room have in common."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from tandemwerk.intake.models import Participation
from tandemwerk.people.models import User


def participation_or_404(request: HttpRequest, pk: int) -> Participation:
    """Return somebody whom the visitor may see."""
    visible = Participation.objects.visible_to(request.user)
    return get_object_or_404(visible.select_related("site", "person"), pk=pk)


def check_perm(request: HttpRequest, permission: str, record: Any = None) -> User:
    """Return who is signed in and may do that. Raises PermissionDenied."""
    user = request.user
    if not isinstance(user, User) or not user.has_perm(permission, record):
        raise PermissionDenied
    return user
