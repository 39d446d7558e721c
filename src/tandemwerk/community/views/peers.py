"""Questions, visits and peer consultations between members."""

from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tandemwerk.community.enums import PeerKind, PeerState, SpaceKind
from tandemwerk.community.errors import AlreadySettledError, TooFastError
from tandemwerk.community.forms.peers import (
    AgreeForm,
    AnswerForm,
    AskForm,
    DeclineForm,
    TookForm,
)
from tandemwerk.community.models import PeerRequest, Profile, Space
from tandemwerk.community.queries.directory import person_lines
from tandemwerk.community.services import peers as services
from tandemwerk.community.views.acting import (
    GET_OR_POST,
    act_page,
    member_of,
    say_meanwhile,
    warn_meanwhile,
)
from tandemwerk.core import clock
from tandemwerk.core.moves import IllegalMoveError
from tandemwerk.people.models import User

PER_PAGE: Final = 20
_S = PeerState


@login_required
@require_safe
def peers(request: HttpRequest) -> HttpResponse:
    """Show what one asked and was asked."""
    user = member_of(request)
    rows = PeerRequest.objects.visible_to(user).select_related("asker", "host")
    page = Paginator(rows.order_by("-created_at", "-pk"), PER_PAGE).get_page(
        request.GET.get("page")
    )
    lines = [
        {
            "row": each,
            "other": each.other(user),
            "is_mine": each.asker_id == user.pk,
            "waits": each.host_id == user.pk and each.state == _S.ASKED,
        }
        for each in page
    ]
    return TemplateResponse(request, "community/peers/list.html", {"page": page, "lines": lines})


@login_required
@require_http_methods(GET_OR_POST)
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask a member who stands in the directory."""
    visible = Profile.objects.visible_to(request.user)
    listed = visible.filter(is_listed=True).exclude(user=request.user.pk)
    profile = get_object_or_404(listed.select_related("user"), user=pk)
    user = member_of(request)
    form = AskForm(
        request.POST if request.method == "POST" else None,
        initial={"kind": request.GET.get("kind", PeerKind.QUESTION)},
        hosts_visits=profile.hosts_visits,
    )
    if form.is_valid():
        data = form.cleaned_data
        try:
            made = services.ask_peer(
                host=profile.user,
                kind=PeerKind(data["kind"]),
                subject=data["subject"],
                text=data["text"],
                proposed_on=data["proposed_on"],
                by=user,
                at=clock.now(),
            )
        except services.NotAskableError:
            say_meanwhile(form, services.NotAskableError())
        except TooFastError:
            form.add_error(
                None, _("You have asked many people today. Please go on tomorrow. Text is kept.")
            )
        else:
            messages.success(request, _("Your request is on its way. You hear from us."))
            return redirect("community:peer", pk=made.pk)
    line = person_lines([profile], reader=user)[0]
    return act_page(
        request,
        form,
        title=_("Ask %(name)s") % {"name": line.name},
        button=_("Send"),
        back=reverse("community:person", args=[profile.user_id]),
        consequences=[
            _("They get your words in the app and by mail, with your name. No address is shown."),
        ],
    )


@login_required
@require_safe
def peer(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one request with what was agreed and what both take with them."""
    found = _found(request, pk)
    user = member_of(request, "community.answer_peer_request", found)
    is_host = found.host_id == user.pk
    is_question = found.kind == PeerKind.QUESTION
    is_over = found.agreed_at is not None and found.agreed_at <= clock.now()
    context = {
        "request_row": found,
        "other": found.other(user),
        "is_host": is_host,
        "may_answer": is_host and found.state == _S.ASKED and is_question,
        "may_agree": not is_question
        and ((is_host and found.state == _S.ASKED) or (found.state == _S.AGREED and not is_over)),
        "may_decline": is_host and found.state == _S.ASKED,
        "may_cancel": found.state == _S.AGREED or (not is_host and found.state == _S.ASKED),
        "may_look_back": not is_question
        and (found.state == _S.DONE or (found.state == _S.AGREED and is_over)),
        "has_calendar": found.agreed_at is not None and found.state in (_S.AGREED, _S.CANCELLED),
        "took": [
            (found.asker, found.asker_took),
            (found.host, found.host_took),
        ],
        "meeting": _space_for_all(user),
    }
    return TemplateResponse(request, "community/peers/peer.html", context)


