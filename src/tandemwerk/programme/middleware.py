"""Team roles need a second factor: who has none sets one up before anything else."""

from typing import Any, Final

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from tandemwerk.people.middleware import Handler
from tandemwerk.programme.rules import is_administrator, is_in_a_team

FACTORS: Final = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
#: Addresses that stay open without a second factor: those where one sets it up or leaves, and
#: those that show nothing of anybody.
OPEN: Final = ("account_", "mfa_", "people:", "ui:", "places:", "health_", "programme:invitation")


def lacks_second_factor(user: Any) -> bool:
    """Return whether ``user`` has a role that needs a second factor and has none."""
    if not settings.MFA_REQUIRED or not user.is_authenticated:
        return False
    if not (is_administrator(user) or is_in_a_team(user)):
        return False
    return not is_mfa_enabled(user, list(FACTORS))


class SecondFactorMiddleware:
    """Sends a team member without a second factor to where it is set up.

    A part of a page (htmx) is answered by ``people.middleware.whole_page_for_sign_in``, which
    stands before this one.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: Any, _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        match = request.resolver_match
        if match is None or match.view_name.startswith(OPEN):
            return None
        if not lacks_second_factor(request.user):
            return None
        messages.info(request, _("Before you go on, please set up a second way to sign in."))
        return HttpResponseRedirect(reverse("mfa_index"))
