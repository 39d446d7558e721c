"""What the pages of moderation, directory and peers have in common."""

from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from tandemwerk.community.enums import DecisionKind
from tandemwerk.community.rules import is_member
from tandemwerk.community.services.moderation import DecidedMeanwhileError
from tandemwerk.people.models import User

GET_OR_POST: Final = ["GET", "HEAD", "POST"]


def member_of(
    request: HttpRequest, permission: str = "community.enter", record: Any = None
) -> User:
    """Return who is signed in and may do that. Raises PermissionDenied; Http404 for strangers.

    The administrator looks after the installation and is no member: ``has_perm`` alone would let
    them in.
    """
    user = request.user
    if not isinstance(user, User) or not is_member(user):
        raise Http404
    if not user.has_perm(permission, record):
        raise PermissionDenied
    return user


def act_page(
    request: HttpRequest, form: Any, *, title: Any, button: Any, back: str, **context: Any
) -> HttpResponse:
    """Show a form that says what will happen; one that was sent and did not fit answers 422."""
    shown = {"form": form, "title": title, "button": button, "back": back, **context}
    status = 422 if form.is_bound else 200
    return TemplateResponse(request, "community/act.html", shown, status=status)


def say_meanwhile(form: Any, error: Exception) -> None:
    """Put beside the form what somebody else decided, and let it be decided again knowingly."""
    if isinstance(error, DecidedMeanwhileError):
        decision = error.decision
        words = _("%(who)s has decided on %(when)s: %(what)s. Please look at it again.") % {
            "who": decision.by or _("Somebody"),
            "when": date_format(localtime(decision.at), "SHORT_DATETIME_FORMAT"),
            "what": DecisionKind(decision.kind).label,
        }
        form.data = form.data.copy()
        form.data["seen"] = str(decision.pk)
    else:
        words = _("This was changed meanwhile. Please look at it again.")
    form.add_error(None, words)


def warn_meanwhile(request: HttpRequest) -> None:
    """Say that somebody else was faster, where there is no form to say it beside."""
    messages.warning(request, _("This was changed meanwhile. Please look at it again."))
