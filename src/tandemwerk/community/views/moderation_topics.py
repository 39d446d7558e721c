"""What moderation does with topics and spaces, and the look at who asked."""

from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from tandemwerk.community.enums import Anonymity, DecisionKind, TopicKind
from tandemwerk.community.errors import AlreadySettledError
from tandemwerk.community.forms.moderation import (
    MergeForm,
    MoveForm,
    PinForm,
    RevealForm,
    RulingForm,
    SlowForm,
    SplitForm,
)
from tandemwerk.community.models import Post, Space, Topic
from tandemwerk.community.queries import moderation as queue
from tandemwerk.community.queries.spaces import who_reads
from tandemwerk.community.services import moderating, sanctions
from tandemwerk.community.services.moderation import Ruling, last_decision_id
from tandemwerk.community.services.telling import excerpt_of
from tandemwerk.community.speakers import speaker_of
from tandemwerk.community.views.acting import (
    GET_OR_POST,
    act_page,
    member_of,
    say_meanwhile,
)
from tandemwerk.community.words import TOPIC_ACTIONS
from tandemwerk.core import clock
from tandemwerk.core.moves import IllegalMoveError
from tandemwerk.people.models import User

_K = DecisionKind
#: So many topics and posts are offered to choose from.
MOST: Final = 100
EXCERPT: Final = 90


