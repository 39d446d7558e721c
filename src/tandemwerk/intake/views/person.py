"""One person: the page, taking them in, changing, pausing, consent, a copy of the data, erasing."""

import json
from typing import Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tandemwerk.core import clock
from tandemwerk.core.kept import own_page
from tandemwerk.core.moves import IllegalMoveError
from tandemwerk.core.panels import panels_for
from tandemwerk.core.prepared import Prepared
from tandemwerk.intake import services
from tandemwerk.intake.enums import ParticipationState, Side
from tandemwerk.intake.forms.person import (
    ConsentForm,
    EraseForm,
    MoveForm,
    PersonForm,
    initial_for_new,
    initial_of,
)
from tandemwerk.intake.models import Participation
from tandemwerk.intake.queries import people as people_queries
from tandemwerk.intake.queries import person as queries
from tandemwerk.intake.tables import SIDE_TONES, STATE_TONES
from tandemwerk.intake.views.shared import participation_or_404
from tandemwerk.people import services as people
from tandemwerk.people.enums import ConsentPurpose, ConsentWay
from tandemwerk.people.models import User
from tandemwerk.people.services.consent import NoConsentError
from tandemwerk.programme.access import check_perm, own_record, record_read, site_or_404
from tandemwerk.programme.models import Site
from tandemwerk.programme.queries.version import version_for

_own: Final = Prepared(lambda pk, *sites: Participation.objects.filter(pk=pk, site__in=sites))
GET_OR_POST = ["GET", "HEAD", "POST"]


@login_required
@require_safe
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """Show everything the site knows of somebody, and what can be done."""
    each = own_record(request.user, pk, _own)
    if each is None:
        raise Http404
    user = check_perm(request, "intake.view_people", each)
    at = clock.now()
    record_read(user, each, at)
    version = version_for(user, [each.site], at=at)
    return own_page(request, version, lambda: _page(request, each, user))


def _page(request: HttpRequest, each: Participation, user: User) -> HttpResponse:
    panels = panels_for("intake:person", each, user)
    context = {
        "each": each,
        "record": each,
        "site": each.site,
        "about": queries.about(each, today=clock.today()),
        "contact": queries.contact_of(each),
        "wishes": queries.wishes_of(each),
        "questions": queries.questions_of(each),
        "consents": queries.consents_of(each),
        "moves": queries.moves_of(each),
        "panels": [panel for panel in panels if panel.area == "content"],
        "aside_panels": [panel for panel in panels if panel.area == "aside"],
        "may_change": user.has_perm("intake.change_people", each),
        "tone": STATE_TONES[each.state],
        "side_tone": SIDE_TONES[each.side],
    }
    return TemplateResponse(request, "intake/person.html", context)


@login_required
@require_http_methods(GET_OR_POST)
def add(request: HttpRequest, slug: str, side: str) -> HttpResponse:
    """Take somebody in by hand; warn when they seem to be there already."""
    site = site_or_404(request, slug)
    user = check_perm(request, "intake.change_people", site)
    if side not in Side.values:
        raise Http404
    form = PersonForm(
        request.POST if request.method == "POST" else None,
        initial=initial_for_new(site, get_language() or "de"),
        side=side,
        is_new=True,
    )
    alike: list[people_queries.Likeness] = []
    if form.is_valid():
        alike = _alike(site, form)
        if not alike or form.cleaned_data["is_somebody_else"]:
            each = services.add_participation(
                site=site, side=Side(side), by=user, at=clock.now(), **form.for_service()
            )
            messages.success(
                request, _("%(name)s takes part now.") % {"name": each.person.full_name}
            )
            return redirect("intake:person", pk=each.pk)
    title = _("Add a volunteer") if side == Side.VOLUNTEER else _("Add a newcomer")
    context = {"form": form, "site": site, "side": side, "title": title, "alike": alike}
    status = 422 if form.is_bound else 200
    return TemplateResponse(request, "intake/person_form.html", context, status=status)


def _alike(site: Site, form: PersonForm) -> list[people_queries.Likeness]:
    data = form.cleaned_data
    return people_queries.same_person(
        site,
        given_name=data["given_name"],
        family_name=data["family_name"],
        birth_year=data["birth_year"],
        mail=data["mail"],
        phone=data["phone"],
    )


