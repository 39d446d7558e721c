"""The page that the link in an invitation opens: for strangers, too."""

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from tandemwerk.core import clock
from tandemwerk.core.links import BadLinkError, LinkTarget, read_token
from tandemwerk.people.adapter import answer_in_language
from tandemwerk.people.entering import sign_in_at_once
from tandemwerk.people.models import User
from tandemwerk.programme.forms.teams import NewAccountForm
from tandemwerk.programme.models import Invitation
from tandemwerk.programme.services import accept_invitation
from tandemwerk.programme.services.invitations import InvitationError, check_usable


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Show an invitation to whoever holds its link, and let them join."""
    try:
        target = read_token("invitation", token)
    except BadLinkError:
        return _trouble(request, "broken")
    found = Invitation.objects.filter(pk=target.pk).first()
    if found is None:
        return _trouble(request, "broken")
    try:
        check_usable(found, nonce=target.nonce, at=clock.now())
        return _answer(request, found, target)
    except InvitationError as error:
        return _trouble(request, error.why, found)


def _trouble(request: HttpRequest, why: str, found: Invitation | None = None) -> HttpResponse:
    """Say in plain words why the link does not work."""
    context = {"why": why, "invitation": found}
    return TemplateResponse(request, "programme/invitation_trouble.html", context, status=410)


def _answer(request: HttpRequest, found: Invitation, target: LinkTarget) -> HttpResponse:
    if isinstance(request.user, User) and request.user.is_authenticated:
        return _join_as(request, found, target, request.user)
    if User.objects.filter(email=found.mail).exists():
        return _page(request, found, state="sign_in")
    return _join_as_new(request, found, target)


def _join_as(
    request: HttpRequest, found: Invitation, target: LinkTarget, user: User
) -> HttpResponse:
    if user.email.lower() != found.mail:
        return _page(request, found, state="other_account")
    if request.method == "GET":
        return _page(request, found, state="join")
    accept_invitation(invitation_id=found.pk, nonce=target.nonce, user=user, at=clock.now())
    messages.success(request, _("Welcome to the team!"))
    return redirect(get_adapter(request).get_login_redirect_url(request))


def _join_as_new(request: HttpRequest, found: Invitation, target: LinkTarget) -> HttpResponse:
    form = NewAccountForm(
        request.POST if request.method == "POST" else None,
        mail=found.mail,
        initial={"language": found.language},
    )
    if not form.is_valid():
        return _page(request, found, state="new", form=form)
    data = form.cleaned_data
    try:
        user = accept_invitation(
            invitation_id=found.pk,
            nonce=target.nonce,
            name=data["name"],
            language=data["language"],
            password=data["password"],
            at=clock.now(),
        )
    except IntegrityError:  # the account was made a moment ago, in another window
        return _page(request, found, state="sign_in")
    return _sign_in(request, user, with_password=data["password"] is not None)


def _sign_in(request: HttpRequest, user: User, *, with_password: bool) -> HttpResponse:
    """Sign a new account in; whoever wants a passkey is led there at once."""
    sign_in_at_once(request, user, method="password" if with_password else "code")
    messages.success(request, _("Welcome to the team!"))
    start = get_adapter(request).get_login_redirect_url(request)
    where = start if with_password else reverse("mfa_index")
    answer = answer_in_language(request, where, user)
    assert isinstance(answer, HttpResponse)  # noqa: S101 a redirect
    return answer


def _page(
    request: HttpRequest, found: Invitation, *, state: str, form: NewAccountForm | None = None
) -> HttpResponse:
    context = {"invitation": found, "place": found.place, "state": state, "form": form}
    refused = form is not None and form.is_bound
    return TemplateResponse(
        request, "programme/invitation.html", context, status=422 if refused else 200
    )
