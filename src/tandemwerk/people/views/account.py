"""One's own account: name, language, devices, and a copy of one's data."""

from allauth.mfa.utils import is_mfa_enabled
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tandemwerk.core import clock
from tandemwerk.core.panels import panels_for
from tandemwerk.people.adapter import answer_in_language
from tandemwerk.people.forms.accounts import AccountForm
from tandemwerk.people.models import User
from tandemwerk.people.queries import devices_of
from tandemwerk.people.services import (
    change_account,
    end_session,
    export_account,
)


def _owner(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101 every view here asks for signing in
    return request.user


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """Show one's account and change name and language."""
    user = User.objects.get(pk=_owner(request).pk)
    form = AccountForm(request.POST if request.method == "POST" else None, instance=user)
    if form.is_valid():
        changed = change_account(
            user_id=user.pk,
            name=form.cleaned_data["name"],
            language=form.cleaned_data["language"],
            by=_owner(request),
            at=clock.now(),
        )
        messages.success(request, _("Saved."))
        answer = answer_in_language(request, reverse("people:account"), changed)
        assert isinstance(answer, HttpResponse)  # noqa: S101 a redirect
        return answer
    context = {
        "form": form,
        "has_second_factor": is_mfa_enabled(user),
        "devices": len(devices_of(user, here=request.session.session_key)),
    }
    return TemplateResponse(
        request, "people/account.html", context, status=422 if form.is_bound else 200
    )


@login_required
@never_cache
@require_GET
def sessions(request: HttpRequest) -> HttpResponse:
    """Show where one is signed in."""
    rows = devices_of(_owner(request), here=request.session.session_key)
    return TemplateResponse(request, "people/sessions.html", {"rows": rows})


@login_required
@require_POST
def session_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign out on another device."""
    session = get_object_or_404(UserSession, pk=pk, user=request.user)
    if session.session_key == request.session.session_key:
        return redirect("account_logout")
    end_session(session=session, by=_owner(request), at=clock.now())
    messages.success(request, _("You are signed out there."))
    return redirect("people:sessions")


@login_required
@require_POST
def sessions_end_others(request: HttpRequest) -> HttpResponse:
    """Sign out everywhere but here."""
    others = UserSession.objects.filter(user=request.user)
    for session in others.exclude(session_key=request.session.session_key):
        end_session(session=session, by=_owner(request), at=clock.now())
    messages.success(request, _("You are signed out everywhere else."))
    return redirect("people:sessions")


@login_required
@never_cache
@require_GET
def my_data(request: HttpRequest) -> HttpResponse:
    """Show somebody everything that is kept about them, or give it as a file."""
    user = _owner(request)
    copy = export_account(user_id=user.pk, by=user, at=clock.now())
    if request.GET.get("format") == "json":
        answer = JsonResponse(copy, json_dumps_params={"ensure_ascii": False, "indent": 2})
        answer["Content-Disposition"] = 'attachment; filename="tandemwerk.json"'
        return answer
    panels = panels_for("people:my_data", user, user)
    return TemplateResponse(request, "people/my_data.html", {"copy": copy, "panels": panels})