@login_required
@require_http_methods(GET_OR_POST)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what is known of somebody."""
    each = _existing_or_404(request, pk)
    user = check_perm(request, "intake.change_people", each)
    form = PersonForm(
        request.POST if request.method == "POST" else None,
        initial=initial_of(each),
        side=each.side,
        is_new=False,
    )
    if form.is_valid():
        services.change_participation(
            participation_id=each.pk, by=user, at=clock.now(), **form.for_service()
        )
        messages.success(request, _("The changes are saved."))
        return redirect("intake:person", pk=each.pk)
    context = {"form": form, "each": each, "site": each.site, "title": _("Change details")}
    status = 422 if form.is_bound else 200
    return TemplateResponse(request, "intake/person_form.html", context, status=status)


@login_required
@require_http_methods(GET_OR_POST)
def move(request: HttpRequest, pk: int, to: str) -> HttpResponse:
    """Let somebody take a break, leave, or come back."""
    each = _existing_or_404(request, pk)
    user = check_perm(request, "intake.change_people", each)
    if to not in {possible.value for possible in queries.moves_of(each)}:
        raise Http404
    form = MoveForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        return _moved(request, each, ParticipationState(to), form.cleaned_data["reason"], user)
    context = {"form": form, "each": each, "site": each.site, "to": to}
    status = 422 if form.is_bound else 200
    return TemplateResponse(request, "intake/person_move.html", context, status=status)


def _moved(
    request: HttpRequest, each: Participation, to: ParticipationState, reason: str, user: User
) -> HttpResponse:
    try:
        services.move_participation(
            participation_id=each.pk, to=to, by=user, at=clock.now(), reason=reason
        )
        messages.success(request, _("Saved."))
    except IllegalMoveError:
        messages.warning(request, _("Somebody else changed this in the meantime."))
    return redirect("intake:person", pk=each.pk)


@login_required
@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Tick a question off."""
    each = _existing_or_404(request, pk)
    user = check_perm(request, "intake.change_people", each)
    number = request.POST.get("number", "")
    if number.isascii() and number.isdigit():
        services.answer_question(
            participation_id=each.pk, number=int(number[:4]), by=user, at=clock.now()
        )
    return redirect("intake:person", pk=each.pk)


@login_required
@require_http_methods(GET_OR_POST)
def give_consent(request: HttpRequest, pk: int, purpose: str) -> HttpResponse:
    """Write down that somebody agreed on paper or in words."""
    each = _existing_or_404(request, pk)
    user = check_perm(request, "intake.change_people", each)
    if purpose not in ConsentPurpose.values:
        raise Http404
    form = ConsentForm(
        request.POST if request.method == "POST" else None, initial={"way": ConsentWay.PAPER}
    )
    if form.is_valid():
        people.give_consent(
            person_id=each.person_id,
            purpose=ConsentPurpose(purpose),
            way=ConsentWay(form.cleaned_data["way"]),
            by=user,
            at=clock.now(),
            scope=each.audit_scope,
        )
        messages.success(request, _("The consent is recorded."))
        return redirect("intake:person", pk=each.pk)
    shown = next(each_ for each_ in queries.consents_of(each) if each_.purpose == purpose)
    context = {"form": form, "each": each, "site": each.site, "consent": shown}
    status = 422 if form.is_bound else 200
    return TemplateResponse(request, "intake/person_consent.html", context, status=status)


@login_required
@require_POST
def withdraw_consent(request: HttpRequest, pk: int, purpose: str) -> HttpResponse:
    """Write down that somebody no longer agrees."""
    each = _existing_or_404(request, pk)
    user = check_perm(request, "intake.change_people", each)
    if purpose not in ConsentPurpose.values:
        raise Http404
    try:
        services.withdraw_consent(
            participation_id=each.pk, purpose=ConsentPurpose(purpose), by=user, at=clock.now()
        )
        messages.success(request, _("It is recorded that the person no longer agrees."))
    except NoConsentError:
        messages.warning(request, _("There was no consent to withdraw."))
    return redirect("intake:person", pk=each.pk)


@login_required
@require_POST
def copy(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out everything that any room keeps about somebody, as a file."""
    each = _existing_or_404(request, pk)
    user = check_perm(request, "intake.change_people", each)
    everything = people.export_person(
        person_id=each.person_id, by=user, at=clock.now(), scope=each.audit_scope
    )
    content = json.dumps(everything, ensure_ascii=False, indent=2, default=str)
    response = HttpResponse(content, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="person-{each.person_id}.json"'
    response["Cache-Control"] = "no-store"
    return response


@login_required
@require_http_methods(GET_OR_POST)
def erase(request: HttpRequest, pk: int) -> HttpResponse:
    """Erase everything about somebody, after saying what that means."""
    each = _existing_or_404(request, pk)
    user = check_perm(request, "intake.change_people", each)
    form = EraseForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        services.erase_participant(
            participation_id=each.pk, by=user, at=clock.now(), reason=form.cleaned_data["reason"]
        )
        messages.success(request, _("Everything about this person is erased."))
        return redirect("intake:people", slug=each.site.slug)
    others = each.person.participations.exclude(site=each.site).select_related("site")
    context = {
        "form": form,
        "each": each,
        "site": each.site,
        "other_sites": [other.site.name for other in others.order_by("pk")],
        "panels": panels_for("intake:person_erase", each, user),
    }
    status = 422 if form.is_bound else 200
    return TemplateResponse(request, "intake/person_erase.html", context, status=status)


def _existing_or_404(request: HttpRequest, pk: int) -> Participation:
    """Return somebody who was not erased."""
    each = participation_or_404(request, pk)
    if each.person.erased_at is not None:
        raise Http404
    return each
