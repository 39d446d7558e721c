"""Pairs with other sites: look without names, ask, answer, hand somebody over."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from tandemwerk.core import clock
from tandemwerk.core.keys import key_of
from tandemwerk.core.moves import IllegalMoveError
from tandemwerk.people.models import User
from tandemwerk.programme.access import check_perm, site_or_404
from tandemwerk.programme.models import Carrier, Site
from tandemwerk.tandems.enums import Reach, RequestState
from tandemwerk.tandems.errors import NotAgreedError, TandemError
from tandemwerk.tandems.forms.across import HandOverForm
from tandemwerk.tandems.forms.board import DeclineForm
from tandemwerk.tandems.models import ReachRequest
from tandemwerk.tandems.queries.across import (
    across_pairs,
    offered_pairs,
    reach_of,
    request_of,
    requests_of,
)
from tandemwerk.tandems.services.across import (
    answer_request,
    ask_other_site,
    decline_offer,
    hand_over,
    note_look,
)
from tandemwerk.tandems.services.terms import set_reach
from tandemwerk.tandems.views.shared import GET_OR_POST


@login_required
@never_cache
@require_safe
def across(request: HttpRequest, slug: str) -> HttpResponse:
    """Show who of other sites would fit, without a name. Every look is written down."""
    site = site_or_404(request, slug)
    return _page(request, site, check_perm(request, "tandems.reach_out", site))


def _page(
    request: HttpRequest,
    site: Site,
    user: User,
    *,
    decline: DeclineForm | None = None,
    status: int = 200,
) -> HttpResponse:
    today = clock.today()
    offered, others = offered_pairs(site, on=today), across_pairs(site, on=today)
    note_look([pair.theirs for pair in (*offered, *others)], by=user, at=clock.now())
    context = {
        "site": site,
        "offered": offered,
        "others": others,
        "requests": requests_of(site, viewer=user, on=today),
        "is_off": reach_of(site) == Reach.NONE,
        "decline": DeclineForm(auto_id=False),
        # What was typed stands in the form of its pair again.
        "sent": decline,
        "sent_for": f"{request.POST.get('mine')}-{request.POST.get('code')}",
    }
    return render(request, "tandems/across.html", context, status=status)


@login_required
@require_POST
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask the other site about a pair."""
    site = site_or_404(request, slug)
    user = check_perm(request, "tandems.reach_out", site)
    number, code = key_of(request.POST.get("mine")), request.POST.get("code", "")
    try:
        ask_other_site(site=site, mine_id=number or 0, code=code, by=user, at=clock.now())
    except TandemError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The other site is asked. You see its answer here."))
    return redirect("tandems:across", slug=slug)


@login_required
@require_POST
def decline(request: HttpRequest, slug: str) -> HttpResponse:
    """Never offer a pair with another site again."""
    site = site_or_404(request, slug)
    user = check_perm(request, "tandems.reach_out", site)
    form = DeclineForm(request.POST)
    if not form.is_valid():
        return _page(request, site, user, decline=form, status=422)
    try:
        decline_offer(
            site=site,
            mine_id=key_of(request.POST.get("mine")) or 0,
            code=request.POST.get("code", ""),
            reason=form.cleaned_data["reason"],
            note=form.cleaned_data["note"],
            by=user,
            at=clock.now(),
        )
    except TandemError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("These two will not be suggested to each other again."))
    return redirect("tandems:across", slug=slug)


@login_required
@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Say yes or no for the site that was asked."""
    visible = ReachRequest.objects.visible_to(request.user).select_related("asked_site")
    found = get_object_or_404(visible, pk=pk)
    user = check_perm(request, "tandems.answer_request", found)
    agrees = request.POST.get("answer") == "yes"
    try:
        answer_request(request_id=pk, agrees=agrees, by=user, at=clock.now())
    except IllegalMoveError:
        messages.error(request, _("This question has already been answered."))
    else:
        messages.success(request, _("The answer is noted."))
    return redirect("tandems:across", slug=found.site.slug)


@login_required
@never_cache
@require_http_methods(GET_OR_POST)
def hand_over_person(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Say plainly what handing over means, ask how the person agreed, and do it."""
    site = site_or_404(request, slug)
    user = check_perm(request, "tandems.hand_over", site)
    one = request_of(site, pk, viewer=user, on=clock.today())
    if one is None:
        raise Http404
    if one.mine is None or one.request.state != RequestState.AGREED:
        messages.error(request, str(NotAgreedError()))
        return redirect("tandems:across", slug=slug)
    form, problem, status = HandOverForm(), "", 200
    if request.method == "POST":
        form, status = HandOverForm(request.POST), 422
        if form.is_valid():
            way, at = form.cleaned_data["way"], clock.now()
            try:
                hand_over(request_id=pk, site=site, way=way, by=user, at=at)
            except TandemError as error:
                problem = str(error)
            else:
                messages.success(
                    request,
                    _("The person is with %(site)s now. That site can propose the pair.")
                    % {"site": one.other.name},
                )
                return redirect("tandems:across", slug=slug)
    context = {"site": site, "one": one, "form": form, "problem": problem}
    return render(request, "tandems/hand_over.html", context, status=status)


@login_required
@require_POST
def terms(request: HttpRequest, slug: str) -> HttpResponse:
    """Let pairs be looked for between sites, as far as the carrier agrees."""
    carrier = get_object_or_404(Carrier.objects.visible_to(request.user), slug=slug)
    user = check_perm(request, "tandems.set_terms", carrier)
    wanted = request.POST.get("reach", "")
    if wanted in Reach.values:
        set_reach(carrier=carrier, reach=Reach(wanted), by=user, at=clock.now())
        messages.success(request, _("Saved."))
    else:
        messages.error(request, _("Please choose one of the three."))
    return redirect("tandems:carrier_pairing", slug=slug)