@login_required
@require_http_methods(GET_OR_POST)
def topic_action(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Decide about a topic, after having read what will happen."""
    if kind not in TOPIC_ACTIONS:
        raise Http404
    topic = get_object_or_404(queue.topics_in_sight(request.user), pk=pk)
    user = member_of(request, "community.moderate", topic)
    form = _form_for(kind, topic, request)
    if form.is_valid():
        try:
            shown = _do(kind, topic, form, by=user)
        except (AlreadySettledError, IllegalMoveError) as error:
            say_meanwhile(form, error)
        except moderating.WouldNameSomebodyError:
            form.add_error(
                None,
                _("Somebody asked here without a name. Elsewhere their name would be shown."),
            )
        else:
            messages.success(request, str(TOPIC_ACTIONS[kind].done))
            return redirect(shown.get_absolute_url())
    action = TOPIC_ACTIONS[kind]
    return act_page(
        request,
        form,
        title=action.title,
        button=action.button,
        is_danger=action.is_danger,
        consequences=action.consequences(topic),
        back=topic.get_absolute_url(),
        about=topic.title,
    )


def _form_for(kind: str, topic: Topic, request: HttpRequest) -> Any:
    data = request.POST if request.method == "POST" else None
    given: dict[str, Any] = {
        "initial": {"seen": last_decision_id(topic.pk)},
        "kind": DecisionKind(kind),
    }
    if kind == _K.MOVE:
        spaces = queue.moderated_spaces(request.user).exclude(pk=topic.space_id)
        form = MoveForm(data, spaces=spaces.current().select_related("carrier"), **given)  # type: ignore[attr-defined]
        form.fields["space"].label_from_instance = _space_in_words  # type: ignore[attr-defined]
        return form
    if kind == _K.MERGE:
        numbers = list(queue.neighbours(topic).values_list("pk", flat=True)[:MOST])
        topics = Topic.objects.filter(pk__in=numbers).order_by("-last_post_at", "-pk")
        return MergeForm(data, topics=topics, **given)
    if kind == _K.SPLIT:
        return SplitForm(data, posts=_splittable(topic), **given)
    if kind == _K.PIN:
        return PinForm(data, **given)
    return RulingForm(data, **given)


def _space_in_words(space: Space) -> str:
    return f"{space.name}: {who_reads(space)}"


def _splittable(topic: Topic) -> list[tuple[Post, str]]:
    rows = topic.posts.select_related("author", "site", "carrier", "topic")
    posts = rows.order_by("created_at", "pk")[1 : MOST + 1]
    return [(each, f"{speaker_of(each).name}: {excerpt_of(each)[:EXCERPT]}") for each in posts]


def _do(kind: str, topic: Topic, form: Any, *, by: User) -> Topic | Space:
    """Do it and return where to go on."""
    data = form.cleaned_data
    ruling = Ruling(
        kind=DecisionKind(kind), reason=data["reason"], by=by, at=clock.now(), seen=data["seen"]
    )
    if kind in moderating.TOPIC_TARGETS:
        moderating.decide_topic(topic_id=topic.pk, ruling=ruling)
    elif kind in (_K.PIN, _K.UNPIN):
        moderating.pin_topic(topic_id=topic.pk, until=data.get("until"), ruling=ruling)
    elif kind == _K.MOVE:
        moderating.move_topic(topic_id=topic.pk, space=data["space"], ruling=ruling)
    elif kind == _K.MERGE:
        moderating.merge_topic(topic_id=topic.pk, into_id=data["into"].pk, ruling=ruling)
        into: Topic = data["into"]
        return into
    else:
        return moderating.split_topic(
            topic_id=topic.pk,
            post_ids=data["posts"],
            title=data["title"],
            kind=TopicKind(data["kind"]),
            ruling=ruling,
        )
    return topic


@login_required
@require_http_methods(GET_OR_POST)
def slow_mode(request: HttpRequest, slug: str) -> HttpResponse:
    """Slow a space down, or no longer."""
    visible = Space.objects.visible_to(request.user).select_related("carrier")
    space = get_object_or_404(visible, slug=slug)
    user = member_of(request, "community.moderate", space)
    form = SlowForm(
        request.POST if request.method == "POST" else None,
        initial={"seconds": space.slow_mode_seconds},
        kind=_K.SLOW,
    )
    if form.is_valid():
        data = form.cleaned_data
        ruling = Ruling(kind=_K.SLOW, reason=data["reason"], by=user, at=clock.now(), seen=0)
        moderating.set_slow_mode(space_id=space.pk, seconds=data["seconds"], ruling=ruling)
        messages.success(request, _("Saved."))
        return redirect(space.get_absolute_url())
    return act_page(
        request,
        form,
        title=_("Slow mode"),
        button=_("Save"),
        back=space.get_absolute_url(),
        about=space.name,
        consequences=[_("Between two posts everybody waits so long. Those who moderate do not.")],
    )


@login_required
@never_cache
@require_http_methods(GET_OR_POST)
def who_asked(request: HttpRequest, pk: int) -> HttpResponse:
    """Show who asked without a name, after a reason that stands in the trail."""
    unnamed = queue.topics_in_sight(request.user).filter(anonymity=Anonymity.MODERATORS)
    topic = get_object_or_404(unnamed, pk=pk)
    user = member_of(request, "community.moderate", topic)
    form = RevealForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        asker = sanctions.reveal_asker(topic=topic, reason=reason, by=user, at=clock.now())
        context = {"topic": topic, "asker": asker}
        return TemplateResponse(request, "community/moderation/asker.html", context)
    return act_page(
        request,
        form,
        title=_("See who asked"),
        button=_("Show me the name"),
        is_danger=True,
        back=topic.get_absolute_url(),
        about=topic.title,
        consequences=[
            _("You see the name once, on the next page."),
            _("That you looked, when and why stands in the audit trail."),
            _("Please tell nobody: they asked in confidence."),
        ],
    )


@login_required
@require_http_methods(GET_OR_POST)
def lift(request: HttpRequest, pk: int) -> HttpResponse:
    """End a suspension before its time."""
    suspension = get_object_or_404(queue.suspensions(request.user, at=clock.now()), pk=pk)
    user = member_of(request)
    form = RulingForm(request.POST if request.method == "POST" else None, kind=_K.LIFT)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        ruling = Ruling(kind=_K.LIFT, reason=reason, by=user, at=clock.now(), seen=0)
        try:
            sanctions.lift_suspension(suspension_id=suspension.pk, ruling=ruling)
        except AlreadySettledError as error:
            say_meanwhile(form, error)
        else:
            messages.success(request, _("The suspension has ended."))
            return redirect(f"{reverse('community:moderation')}?show=suspensions")
    return act_page(
        request,
        form,
        title=_("End this suspension"),
        button=_("End the suspension"),
        back=f"{reverse('community:moderation')}?show=suspensions",
        about=queue.suspended_name(suspension),
        consequences=[_("The person can write again at once, and is told.")],
    )
