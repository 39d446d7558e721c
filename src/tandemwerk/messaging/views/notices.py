"""What is new: the list, opening, marking as read, and how often one wants to hear of it."""

from datetime import date
from typing import Final

from django.conf import settings
from django.contrib import messages as flash
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import translate_url
from django.utils import timezone, translation
from django.utils.dateparse import parse_datetime
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tandemwerk.core import clock
from tandemwerk.core.http import link_page
from tandemwerk.core.links import BadLinkError, read_token
from tandemwerk.messaging.filters import NoticeFilter
from tandemwerk.messaging.forms import ChoicesForm
from tandemwerk.messaging.kinds import group_named
from tandemwerk.messaging.links import EVERYTHING, STOPPING
from tandemwerk.messaging.models import MailPause, NoticeCopy
from tandemwerk.messaging.queries import notice_lines, unread_count
from tandemwerk.messaging.services import (
    choose,
    read_all,
    read_notice,
    rhythms_of,
    start_mails,
    stop_mails,
)
from tandemwerk.people.models import User

PER_PAGE: Final = 30


def _owner(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101 every view here asks for signing in
    return request.user


@login_required
@never_cache
@require_GET
def notices(request: HttpRequest) -> HttpResponse:
    """List what is new for somebody, the newest first."""
    user = _owner(request)
    copies = NoticeCopy.objects.visible_to(user).select_related("notice").order_by("-pk")
    narrowed = NoticeFilter(request.GET, queryset=copies)
    page = Paginator(narrowed.qs, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "filter": narrowed,
        "page": page,
        "lines": notice_lines(page.object_list),
        "unread": unread_count(user),
        "seen_at": clock.now().isoformat(),
    }
    return TemplateResponse(request, "messaging/notices.html", context)


@login_required
@never_cache
@require_GET
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a notice: it counts as read, and the page it is about comes up."""
    found = get_object_or_404(NoticeCopy.objects.visible_to(_owner(request)), pk=pk)
    url = read_notice(copy_id=found.pk, at=clock.now()).notice.url
    if not url_has_allowed_host_and_scheme(url, allowed_hosts=None):
        return redirect("messaging:notices")  # only a path leads on from here
    return redirect(_in_this_language(url))


def _in_this_language(url: str) -> str:
    """Return the same page in the active language: a notice has one address for all readers."""
    wanted = translation.get_language() or settings.LANGUAGE_CODE
    with translation.override(translation.get_language_from_path(url) or wanted):
        return translate_url(url, wanted)


@login_required
@require_POST
def notice_read(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that a notice was read, without opening it."""
    found = get_object_or_404(NoticeCopy.objects.visible_to(_owner(request)), pk=pk)
    read_notice(copy_id=found.pk, at=clock.now())
    return _back(request)


@login_required
@require_POST
def notices_read(request: HttpRequest) -> HttpResponse:
    """Note that all notices were read that were there when the page was made."""
    now = clock.now()
    try:
        seen_at = parse_datetime(request.POST.get("seen_at", "")) or now
    except ValueError:
        seen_at = now
    if timezone.is_naive(seen_at):
        seen_at = now
    read_all(user=_owner(request), until=min(seen_at, now), at=now)
    flash.success(request, _("All marked as read."))
    return _back(request)


def _back(request: HttpRequest) -> HttpResponse:
    """Return to the list as it was narrowed down."""
    query = request.POST.get("query", "")
    address = redirect("messaging:notices")["Location"]
    safe = all(sign.isalnum() or sign in "=&_.-%+" for sign in query)
    return redirect(f"{address}?{query}" if query and safe else address)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def choices(request: HttpRequest) -> HttpResponse:
    """Let somebody choose how often they hear of what."""
    user, today = _owner(request), clock.today()
    form = ChoicesForm(
        request.POST if request.method == "POST" else None,
        rhythms=rhythms_of(user),
        until=_pause_of(user, today),
        today=today,
    )
    if form.is_valid():
        choose(
            user_id=user.pk,
            rhythms=form.rhythms,
            pause_until=form.cleaned_data["pause_until"],
            by=user,
            at=clock.now(),
        )
        flash.success(request, _("Saved."))
        return redirect("messaging:choices")
    return TemplateResponse(
        request, "messaging/choices.html", {"form": form}, status=422 if form.is_bound else 200
    )


def _pause_of(user: User, today: date) -> date | None:
    pauses = MailPause.objects.filter(user=user, until__gt=today)
    return pauses.values_list("until", flat=True).first()


@link_page
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """End mails with one click, without signing in; looking at the page ends nothing.

    Mail programs send the click themselves (RFC 8058).
    """
    try:
        target = read_token(STOPPING, token)
    except BadLinkError:
        return _no_such_link(request)
    group = group_named(target.nonce)
    user = User.objects.filter(pk=target.pk, is_active=True).first()
    if user is None or (group is None and target.nonce != EVERYTHING):
        return _no_such_link(request)
    state = "asked"
    if request.method == "POST":
        state = "again" if "again" in request.POST else "stopped"
        act = start_mails if state == "again" else stop_mails
        act(user_id=user.pk, group=target.nonce, by=user, at=clock.now())
    context = {"state": state, "group": group.label if group else ""}
    return TemplateResponse(request, "messaging/stop.html", context)


def _no_such_link(request: HttpRequest) -> HttpResponse:
    return TemplateResponse(request, "messaging/stop.html", {"state": "unknown"}, status=404)
