"""What waits for those who moderate, and what they do with posts."""

from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tandemwerk.community.enums import DecisionKind, PostState, ReportReason
from tandemwerk.community.errors import AlreadySettledError
from tandemwerk.community.forms.moderation import (
    DismissForm,
    EditForm,
    ReportForm,
    RulingForm,
    SuspendForm,
)
from tandemwerk.community.models import Post
from tandemwerk.community.queries import moderation as queue
from tandemwerk.community.rules import leads_network
from tandemwerk.community.services import moderation, sanctions
from tandemwerk.community.services.moderation import POST_TARGETS, Ruling, last_decision_id
from tandemwerk.community.speakers import speaker_of
from tandemwerk.community.views.acting import (
    GET_OR_POST,
    act_page,
    member_of,
    say_meanwhile,
)
from tandemwerk.community.words import POST_ACTIONS, actions_for
from tandemwerk.core import clock
from tandemwerk.core.moves import IllegalMoveError
from tandemwerk.people.models import User
from tandemwerk.ui.parts import Tab

_K = DecisionKind
PER_PAGE: Final = 20
PARTS: Final = ("waiting", "reports", "appeals", "suspensions", "log")


@login_required
@require_safe
def moderation_queue(request: HttpRequest) -> HttpResponse:
    """Show what waits, part by part."""
    user = member_of(request)
    if not leads_network(user) and not queue.moderates_anything(user):
        raise PermissionDenied
    part = request.GET.get("show", "")
    counted = queue.counts(user)
    numbers = {
        "waiting": counted.waiting,
        "reports": counted.reports,
        "appeals": counted.appeals,
    }
    if part not in PARTS:
        part = next((name for name, number in numbers.items() if number), "waiting")
    pages = Paginator(_rows(part, user), PER_PAGE)
    if part in numbers:
        vars(pages)["count"] = numbers[part]  # as counted above
    page = pages.get_page(request.GET.get("page"))
    labels = (
        _("New members"),
        _("Reports"),
        _("Appeals"),
        _("Suspensions"),
        _("What was decided"),
    )
    tabs = [
        Tab(label=label, url=f"?show={name}", is_current=name == part, count=numbers.get(name))
        for name, label in zip(PARTS, labels, strict=True)
    ]
    context = {
        "part": part,
        "tabs": tabs,
        "page": page,
        "lines": [_line(part, each) for each in page],
        "count": counted.total,
    }
    return TemplateResponse(request, "community/moderation/queue.html", context)


def _rows(part: str, user: User) -> Any:
    rows: dict[str, Any] = {
        "waiting": queue.waiting_posts,
        "reports": queue.reported_posts,
        "appeals": queue.open_appeals,
        "log": queue.decisions_of,
    }
    return rows[part](user) if part in rows else queue.suspensions(user, at=clock.now())


def _line(part: str, row: Any) -> dict[str, Any]:
    """Return what a line shows; never who asked without a name."""
    line: dict[str, Any] = {"row": row}
    if part in {"waiting", "reports"}:
        line["speaker"] = speaker_of(row)
    if part == "suspensions":
        line["name"] = queue.suspended_name(row)
    return line


@login_required
@require_safe
def moderate_post(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a post with what was said about it and decided, and what can be done."""
    post = get_object_or_404(queue.posts_in_sight(request.user), pk=pk)
    user = member_of(request, "community.moderate", post)
    decided = post.decisions.select_related("by").order_by("-pk")
    context = {
        "post": post,
        "speaker": speaker_of(post),
        "reports": queue.reports_of(post),
        "decisions": list(decided[:PER_PAGE]),
        "earlier": queue.earlier_decisions(post),
        "actions": actions_for(post, user),
        "topic_url": post.topic.get_absolute_url(),
    }
    return TemplateResponse(request, "community/moderation/post.html", context)


@login_required
@require_http_methods(GET_OR_POST)
def post_action(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Decide about a post, after having read what will happen."""
    if kind not in POST_ACTIONS:
        raise Http404
    post = get_object_or_404(queue.posts_in_sight(request.user), pk=pk)
    user = member_of(request, "community.moderate", post)
    form = _form_for(kind, post, request)
    if form.is_valid():
        try:
            _do(kind, post, form, by=user)
        except (AlreadySettledError, IllegalMoveError) as error:
            say_meanwhile(form, error)
        except sanctions.NotSuspendableError:
            form.add_error(None, _("Nobody can be suspended for this post."))
        else:
            messages.success(request, str(POST_ACTIONS[kind].done))
            return redirect("community:moderation")
    action = POST_ACTIONS[kind]
    return act_page(
        request,
        form,
        title=action.title,
        button=action.button,
        is_danger=action.is_danger,
        consequences=action.consequences(post),
        back=reverse("community:moderate_post", args=[post.pk]),
        post=post,
        speaker=speaker_of(post),
    )


def _form_for(kind: str, post: Post, request: HttpRequest) -> Any:
    data = request.POST if request.method == "POST" else None
    initial: dict[str, Any] = {"seen": last_decision_id(post.topic_id, post.pk)}
    if kind == "dismiss":
        return DismissForm(data, initial=initial)
    if kind == _K.EDIT:
        return EditForm(data, initial=initial | {"body": post.body}, kind=_K.EDIT)
    if kind == _K.SUSPEND:
        everywhere = leads_network(request.user)
        return SuspendForm(data, initial=initial, kind=_K.SUSPEND, may_everywhere=everywhere)
    return RulingForm(data, initial=initial, kind=DecisionKind(kind))


def _do(kind: str, post: Post, form: Any, *, by: User) -> None:
    at, data = clock.now(), form.cleaned_data
    if kind == "dismiss":
        moderation.dismiss_reports(post_id=post.pk, by=by, at=at, seen=data["seen"])
        return
    ruling = Ruling(kind=DecisionKind(kind), reason=data["reason"], by=by, at=at, seen=data["seen"])
    if kind in POST_TARGETS:
        moderation.decide_post(post_id=post.pk, ruling=ruling)
    elif kind == _K.EDIT:
        moderation.edit_post(post_id=post.pk, body=data["body"], ruling=ruling)
    elif kind == _K.WARN:
        moderation.warn(post_id=post.pk, ruling=ruling)
    else:
        sanctions.suspend(
            post_id=post.pk,
            everywhere=data.get("everywhere", False),
            until=form.until(at),
            ruling=ruling,
        )


@login_required
@require_http_methods(GET_OR_POST)
def report_post(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that a post is not right."""
    visible = Post.objects.visible_to(request.user).filter(state=PostState.SHOWN)
    rows = visible.select_related("topic__space__carrier", "author", "site", "carrier")
    post = get_object_or_404(rows, pk=pk)
    user = member_of(request, "community.report_post", post)
    form = ReportForm(request.POST if request.method == "POST" else None)
    back = post.topic.get_absolute_url()
    if form.is_valid():
        try:
            sanctions.report_post(
                post=post,
                reason=ReportReason(form.cleaned_data["reason"]),
                text=form.cleaned_data["text"],
                by=user,
                at=clock.now(),
            )
        except AlreadySettledError:
            messages.info(request, _("You have reported this post already. We will look at it."))
        else:
            messages.success(request, _("Thank you. The moderation will look at it."))
        return redirect(back)
    return act_page(
        request,
        form,
        title=_("Report a post"),
        button=_("Report"),
        back=back,
        consequences=[
            _("The moderation of this space looks at it. You hear what came of it."),
            _("Nobody else learns that you reported it."),
        ],
        post=post,
        speaker=speaker_of(post),
    )
