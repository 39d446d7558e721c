"""The board: suggestions of a site, those left, pairs by hand, and runs of the engine."""

from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from tandemwerk.core import clock
from tandemwerk.people.models import User
from tandemwerk.programme.access import check_perm, site_or_404
from tandemwerk.programme.models import Site
from tandemwerk.tandems.enums import RunState, SuggestionState
from tandemwerk.tandems.errors import TandemError
from tandemwerk.tandems.forms.board import DeclineForm, PairForm, SuggestionFilter
from tandemwerk.tandems.models import PairingRun, Suggestion, Tandem
from tandemwerk.tandems.queries.across import count_offered
from tandemwerk.tandems.queries.candidates import explain_by_hand
from tandemwerk.tandems.queries.people import profile_of
from tandemwerk.tandems.queries.runs import (
    best_partners,
    board_counts,
    card_of,
    cards_of,
    latest_run,
    left_people,
    points_of,
    sites_with_boards,
    suggestions_of,
    with_both,
    with_openings,
)
from tandemwerk.tandems.queries.why import second_best
from tandemwerk.tandems.reasons import (
    SHARE_NAMES,
    broken_in_words,
    fit_of,
    reasons_in_words,
    shares_in_words,
)
from tandemwerk.tandems.services.runs import (
    accept_suggestion,
    decline_suggestion,
    lock_suggestion,
    propose_by_hand,
    start_run,
)
from tandemwerk.ui.parts import Tab

PER_PAGE: Final = 20
#: A card says much: a phone, and a person, take so many well, and they are there within a second.
CARDS: Final = 8
#: Word in the address -> words on the page and order in the database.
SORTS: Final[dict[str, tuple[Promise, tuple[str, ...]]]] = {
    "fit": (gettext_lazy("Best fit"), ("-score", "pk")),
    "waiting": (gettext_lazy("Longest waiting"), ("newcomer__waiting_since", "pk")),
    "patient": (gettext_lazy("Volunteer longest waiting"), ("volunteer__waiting_since", "pk")),
    "near": (gettext_lazy("Nearest"), ("km", "pk")),
}


@login_required
@require_safe
def boards(request: HttpRequest) -> HttpResponse:
    """Show the visitor's sites; with only one go straight to its board."""
    sites = list(sites_with_boards(request.user))
    if len(sites) == 1:
        return redirect("tandems:board", slug=sites[0].slug)
    return render(request, "tandems/boards.html", {"sites": sites})


