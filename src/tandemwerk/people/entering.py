"""Signing somebody in without asking: in the demo, and right after they accepted an invitation."""

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.usersessions.models import UserSession
from django.http import HttpRequest

from tandemwerk.people.models import User


def sign_in_at_once(request: HttpRequest, user: User, *, method: str) -> None:
    """Sign ``user`` in here; the device stands in their list, and ``method`` says how it went."""
    get_adapter(request).login(request, user)
    record_authentication(request, user, method=method)
    UserSession.objects.create_from_request(request)
