"""Proposals that wait for answers, and the answers that the site takes or hands out itself."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from tandemwerk.core import clock
from tandemwerk.core.moves import IllegalMoveError
from tandemwerk.people.models import User
from tandemwerk.programme.access import check_perm, site_or_404
from tandemwerk.tandems.enums import ANSWER_MOVES, TandemState
from tandemwerk.tandems.errors import TandemError
from tandemwerk.tandems.forms.answers import RecordAnswerForm
from tandemwerk.tandems.forms.board import WithdrawForm
from tandemwerk.tandems.links import answer_link
from tandemwerk.tandems.models import Answer, Tandem
from tandemwerk.tandems.paper import code_svg, invitation_pdf
from tandemwerk.tandems.queries.portraits import portrait_for
from tandemwerk.tandems.queries.proposals import (
    CLOSED_STATES,
    answer_with_both,
    closed_proposals,
    link_state,
    open_proposals,
    proposal_card,
)
from tandemwerk.tandems.services.answers import answer_for, renew_links
from tandemwerk.tandems.services.proposals import follow_up, withdraw_proposal
from tandemwerk.tandems.views.runs import PER_PAGE, frame


@login_required
@require_safe
def proposals(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the proposals of a site with what both sides have said so far."""
    site = site_or_404(request, slug)
    check_perm(request, "tandems.view_board", site)
    found = open_proposals(site, viewer=request.user)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "cards": [proposal_card(tandem) for tandem in page]}
    return render(request, "tandems/proposals.html", context | frame(request, site, "proposals"))


def _visible_answer(request: HttpRequest, pk: int) -> tuple[Answer, User]:
    """Return an answer that the visitor may record, and the visitor. Others get 404 or 403."""
    get_object_or_404(Answer.objects.visible_to(request.user), pk=pk)
    found = answer_with_both(pk)
    assert found is not None  # noqa: S101  found a moment ago
    return found, check_perm(request, "tandems.record_answer", found)


@login_required
def record_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an answer by phone or at the site, with the portrait to read out."""
    asked, user = _visible_answer(request, pk)
    form = RecordAnswerForm(request.POST if request.method == "POST" else None, answer=asked)
    if form.is_valid():
        try:
            answer_for(
                answer_id=pk,
                state=form.cleaned_data["answer"],
                note=form.cleaned_data["note"],
                by=user,
                at=clock.now(),
            )
        except TandemError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("The answer is noted."))
        return redirect("tandems:proposals", slug=asked.site.slug)
    context = {
        "site": asked.site,
        "asked": asked,
        "form": form,
        "portrait": portrait_for(asked, at=clock.now(), language=get_language() or "de"),
        "is_open": asked.state in ANSWER_MOVES and asked.tandem.state == TandemState.PROPOSED,
    }
    status = 422 if form.errors else 200
    return render(request, "tandems/record_answer.html", context, status=status)


@login_required
@never_cache
@require_safe
def invitation(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the invitation to print: the portrait, the link as a code, and boxes to tick."""
    asked, _user = _visible_answer(request, pk)
    link = answer_link(asked)
    context = {
        "site": asked.site,
        "asked": asked,
        "portrait": portrait_for(asked, at=clock.now()),
        "is_open": link_state(asked, at=clock.now()) in {"open", "called"},
        "link": link,
        "code": code_svg(link),
    }
    return render(request, "tandems/invitation.html", context)


@login_required
@require_safe
def invitation_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Return the invitation as a PDF in the language of the one who is asked."""
    asked, _user = _visible_answer(request, pk)
    response = HttpResponse(invitation_pdf(asked, at=clock.now()), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="tandem-{asked.pk}.pdf"'
    response["Cache-Control"] = "no-store, private"
    return response


@login_required
@require_POST
def renew(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask once more, with a new link."""
    asked, user = _visible_answer(request, pk)
    try:
        renew_links(answer_id=pk, by=user, at=clock.now())
    except TandemError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("A new link is made. The old one does not work any more."))
    return redirect("tandems:proposals", slug=asked.site.slug)


def _visible_tandem(request: HttpRequest, pk: int) -> Tandem:
    tandems = Tandem.objects.accompanied_by(request.user).select_related("site")
    return get_object_or_404(tandems, pk=pk)


@login_required
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a proposal back."""
    tandem = _visible_tandem(request, pk)
    user = check_perm(request, "tandems.propose", tandem)
    form = WithdrawForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    try:
        withdraw_proposal(tandem_id=pk, reason=reason, by=user, at=clock.now())
    except IllegalMoveError:
        messages.error(request, _("This proposal is no longer open."))
    else:
        messages.success(request, _("The proposal is taken back, and both are told."))
    return redirect("tandems:proposals", slug=tandem.site.slug)


@login_required
@require_safe
def closed(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a proposal that came to nothing: who is to be told, and how they are reached."""
    tandem = get_object_or_404(closed_proposals(request.user), pk=pk)
    user = check_perm(request, "tandems.view_board", tandem)
    context = {
        "site": tandem.site,
        "tandem": tandem,
        "answers": tandem.answers.all(),
        "may_write": user.has_perm("tandems.follow_up", tandem),
    }
    return render(request, "tandems/closed.html", context)


@login_required
@require_POST
def followed_up(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that the site has spoken with both about a proposal that came to nothing."""
    tandem = _visible_tandem(request, pk)
    user = check_perm(request, "tandems.follow_up", tandem)
    if tandem.state in CLOSED_STATES:
        follow_up(tandem_id=pk, by=user, at=clock.now())
        messages.success(request, _("Noted."))
    return redirect("tandems:board", slug=tandem.site.slug)
