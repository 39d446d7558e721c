"""Looking into the outbox, deciding what failed. In the demo it is open to all."""

import base64
from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from csp.constants import NONE, UNSAFE_INLINE
from csp.decorators import csp
from django.conf import settings
from django.contrib import messages as flash
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_POST
from rules import test_rule

from tandemwerk.core import clock
from tandemwerk.core.moves import IllegalMoveError
from tandemwerk.messaging.filters import MessageFilter
from tandemwerk.messaging.forms import AnswerForm
from tandemwerk.messaging.models import Message, scopes_of
from tandemwerk.messaging.queries import STATE_TONES, lines, reader_of, without_tokens
from tandemwerk.messaging.services import send_again, take_as_sent
from tandemwerk.messaging.services.answering import accept, answer_to
from tandemwerk.messaging.services.sending import MARK, address_of, message_id_of
from tandemwerk.people.models import User

PER_PAGE: Final = 50
DECISIONS: Final[dict[str, Callable[..., Message]]] = {
    "again": send_again,
    "arrived": take_as_sent,
}


def _person_at(request: HttpRequest) -> User:
    """Return who is signed in; ``login_required`` has seen to it that somebody is."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def _readable(user: User) -> QuerySet[Message]:
    """Return the messages of a team or, to who runs the machine, of all; 404 without any."""
    if not (user.is_superuser or settings.DEMO or scopes_of(user)):
        raise Http404
    return Message.objects.visible_to(user).select_related("person", "user")


def _of_the_demo() -> QuerySet[Message]:
    if not settings.DEMO:
        raise Http404
    return Message.objects.select_related("person", "user")


@login_required
@require_GET
def outbox(request: HttpRequest) -> HttpResponse:
    """List the messages of one's own teams."""
    user = _person_at(request)
    return _list(request, _readable(user), with_names=not user.is_superuser, is_demo=False)


@require_GET
def demo_outbox(request: HttpRequest) -> HttpResponse:
    """List all messages of the demo, so that a visitor can follow the links."""
    return _list(request, _of_the_demo(), with_names=True, is_demo=True)


def _list(
    request: HttpRequest, found: QuerySet[Message], *, with_names: bool, is_demo: bool
) -> HttpResponse:
    narrowed = MessageFilter(
        request.GET, queryset=found.order_by("-created_at", "-pk"), with_names=with_names
    )
    page = Paginator(narrowed.qs, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "shell": "ui/public.html" if is_demo else "ui/portal.html",
        "address": "messaging:demo_message" if is_demo else "messaging:message",
        "is_demo": is_demo,
        "filter": narrowed,
        "page": page,
        "lines": lines(page.object_list, with_names=with_names),
    }
    return TemplateResponse(request, "messaging/outbox.html", context)