def _space_for_all(user: User) -> Space | None:
    """Return where ``user`` can tell all members something."""
    spaces = Space.objects.visible_to(user).current().filter(kind=SpaceKind.MEMBERS)
    found: Space | None = spaces.order_by("order", "pk").first()
    return found if found is not None and user.has_perm("community.write_topic", found) else None


def _found(request: HttpRequest, pk: int) -> PeerRequest:
    rows = PeerRequest.objects.visible_to(request.user)
    found: PeerRequest = get_object_or_404(rows.select_related("asker", "host", "site"), pk=pk)
    return found


#: What can be done with a request: title, button, form.
_FORMS: Final[dict[str, Any]] = {
    "agree": AgreeForm,
    "answer": AnswerForm,
    "decline": DeclineForm,
    "look-back": TookForm,
}


@login_required
@require_http_methods(GET_OR_POST)
def peer_action(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Agree, answer, decline or look back."""
    if what not in _FORMS:
        raise Http404
    found = _found(request, pk)
    user = member_of(request, "community.answer_peer_request", found)
    data = request.POST if request.method == "POST" else None
    form = _FORMS[what](data, initial=_initial(found, user, what))
    if form.is_valid():
        try:
            _do(what, found, form.cleaned_data, by=user)
        except (AlreadySettledError, IllegalMoveError) as error:
            say_meanwhile(form, error)
        else:
            messages.success(request, _("Saved. The other side is told."))
            return redirect("community:peer", pk=found.pk)
    titles = {
        "agree": (_("Agree on day and place"), _("Agree")),
        "answer": (pgettext("button", "Answer"), _("Send the answer")),
        "decline": (_("Say no"), _("Say no")),
        "look-back": (_("Look back"), _("Save")),
    }
    title, button = titles[what]
    return act_page(
        request,
        form,
        title=title,
        button=button,
        about=found.subject,
        back=reverse("community:peer", args=[found.pk]),
        consequences=_consequences(what, found.other(user)),
    )


def _consequences(what: str, other: User) -> list[str]:
    words = {
        "agree": _("%(name)s is told day and place. Both can take it into their calendar."),
        "answer": _("%(name)s gets your answer in the app and by mail."),
        "decline": _("%(name)s is told, with your word if you write one."),
        "look-back": _("%(name)s can read it here."),
    }
    return [words[what] % {"name": other}]


def _initial(found: PeerRequest, user: User, what: str) -> dict[str, Any]:
    if what == "look-back":
        return {"took": found.asker_took if found.asker_id == user.pk else found.host_took}
    moment = localtime(found.agreed_at) if found.agreed_at else None
    return {
        "day": moment.date() if moment else found.proposed_on,
        "time": moment.time() if moment else None,
        "minutes": found.minutes,
        "place": found.place,
    }


def _do(what: str, found: PeerRequest, data: dict[str, Any], *, by: User) -> None:
    at = clock.now()
    if what == "agree":
        if found.state == _S.ASKED and found.host_id != by.pk:
            raise IllegalMoveError(found.state, _S.AGREED)
        services.agree(
            request_id=found.pk,
            agreed_at=data["agreed_at"],
            minutes=data["minutes"],
            place=data["place"],
            answer=data["answer"],
            by=by,
            at=at,
        )
    elif what == "answer":
        services.answer_question(request_id=found.pk, answer=data["answer"], by=by, at=at)
    elif what == "decline":
        if found.host_id != by.pk:
            raise IllegalMoveError(found.state, _S.DECLINED)
        services.decline(request_id=found.pk, answer=data["answer"], by=by, at=at)
    else:
        services.look_back(request_id=found.pk, took=data["took"], by=by, at=at)


@login_required
@require_POST
def peer_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Call it off."""
    found = _found(request, pk)
    user = member_of(request, "community.answer_peer_request", found)
    try:
        services.cancel(request_id=found.pk, by=user, at=clock.now())
    except IllegalMoveError:
        warn_meanwhile(request)
    else:
        messages.success(request, _("It is called off. The other side is told."))
    return redirect("community:peer", pk=found.pk)


@login_required
@require_safe
def peer_ics(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the entry for the calendar."""
    found = _found(request, pk)
    member_of(request, "community.answer_peer_request", found)
    if found.agreed_at is None:
        raise Http404
    from tandemwerk.community.calendars import peer_calendar  # noqa: PLC0415 - slow to load

    answer = HttpResponse(
        peer_calendar(found, at=clock.now()), content_type="text/calendar; charset=utf-8"
    )
    answer["Content-Disposition"] = f'attachment; filename="tandemwerk-{found.pk}.ics"'
    return answer
