"""Meetings of a tandem: arranged, noted with a tap, changed, called off."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tandemwerk.core import clock
from tandemwerk.programme.access import check_perm
from tandemwerk.tandems.enums import MeetingKind, TandemState
from tandemwerk.tandems.errors import TandemError
from tandemwerk.tandems.forms.life import ChangeMeetingForm, MeetingForm, MetForm
from tandemwerk.tandems.models import Meeting, Tandem
from tandemwerk.tandems.queries.life import address_of
from tandemwerk.tandems.services import meetings
from tandemwerk.tandems.views.shared import GET_OR_POST, form_page, tandem_or_404


@login_required
@require_http_methods(GET_OR_POST)
def meeting_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Arrange a meeting; both get a mail with a calendar entry."""
    tandem = tandem_or_404(request, pk)
    user = check_perm(request, "tandems.arrange_meeting", tandem)
    is_first = request.GET.get("kind") == "first" or tandem.state == TandemState.PROPOSED
    kind = MeetingKind.FIRST if is_first else usual_kind(tandem)
    form = MeetingForm(
        request.POST if request.method == "POST" else None,
        initial={"place": address_of(tandem.site), "kind": kind, "time": "16:00"},
    )
    title = _("Arrange the first meeting") if is_first else _("Arrange a meeting")
    if form.is_valid():
        data = form.cleaned_data
        try:
            meetings.arrange_meeting(
                tandem_id=tandem.pk,
                kind=MeetingKind(data["kind"]),
                starts_at=data["starts_at"],
                minutes=data["minutes"],
                place=data["place"],
                by=user,
                at=clock.now(),
            )
        except TandemError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The meeting is arranged. Both get a message."))
            return redirect("tandems:tandem", pk=tandem.pk)
    return form_page(request, tandem, form, title=title, template="tandems/meeting_new.html")


def usual_kind(tandem: Tandem) -> MeetingKind:
    """Return what a meeting is called unless somebody says otherwise."""
    return MeetingKind.TRIAL if tandem.state == TandemState.TRIAL else MeetingKind.REGULAR


@login_required
@require_POST
def met_today(request: HttpRequest, pk: int) -> HttpResponse:
    """Note with one tap that they met today."""
    tandem = tandem_or_404(request, pk)
    user = check_perm(request, "tandems.note_meeting", tandem)
    at = clock.now()
    try:
        meetings.note_meeting(tandem_id=tandem.pk, met_at=at, by=user, at=at)
    except TandemError as error:
        messages.warning(request, str(error))
    else:
        messages.success(request, _("Noted: they met today."))
    return redirect("tandems:tandem", pk=tandem.pk)


@login_required
@require_http_methods(GET_OR_POST)
def met(request: HttpRequest, pk: int) -> HttpResponse:
    """Note a meeting of another day, or with a line about it."""
    tandem = tandem_or_404(request, pk)
    user = check_perm(request, "tandems.note_meeting", tandem)
    form = MetForm(
        request.POST if request.method == "POST" else None,
        initial={"day": clock.today(), "kind": usual_kind(tandem)},
    )
    if form.is_valid():
        try:
            meetings.note_meeting(
                tandem_id=tandem.pk,
                met_at=form.met_at,
                kind=MeetingKind(form.cleaned_data["kind"]),
                note=form.cleaned_data["note"],
                by=user,
                at=clock.now(),
            )
        except TandemError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The meeting is noted."))
            return redirect("tandems:tandem", pk=tandem.pk)
    return form_page(request, tandem, form, title=_("Note a meeting"))


@login_required
@require_http_methods(GET_OR_POST)
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a meeting; while it is to come, both are told."""
    found = _meeting_or_404(request, pk)
    user = check_perm(request, "tandems.change_meeting", found)
    at = clock.now()
    is_over = found.starts_at <= at
    form = ChangeMeetingForm(
        request.POST if request.method == "POST" else None,
        initial=_initial(found),
        must_be_past=is_over,
    )
    if form.is_valid() and _changed(request, found, form, user=user):
        return redirect("tandems:tandem", pk=found.tandem_id)
    return form_page(
        request,
        found.tandem,
        form,
        title=_("Change the meeting"),
        template="tandems/meeting.html",
        meeting=found,
        is_over=is_over,
    )


def _changed(request: HttpRequest, found: Meeting, form: ChangeMeetingForm, *, user: Any) -> bool:
    data = form.cleaned_data
    try:
        meetings.change_meeting(
            meeting_id=found.pk,
            kind=MeetingKind(data["kind"]),
            starts_at=data["starts_at"],
            minutes=data["minutes"],
            place=data["place"],
            note=data["note"],
            by=user,
            at=clock.now(),
        )
    except TandemError as error:
        form.add_error(None, str(error))
        return False
    messages.success(request, _("The meeting is changed."))
    return True


def _initial(found: Meeting) -> dict[str, Any]:
    local = timezone.localtime(found.starts_at)
    return {
        "day": local.date(),
        "time": local.time(),
        "minutes": found.minutes,
        "place": found.place,
        "kind": found.kind,
        "note": found.note,
    }


@login_required
@require_POST
def meeting_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Call a meeting off, or take back one that was noted by mistake."""
    found = _meeting_or_404(request, pk)
    user = check_perm(request, "tandems.change_meeting", found)
    try:
        meetings.cancel_meeting(meeting_id=found.pk, by=user, at=clock.now())
    except TandemError as error:
        messages.warning(request, str(error))
    else:
        messages.success(request, _("The meeting is called off."))
    return redirect("tandems:tandem", pk=found.tandem_id)


def _meeting_or_404(request: HttpRequest, pk: int) -> Meeting:
    people = ("tandem__site", "tandem__volunteer__person", "tandem__newcomer__person")
    visible = Meeting.objects.visible_to(request.user).select_related(*people)
    return get_object_or_404(visible, pk=pk)
