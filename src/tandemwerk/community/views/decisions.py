"""Decisions about oneself, and appeals against them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tandemwerk.community.enums import AppealState
from tandemwerk.community.errors import AlreadySettledError
from tandemwerk.community.forms.moderation import AppealAnswerForm, AppealForm
from tandemwerk.community.models import Appeal, Decision
from tandemwerk.community.queries.moderation import open_appeals
from tandemwerk.community.services import sanctions
from tandemwerk.community.views.acting import GET_OR_POST, act_page, member_of, warn_meanwhile
from tandemwerk.core import clock

PER_PAGE = 20


@login_required
@require_safe
def decisions(request: HttpRequest) -> HttpResponse:
    """Show what was decided about oneself."""
    user = member_of(request)
    rows = Decision.objects.visible_to(user).select_related("space", "topic", "appeal")
    page = Paginator(rows.order_by("-pk"), PER_PAGE).get_page(request.GET.get("page"))
    return TemplateResponse(request, "community/moderation/decisions.html", {"page": page})


@login_required
@require_safe
def decision(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one decision with its reasons, and the way to an appeal."""
    rows = Decision.objects.visible_to(request.user)
    found = get_object_or_404(rows.select_related("space", "topic", "post", "appeal"), pk=pk)
    member_of(request)
    is_open = (
        found.kind in sanctions.APPEALABLE
        and not hasattr(found, "appeal")
        and clock.now() - found.at <= sanctions.APPEAL_WITHIN
    )
    context = {
        "decision": found,
        "may_appeal": is_open,
        "appeal": getattr(found, "appeal", None),
        "last_day": found.at + sanctions.APPEAL_WITHIN,
    }
    return TemplateResponse(request, "community/moderation/decision.html", context)


@login_required
@require_http_methods(GET_OR_POST)
def appeal(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for another look."""
    rows = Decision.objects.visible_to(request.user)
    found = get_object_or_404(rows.select_related("space", "topic"), pk=pk)
    user = member_of(request, "community.appeal", found)
    form = AppealForm(request.POST if request.method == "POST" else None)
    back = reverse("community:decision", args=[found.pk])
    if form.is_valid():
        text = form.cleaned_data["text"]
        try:
            sanctions.appeal(decision=found, text=text, by=user, at=clock.now())
        except AlreadySettledError:
            warn_meanwhile(request)
        else:
            messages.success(request, _("Your appeal is on its way. Somebody else decides."))
        return redirect(back)
    return act_page(
        request,
        form,
        title=_("Ask for another look"),
        button=_("Send the appeal"),
        back=back,
        about=found.topic or found.space,
        consequences=[
            _("Somebody else decides: another moderator of this space, or the network office."),
            _("They read the decision, the post it is about, and what you write here."),
        ],
    )


@login_required
@require_http_methods(GET_OR_POST)
def appeal_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide an appeal against somebody else's decision."""
    rows = Appeal.objects.filter(pk__in=open_appeals(request.user).values("pk"))
    needed = ("decision__space__carrier", "decision__topic", "decision__post", "decision__by")
    found = get_object_or_404(rows.select_related(*needed), pk=pk)
    user = member_of(request, "community.answer_appeal", found)
    form = AppealAnswerForm(request.POST if request.method == "POST" else None)
    back = f"{reverse('community:moderation')}?show=appeals"
    if form.is_valid():
        data = form.cleaned_data
        try:
            sanctions.answer_appeal(
                appeal_id=found.pk,
                to=AppealState(data["state"]),
                answer=data["answer"],
                by=user,
                at=clock.now(),
            )
        except AlreadySettledError:
            warn_meanwhile(request)
        else:
            messages.success(request, _("The appeal is decided. The person is told."))
        return redirect(back)
    return act_page(
        request,
        form,
        title=_("Decide an appeal"),
        button=_("Decide"),
        back=back,
        about=found.decision.topic or found.decision.space,
        appeal=found,
        consequences=[
            _("If you grant it, what was hidden, closed or changed is as before."),
            _("The person gets your answer."),
        ],
    )
