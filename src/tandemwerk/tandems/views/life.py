"""The page of a tandem, its moves, its agreement and the team's notes."""

from typing import Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tandemwerk.core import clock
from tandemwerk.core.kept import own_page
from tandemwerk.core.moves import IllegalMoveError
from tandemwerk.core.prepared import Prepared
from tandemwerk.people.models import User
from tandemwerk.programme.access import check_perm, own_record, record_read
from tandemwerk.programme.queries.version import version_for
from tandemwerk.programme.rules import is_team_of_site
from tandemwerk.tandems.enums import RUNNING_STATES, EndReason, TandemState
from tandemwerk.tandems.forms.life import AgreementForm, EndForm, MoveForm, NoteForm
from tandemwerk.tandems.models import Tandem
from tandemwerk.tandems.queries import life as queries
from tandemwerk.tandems.queries.timeline import SHORT, own_timeline, team_timeline
from tandemwerk.tandems.services import life
from tandemwerk.tandems.views.shared import GET_OR_POST, form_page, tandem_or_404

_accompanied: Final = Prepared(lambda pk, *sites: Tandem.objects.filter(pk=pk, site__in=sites))
#: Moves that are offered by hand; the others follow from answers and meetings.
OFFERED = (TandemState.ACTIVE, TandemState.PAUSED, TandemState.ENDED)


@login_required
@require_safe
def tandem(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a tandem: to its site's team everything, to the two themselves their own."""
    at = clock.now()
    found = own_record(request.user, pk, _accompanied) or tandem_or_404(request, pk)
    user = check_perm(request, "tandems.view_tandem", found)
    if not is_team_of_site(user, found):
        return _own_page(request, found, user)
    record_read(user, found, at)
    version = version_for(user, [found.site], at=at)
    return own_page(request, version, lambda: _team_page(request, tandem_or_404(request, pk), user))


def _team_page(request: HttpRequest, found: Tandem, user: User) -> HttpResponse:
    """Show the team everything of one of their tandems."""
    at = clock.now()
    queries.fetch_all_of(found)
    entries = team_timeline(found, at=at, names=queries.given_names(found))
    is_short = len(entries) > SHORT and "all" not in request.GET
    context = {
        "page": queries.team_page(found, at=at),
        "tandem": found,
        "entries": entries[:SHORT] if is_short else entries,
        "more": len(entries) - SHORT if is_short else 0,
        "may_write": user.has_perm("tandems.move_tandem", found),
        "is_running": found.state in RUNNING_STATES,
        "note_form": NoteForm(),
    }
    return TemplateResponse(request, "tandems/tandem.html", context)


def _own_page(request: HttpRequest, found: Tandem, user: User) -> HttpResponse:
    """Show one of the two their tandem: the other side, meetings, how to reach the site."""
    queries.fetch_all_of(found)
    page = queries.own_page(found, user=user, at=clock.now())
    context = {
        "page": page,
        "tandem": found,
        "entries": own_timeline(found, at=clock.now()) if page.is_founded else [],
        "may_note": user.has_perm("tandems.note_meeting", found),
    }
    return TemplateResponse(request, "tandems/own.html", context)


@login_required
@require_http_methods(GET_OR_POST)
def move(request: HttpRequest, pk: int, to: str) -> HttpResponse:
    """Move a tandem to another state; an end says first what it will do."""
    found = tandem_or_404(request, pk)
    user = check_perm(request, "tandems.move_tandem", found)
    if to not in OFFERED:
        raise Http404
    target = TandemState(to)
    form_class = EndForm if target == TandemState.ENDED else MoveForm
    form = form_class(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        template = f"tandems/move_{target.value}.html"
        return form_page(request, found, form, title=_MOVE_TITLES[target](), template=template)
    try:
        life.move_tandem(
            tandem_id=found.pk,
            to=target,
            by=user,
            at=clock.now(),
            reason=form.cleaned_data["reason"],
            end_reason=form.cleaned_data.get("end_reason", EndReason.OTHER),
        )
    except IllegalMoveError:
        messages.warning(request, _("This tandem has changed meanwhile. Nothing was done."))
    else:
        messages.success(request, _DONE[target]())
    return redirect("tandems:tandem", pk=found.pk)


_MOVE_TITLES = {
    TandemState.ACTIVE: lambda: _("Make it a running tandem"),
    TandemState.PAUSED: lambda: _("Take a break"),
    TandemState.ENDED: lambda: _("End this tandem"),
}
_DONE = {
    TandemState.ACTIVE: lambda: _("The tandem is running."),
    TandemState.PAUSED: lambda: _("The tandem takes a break. You can take that back any time."),
    TandemState.ENDED: lambda: _("The tandem has ended. Its story stays."),
}


@login_required
@require_http_methods(GET_OR_POST)
def agreement(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what both want from each other."""
    found = tandem_or_404(request, pk)
    user = check_perm(request, "tandems.change_agreement", found)
    form = AgreementForm(
        request.POST if request.method == "POST" else None,
        initial={"agreement": found.agreement},
    )
    if not form.is_valid():
        return form_page(request, found, form, title=_("Agreement"))
    life.change_agreement(
        tandem_id=found.pk, agreement=form.cleaned_data["agreement"], by=user, at=clock.now()
    )
    messages.success(request, _("The agreement is saved."))
    return redirect("tandems:tandem", pk=found.pk)


@login_required
@require_POST
def note_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a note for the own team."""
    found = tandem_or_404(request, pk)
    user = check_perm(request, "tandems.add_note", found)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return form_page(request, found, form, title=_("Note"))
    life.add_note(tandem_id=found.pk, text=form.cleaned_data["text"], by=user, at=clock.now())
    messages.success(request, _("The note is saved."))
    return redirect("tandems:tandem", pk=found.pk)
