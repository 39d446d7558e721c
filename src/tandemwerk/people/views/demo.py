"""Signing in to the demo programme with one press."""

from typing import Any, Final

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from tandemwerk.people.adapter import answer_in_language
from tandemwerk.people.entering import sign_in_at_once
from tandemwerk.people.models import User

#: role -> how the button says it. The account is ``<role>@demo.example``.
DEMO_ROLES: Final[dict[str, Any]] = {
    "coordinator": gettext_lazy("Coordinator of a site"),
    "volunteer": gettext_lazy("Volunteer"),
    "newcomer": gettext_lazy("Newcomer"),
    "carrier": gettext_lazy("Carrier"),
    "network": gettext_lazy("Network office"),
    "ministry": gettext_lazy("Ministry"),
    "speaker": gettext_lazy("Speaker at the congress"),
    "editor": gettext_lazy("Editor"),
}


def demo_address(role: str) -> str:
    """Return the address of the demo account of ``role``."""
    return f"{role}@demo.example"


@require_POST
def demo_login(request: HttpRequest) -> HttpResponse:
    """Sign in as somebody of the demo. Elsewhere this address does not exist."""
    role = request.POST.get("role", "")
    if not settings.DEMO or role not in DEMO_ROLES:
        raise Http404
    user = User.objects.filter(email=demo_address(role), is_active=True).first()
    if user is None:
        messages.error(request, _("This demo has no account for that role."))
        return redirect("account_login")
    sign_in_at_once(request, user, method="demo")
    where = get_adapter(request).get_login_redirect_url(request)
    answer = answer_in_language(request, where, user)
    assert isinstance(answer, HttpResponse)  # noqa: S101 a redirect
    return answer