@login_required
@require_safe
def board(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what the last run suggests."""
    site = site_or_404(request, slug)
    check_perm(request, "tandems.view_board", site)
    found = SuggestionFilter(request.GET, queryset=suggestions_of(site, viewer=request.user))
    sort = request.GET.get("sort", "")
    order = SORTS.get(sort, SORTS["fit"])[1]
    ordered = with_both(found.qs).order_by(*order)
    page = Paginator(ordered, CARDS).get_page(request.GET.get("page"))
    is_map = request.GET.get("view") == "map"
    context = {
        "filter": found,
        "page": page,
        "is_map": is_map,
        "points": points_of(ordered) if is_map else [],
        "cards": [] if is_map else cards_of([*page], site, on=clock.today()),
        "decline": DeclineForm(auto_id=False),
        "offered": count_offered(site, on=clock.today()),
        "sort": sort if sort in SORTS else "fit",
        "sorts": [(name, label) for name, (label, _order) in SORTS.items()],
    }
    return render(request, "tandems/board.html", context | frame(request, site, "board"))


def frame(request: HttpRequest, site: Site, current: str) -> dict[str, Any]:
    """Return what all pages of the board have around them."""
    today, viewer = clock.today(), request.user
    run = latest_run(site, viewer=viewer)
    counts = board_counts(site, run, viewer=viewer, on=today)
    tabs = (
        ("board", gettext_lazy("Suggestions"), counts.suggestions),
        ("proposals", gettext_lazy("Waiting for answers"), counts.proposals),
        ("left", gettext_lazy("Without a suggestion"), counts.left),
        ("simulate", gettext_lazy("Try a change"), None),
        ("recruit", gettext_lazy("Whom to look for"), None),
        ("runs", gettext_lazy("Runs and fairness"), None),
        ("site_weights", gettext_lazy("Weights"), None),
    )
    return {
        "site": site,
        "run": run,
        "is_under_way": run is not None and run.state in {RunState.QUEUED, RunState.RUNNING},
        "may_write": viewer.has_perm("tandems.start_run", site),
        "tabs": [
            Tab(
                label=label,
                url=reverse(f"tandems:{name}", kwargs={"slug": site.slug}),
                is_current=name == current,
                count=count,
            )
            for name, label, count in tabs
        ],
    }


@login_required
@require_POST
def start(request: HttpRequest, slug: str) -> HttpResponse:
    """Let the engine suggest pairs."""
    site = site_or_404(request, slug)
    user = check_perm(request, "tandems.start_run", site)
    started = start_run(site=site, by=user, at=clock.now())
    if started.state == RunState.FAILED:
        messages.error(request, _("The suggestions could not be made. Nothing was changed."))
    return redirect("tandems:board", slug=slug)


@login_required
@require_safe
def run(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what a run was given and what it found. Asked by htmx: how far it is."""
    found = get_object_or_404(
        PairingRun.objects.visible_to(request.user).select_related("site", "started_by"), pk=pk
    )
    check_perm(request, "tandems.view_board", found)
    is_under_way = found.state in {RunState.QUEUED, RunState.RUNNING}
    if request.htmx and not is_under_way:  # type: ignore[attr-defined]  # set by its middleware
        return HttpResponseClientRefresh()
    template = "tandems/run.html#progress" if request.htmx else "tandems/run.html"  # type: ignore[attr-defined]  # as above
    weights = found.weights.get("weights", {})
    shares = [(SHARE_NAMES[name], weight) for name, weight in weights.items() if weight]
    context = {"run": found, "site": found.site, "weights": shares, "is_under_way": is_under_way}
    return render(request, template, context)


@login_required
@require_safe
def left(request: HttpRequest, slug: str) -> HttpResponse:
    """Show for whom nobody was found, and what would help."""
    site = site_or_404(request, slug)
    check_perm(request, "tandems.view_board", site)
    around = frame(request, site, "left")
    side = request.GET.get("side", "")
    people = left_people(around["run"], on=clock.today(), side=side) if around["run"] else []
    page = Paginator(people, PER_PAGE).get_page(request.GET.get("page"))
    asked = with_openings([*page], site, on=clock.today())
    return render(
        request, "tandems/left.html", around | {"page": page, "side": side, "asked": asked}
    )


def _visible_suggestion(request: HttpRequest, pk: int) -> Suggestion:
    suggestions: QuerySet[Suggestion] = Suggestion.objects.visible_to(request.user).still_here()
    return get_object_or_404(with_both(suggestions), pk=pk)


@login_required
@require_safe
def suggestion(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a suggestion with everything that speaks for it, as of today."""
    found = _visible_suggestion(request, pk)
    check_perm(request, "tandems.view_board", found)
    return _details(request, found, DeclineForm())


def _details(
    request: HttpRequest, found: Suggestion, form: DeclineForm, *, status: int = 200
) -> HttpResponse:
    today = clock.today()
    now = explain_by_hand(found.volunteer, found.newcomer, on=today)
    is_open = found.state == SuggestionState.OPEN
    for_volunteer, for_newcomer = second_best(found, on=today) if is_open else (None, None)
    context = {
        "is_open": is_open,
        "for_volunteer": for_volunteer,
        "for_newcomer": for_newcomer,
        "others": PairForm(site=found.site, on=today, auto_id="other-%s") if is_open else None,
        "site": found.site,
        "card": card_of(found, on=clock.today()),
        "all_reasons": reasons_in_words(found.reasons, of_each=21),
        "shares": shares_in_words(now.shares),
        "broken": [broken_in_words(rule) for rule in now.broken],
        "decline": form,
        "may_write": request.user.has_perm("tandems.decide_suggestion", found),
    }
    return render(request, "tandems/suggestion.html", context, status=status)


@login_required
@require_POST
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Propose the two to each other."""
    found = _visible_suggestion(request, pk)
    user = check_perm(request, "tandems.decide_suggestion", found)
    try:
        tandem = accept_suggestion(suggestion_id=pk, by=user, at=clock.now())
    except TandemError as error:
        return _decided(request, found, problem=str(error))
    return _decided(request, found, tandem=tandem)


@login_required
@require_POST
def decline(request: HttpRequest, pk: int) -> HttpResponse:
    """Never suggest the two to each other again."""
    found = _visible_suggestion(request, pk)
    user = check_perm(request, "tandems.decide_suggestion", found)
    form = DeclineForm(request.POST, auto_id=f"decline-{pk}-%s")
    if not form.is_valid():
        return _declined_badly(request, found, form)
    try:
        decline_suggestion(
            suggestion_id=pk,
            reason=form.cleaned_data["reason"],
            note=form.cleaned_data["note"],
            by=user,
            at=clock.now(),
        )
    except TandemError as error:
        return _decided(request, found, problem=str(error))
    return _decided(request, found, was_declined=True)


@login_required
@require_POST
def lock(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a suggestion for the runs to come, or let go of it."""
    found = _visible_suggestion(request, pk)
    user = check_perm(request, "tandems.decide_suggestion", found)
    wanted = request.POST.get("locked") == "1"
    try:
        lock_suggestion(suggestion_id=pk, locked=wanted, by=user, at=clock.now())
    except TandemError as error:
        return _decided(request, found, problem=str(error))
    if request.htmx:  # type: ignore[attr-defined]  # set by its middleware
        changed = _visible_suggestion(request, pk)
        context = {
            "card": cards_of([changed], found.site, on=clock.today())[0],
            "decline": DeclineForm(auto_id=False),
            "may_write": True,
        }
        return render(request, "tandems/board.html#card", context)
    return redirect("tandems:board", slug=found.site.slug)


def _declined_badly(request: HttpRequest, found: Suggestion, form: DeclineForm) -> HttpResponse:
    """Show what was typed again: in the card, or on the suggestion's page."""
    if not request.htmx:  # type: ignore[attr-defined]  # set by its middleware
        return _details(request, found, form, status=422)
    card = cards_of([found], found.site, on=clock.today())[0]
    context = {"card": card, "decline": form, "may_write": True}
    return render(request, "tandems/board.html#card", context, status=422)


def _decided(
    request: HttpRequest,
    found: Suggestion,
    *,
    tandem: Tandem | None = None,
    was_declined: bool = False,
    problem: str = "",
) -> HttpResponse:
    """Show what became of a suggestion: in its card, or as a message above the board."""
    if request.htmx:  # type: ignore[attr-defined]  # set by its middleware
        context = {
            "card": card_of(found, on=clock.today()),
            "tandem": tandem,
            "by_hand": _to_hand_over(tandem),
            "was_declined": was_declined,
            "problem": problem,
            "may_write": True,
        }
        status = 422 if problem else 200
        return render(request, "tandems/board.html#decided", context, status=status)
    if problem:
        messages.error(request, problem)
    elif tandem is not None:
        messages.success(request, _("Both are asked now."))
        if _to_hand_over(tandem):
            return _to_proposals(found.site)
    else:
        messages.success(request, _("These two will not be suggested to each other again."))
    return redirect("tandems:board", slug=found.site.slug)


def _to_hand_over(tandem: Tandem | None) -> list[Any]:
    """Return the answers of those who get no mail: the site gives them the link itself."""
    if tandem is None:
        return []
    asked = tandem.answers.select_related("tandem__volunteer__person", "tandem__newcomer__person")
    return [each for each in asked if not each.participation.person.may_be_mailed]


def _to_proposals(site: Site) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("tandems:proposals", kwargs={"slug": site.slug}))


@login_required
def by_hand(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose two people, read what speaks for and against them, and propose them all the same."""
    site = site_or_404(request, slug)
    user = check_perm(request, "tandems.propose", site)
    data = request.POST if request.method == "POST" else request.GET
    form = PairForm(data or None, site=site, on=clock.today())
    chosen = form.cleaned_data if form.is_bound and form.is_valid() else {}
    volunteer, newcomer = chosen.get("volunteer"), chosen.get("newcomer")
    context: dict[str, Any] = {"site": site, "form": form}
    status = 422 if form.errors else 200
    if volunteer and newcomer:
        if request.method == "POST":
            problem = _propose(request, site, volunteer.pk, newcomer.pk, by=user)
            if not problem:
                return _to_proposals(site)
            context["problem"], status = problem, 422
        context |= _explained(volunteer, newcomer)
    elif one := volunteer or newcomer:
        context |= {"chosen": one, "partners": best_partners(one, on=clock.today())}
    return render(request, "tandems/by_hand.html", context, status=status)


def _propose(
    request: HttpRequest, site: Site, volunteer_id: int, newcomer_id: int, *, by: User
) -> str:
    """Propose the two. Return what stood in the way, or nothing."""
    try:
        propose_by_hand(
            site=site,
            volunteer_id=volunteer_id,
            newcomer_id=newcomer_id,
            is_confirmed="confirmed" in request.POST,
            by=by,
            at=clock.now(),
        )
    except TandemError as error:
        return str(error)
    messages.success(request, _("Both are asked now."))
    return ""


def _explained(volunteer: Any, newcomer: Any) -> dict[str, Any]:
    today = clock.today()
    explanation = explain_by_hand(volunteer, newcomer, on=today)
    return {
        "volunteer": volunteer,
        "newcomer": newcomer,
        "volunteer_facts": profile_of(volunteer, on=today),
        "newcomer_facts": profile_of(newcomer, on=today),
        "fit": fit_of(explanation.score),
        "reasons": reasons_in_words(
            [reason.as_data() for reason in explanation.reasons], of_each=7
        ),
        "broken": [broken_in_words(rule) for rule in explanation.broken],
    }