@login_required
@require_GET
def message(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a message: what happened to it, and to its team what it says."""
    user = _person_at(request)
    found = get_object_or_404(_readable(user), pk=pk)
    may_read = test_rule("messaging.read_message", user, found)
    context = {
        "shell": "ui/portal.html",
        "facts": _facts(found, with_name=may_read, is_technical=user.is_superuser),
        "text": _text_for_team(found) if may_read else None,
        "html_address": "messaging:message_html" if may_read and found.html else "",
        "list_address": "messaging:outbox",
        "may_settle": user.has_perm("messaging.settle_message", found),
    }
    return _one(request, found, context)


@require_GET
def demo_message(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a message of the demo with its links."""
    found = get_object_or_404(_of_the_demo(), pk=pk)
    return _demo_page(request, found, AnswerForm() if found.reply_to else None)


@require_POST
def demo_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer a mail of the demo as its reader would: what comes in goes the way of all mails."""
    found = get_object_or_404(_of_the_demo().exclude(user=None).exclude(reply_to=""), pk=pk)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _demo_page(request, found, form, status=422)
    at = clock.now()
    accept(raw=answer_to(found, text=form.cleaned_data["text"], at=at), at=at)
    flash.success(request, _("Your mail is on its way. In a moment it stands where it belongs."))
    return redirect("messaging:demo_message", pk=found.pk)


def _demo_page(
    request: HttpRequest, found: Message, form: AnswerForm | None, *, status: int = 200
) -> HttpResponse:
    context = {
        "answer_form": form,
        "shell": "ui/public.html",
        "facts": _facts(found, with_name=True, is_technical=False),
        "text": found.text,
        "html_address": "messaging:demo_message_html" if found.html else "",
        "list_address": "messaging:demo_outbox",
        "may_settle": False,
    }
    return _one(request, found, context, status=status)


def _one(
    request: HttpRequest, found: Message, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    shown = {"message": found, "tone": STATE_TONES[found.state], **context}
    return TemplateResponse(request, "messaging/message.html", shown, status=status)


def _text_for_team(found: Message) -> str:
    return found.text if settings.DEMO else without_tokens(found.text)


def _facts(found: Message, *, with_name: bool, is_technical: bool) -> list[tuple[str, Any]]:
    reader = reader_of(found, with_name=with_name)
    facts: list[tuple[str, Any]] = [(pgettext("message", "To"), reader)]
    if with_name and (address := address_of(found)):
        facts.append((_("Address"), address))
    facts += [
        (_("Language"), dict(settings.LANGUAGES).get(found.language, found.language)),
        (pgettext("message", "Written"), _moment(found.created_at)),
    ]
    if found.sent_at:
        facts.append((pgettext("message", "Sent"), _moment(found.sent_at)))
    else:
        facts.append((pgettext("message", "Due"), _moment(found.due_at)))
    if found.last_error:
        facts.append((_("Reason"), found.last_error))
    if is_technical:
        facts += [
            (_("Attempts"), found.attempts),
            (pgettext("message", "Kind"), found.kind),
            ("Message-ID", message_id_of(found)),
        ]
    return facts


def _moment(at: datetime) -> str:
    return date_format(timezone.localtime(at), "SHORT_DATETIME_FORMAT")


@login_required
@require_GET
def message_html(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a message as its reader sees it."""
    user = _person_at(request)
    found = get_object_or_404(_readable(user).exclude(html=""), pk=pk)
    if not test_rule("messaging.read_message", user, found):
        raise PermissionDenied
    return _as_read(request, found.html if settings.DEMO else without_tokens(found.html))


@require_GET
def demo_message_html(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a message of the demo as its reader sees it, links and all."""
    return _as_read(request, get_object_or_404(_of_the_demo().exclude(html=""), pk=pk).html)


#: A mail styles itself and loads nothing; as a page it is shut off from ours.
ONLY_ITSELF: Final = {
    "default-src": [NONE],
    "style-src": [UNSAFE_INLINE],
    "img-src": ["data:"],
    "sandbox": ["allow-top-navigation-by-user-activation", "allow-popups"],
}


def _as_read(request: HttpRequest, html: str) -> HttpResponse:
    mark = base64.b64encode(MARK.read_bytes()).decode()
    page = HttpResponse(html.replace("cid:mark", f"data:image/png;base64,{mark}"))
    csp(ONLY_ITSELF)(lambda _request: page)(request)
    return page


@login_required
@require_POST
def settle(request: HttpRequest, pk: int, decision: str) -> HttpResponse:
    """Send a message again, or note that it arrived."""
    user = _person_at(request)
    found = get_object_or_404(_readable(user), pk=pk)
    if decision not in DECISIONS:
        raise Http404
    if not user.has_perm("messaging.settle_message", found):
        raise PermissionDenied
    try:
        DECISIONS[decision](message_id=found.pk, by=user, at=clock.now())
    except IllegalMoveError:
        flash.error(request, _("Somebody was faster: there is nothing left to decide."))
    else:
        flash.success(request, _("Thank you, it is noted."))
    return redirect("messaging:message", pk=pk)
