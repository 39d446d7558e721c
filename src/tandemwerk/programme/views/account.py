"""The end of one's own account: here, since only this room knows of roles."""

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from tandemwerk.core import clock
from tandemwerk.people.models import User
from tandemwerk.people.services import close_account as close
from tandemwerk.programme.models import memberships_of


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def close_account(request: HttpRequest) -> HttpResponse:
    """Close one's own account for good. Whoever still has a role is told who ends it."""
    assert isinstance(request.user, User)  # noqa: S101 - login_required says so
    user = User.objects.get(pk=request.user.pk)
    roles = list(memberships_of(user))
    must_stay = bool(roles) or user.is_superuser
    if request.method == "POST" and not must_stay:
        logout(request)
        close(user_id=user.pk, by=user, at=clock.now())
        messages.success(request, _("Your account is closed. Thank you for having been with us."))
        return redirect("/")
    status = 409 if request.method == "POST" else 200
    context = {"must_stay": must_stay, "roles": roles}
    return TemplateResponse(request, "programme/close_account.html", context, status=status)
