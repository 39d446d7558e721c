"""«How is it going?»: the page behind the link, and what the team does with the answers."""

import segno
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import translation
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tandemwerk.core import clock
from tandemwerk.core.http import link_page
from tandemwerk.core.links import BadLinkError, read_token
from tandemwerk.intake.enums import Side
from tandemwerk.people.models import User
from tandemwerk.programme.access import check_perm
from tandemwerk.tandems.enums import Mood
from tandemwerk.tandems.errors import CheckInClosedError
from tandemwerk.tandems.forms.life import CheckInForm, HandleForm, RecordCheckInForm
from tandemwerk.tandems.links import CHECKIN_PURPOSE, checkin_link
from tandemwerk.tandems.models import CheckIn, Tandem
from tandemwerk.tandems.queries.life import given_names
from tandemwerk.tandems.services import checkins
from tandemwerk.tandems.templatetags.moments import day
from tandemwerk.tandems.views.shared import form_page, tandem_or_404

#: What the page says when the link opens nothing any more, with its status.
CLOSED = {"answered": 200, "expired": 410, "over": 410, "unknown": 404}


@link_page
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Ask one person how it is going. Only the button answers: looking at the page does not."""
    at = clock.now()
    try:
        target = read_token(CHECKIN_PURPOSE, token)
        checkin = CheckIn.objects.select_related("tandem__site").get(pk=target.pk)
        checkins.check_link(checkin, nonce=target.nonce, at=at)
    except (BadLinkError, CheckIn.DoesNotExist):
        return _closed(request, "unknown")
    except CheckInClosedError as error:
        return _closed(request, error.why)
    form = CheckInForm(
        request.POST if request.method == "POST" else None,
        initial={"mood": request.GET.get("answer", "")},
    )
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        return TemplateResponse(request, "tandems/checkin.html", {"form": form}, status=status)
    mood = Mood(form.cleaned_data["mood"])
    line = form.cleaned_data["line"]
    try:
        checkins.answer_checkin(
            checkin_id=checkin.pk, nonce=target.nonce, mood=mood, line=line, at=at
        )
    except CheckInClosedError as error:
        return _closed(request, error.why)
    return TemplateResponse(request, "tandems/checkin_thanks.html", {"mood": mood, "Mood": Mood})


def _closed(request: HttpRequest, why: str) -> HttpResponse:
    context = {"why": why}
    return TemplateResponse(request, "tandems/checkin_closed.html", context, status=CLOSED[why])


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def record(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down what somebody said by phone or at the site."""
    tandem = tandem_or_404(request, pk)
    user = check_perm(request, "tandems.record_checkin", tandem)
    form = RecordCheckInForm(
        request.POST if request.method == "POST" else None,
        initial={"side": request.GET.get("side", "")},
        names=given_names(tandem),
    )
    if form.is_valid() and _recorded(request, tandem, form, user):
        return redirect("tandems:tandem", pk=tandem.pk)
    return form_page(request, tandem, form, title=_("Record how it is going"))


def _recorded(request: HttpRequest, tandem: Tandem, form: RecordCheckInForm, user: User) -> bool:
    data = form.cleaned_data
    try:
        checkins.record_checkin(
            tandem_id=tandem.pk,
            side=Side(data["side"]),
            mood=Mood(data["mood"]),
            line=data["line"],
            by=user,
            at=clock.now(),
        )
    except CheckInClosedError:
        form.add_error("side", _("There is already an answer of today from this person."))
        return False
    messages.success(request, _("The answer is recorded."))
    return True


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def handle(request: HttpRequest, pk: int) -> HttpResponse:
    """Take up an answer that asked for somebody."""
    checkin = _checkin_or_404(request, pk)
    user = check_perm(request, "tandems.handle_checkin", checkin)
    form = HandleForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        note = form.cleaned_data["note"]
        checkins.handle_checkin(checkin_id=checkin.pk, by=user, at=clock.now(), note=note)
        messages.success(request, _("Good that you took care of it."))
        return redirect("tandems:tandem", pk=checkin.tandem_id)
    context = {"checkin": checkin, "person": checkin.participation.person}
    return form_page(
        request,
        checkin.tandem,
        form,
        title=_("You took care of it"),
        template="tandems/checkin_handle.html",
        **context,
    )


@login_required
@require_POST
def open_link(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the link of a question work, to print it or hand it over."""
    checkin = _checkin_or_404(request, pk)
    user = check_perm(request, "tandems.record_checkin", checkin)
    try:
        checkins.open_link(checkin_id=checkin.pk, by=user, at=clock.now())
    except CheckInClosedError:
        messages.warning(request, _("This question has already been answered."))
        return redirect("tandems:tandem", pk=checkin.tandem_id)
    return redirect("tandems:checkin_print", pk=checkin.pk)


@login_required
@require_safe
def print_link(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the link and its QR code, in the language of the person who gets it."""
    checkin = _checkin_or_404(request, pk)
    check_perm(request, "tandems.record_checkin", checkin)
    try:
        checkins.check_link(checkin, nonce=checkin.nonce, at=clock.now())
    except CheckInClosedError:
        messages.warning(request, _("This link is not open. You can make it work again."))
        return redirect("tandems:tandem", pk=checkin.tandem_id)
    person = checkin.participation.person
    link = checkin_link(checkin)
    code = segno.make(link, error="m").svg_inline(scale=6, border=2, light="#fff")
    context = {
        "checkin": checkin,
        "person": person,
        "link": link,
        "code": mark_safe(code),  # noqa: S308  drawn by segno from our own address
    }
    with translation.override(person.language):
        context["is_rtl"] = translation.get_language_bidi()
        context["question"] = _("How is it going with your tandem?")
        until = day(checkin.expires_at)
        context["until"] = _("You can answer until %(day)s.") % {"day": until}
    response = TemplateResponse(request, "tandems/checkin_print.html", context)
    response["Cache-Control"] = "no-store"
    return response


def _checkin_or_404(request: HttpRequest, pk: int) -> CheckIn:
    people = ("tandem__site", "tandem__volunteer__person", "tandem__newcomer__person")
    visible = CheckIn.objects.visible_to(request.user).select_related(*people)
    return get_object_or_404(visible, pk=pk)
