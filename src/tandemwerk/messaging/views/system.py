"""The state of the installation, for those who run it."""

import shutil
from datetime import timedelta
from typing import Any, Final

from django.conf import settings
from django.contrib import messages as flash
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_POST

import tandemwerk
from tandemwerk.core import clock, doctor
from tandemwerk.core.tasks import run_again
from tandemwerk.messaging.enums import MessageState
from tandemwerk.messaging.links import absolute
from tandemwerk.messaging.queries import (
    beating_workers,
    database_words,
    message_counts,
    task_counts,
    troubled_tasks,
)
from tandemwerk.messaging.services import put_in
from tandemwerk.people.models import User
from tandemwerk.ui.parts import Figure

TASKS_SHOWN: Final = 50
RECENT: Final = timedelta(minutes=2)


def _administrator(request: HttpRequest) -> User:
    """Return who runs the installation; for all others there is no such page."""
    if not (isinstance(request.user, User) and request.user.has_perm("messaging.view_system")):
        raise Http404
    return request.user


@login_required
@require_GET
def system(request: HttpRequest) -> HttpResponse:
    """Show what is wrong, what failed, and what it all runs on."""
    _administrator(request)
    at = clock.now()
    context = {
        "findings": doctor.findings(at=at),
        "figures": _figures(),
        "tasks": troubled_tasks(TASKS_SHOWN),
        "workers": beating_workers(at - RECENT),
        "facts": _facts(),
    }
    return TemplateResponse(request, "messaging/system.html", context)


def _figures() -> list[Figure]:
    tasks, messages = task_counts(), message_counts()
    outbox = reverse("messaging:outbox")
    undecided = messages.get(MessageState.FAILED, 0) + messages.get(MessageState.UNCERTAIN, 0)
    return [
        Figure(label=_("tasks waiting"), value=tasks.get("READY", 0)),
        Figure(
            label=_("tasks failed"),
            value=tasks.get("FAILED", 0),
            tone="bad" if tasks.get("FAILED") else "neutral",
        ),
        Figure(
            label=_("messages waiting"),
            value=messages.get(MessageState.QUEUED, 0),
            url=f"{outbox}?state={MessageState.QUEUED}",
        ),
        Figure(
            label=_("messages to decide on"),
            value=undecided,
            tone="bad" if undecided else "neutral",
            url=f"{outbox}?state={MessageState.FAILED}&state={MessageState.UNCERTAIN}",
        ),
    ]


def _facts() -> list[tuple[str, Any]]:
    disk = shutil.disk_usage(settings.DATA_DIR)
    return [
        (pgettext("software", "Version"), tandemwerk.__version__),
        (_("Database"), database_words()),
        (
            _("Free on the disk"),
            _("%(free)d of %(total)d GB") % {"free": disk.free / 1e9, "total": disk.total / 1e9},
        ),
        (_("Mails go to"), settings.EMAIL_URL.partition("://")[0].rstrip(":")),
    ]


@login_required
@require_POST
def task_again(request: HttpRequest, task_id: Any) -> HttpResponse:
    """Run a failed task again."""
    user = _administrator(request)
    if run_again(task_id=str(task_id), by=user, at=clock.now()):
        flash.success(request, _("The task runs again in a moment."))
    else:
        flash.error(request, _("This task is not waiting for you any more."))
    return redirect("messaging:system")


@login_required
@require_POST
def test_mail(request: HttpRequest) -> HttpResponse:
    """Send a test message to oneself; pressing twice in a minute sends one."""
    user = _administrator(request)
    at = clock.now()
    put_in(
        key=f"test-{user.pk}-{at:%Y%m%d%H%M}",
        kind="test",
        to=user,
        context={"link": absolute(reverse("messaging:system"))},
        at=at,
    )
    flash.success(request, _("A test message is on its way to you."))
    return redirect("messaging:system")
