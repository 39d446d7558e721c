"""What readers keep for themselves, and the small fragments around an editor."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tandemwerk.community.enums import Interest
from tandemwerk.community.mentions import look_up
from tandemwerk.community.models import Space, Topic
from tandemwerk.community.services import following
from tandemwerk.community.services.posts import html_of
from tandemwerk.community.views.shared import member, space_or_404, topic_or_404
from tandemwerk.community.views.topics import DRAFTED
from tandemwerk.core import clock
from tandemwerk.core.keys import key_of
from tandemwerk.knowledge.models import Term


@login_required
@require_POST
def bookmark(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a topic at hand, or no longer."""
    user = member(request)
    found = topic_or_404(request, pk)
    is_on = request.POST.get("to") != "off"
    following.bookmark(topic=found, is_on=is_on, by=user, at=clock.now())
    return redirect(found)


@login_required
@require_POST
def follow_topic(request: HttpRequest, pk: int) -> HttpResponse:
    """Follow a topic, hear nothing of it, or neither."""
    user = member(request)
    found = topic_or_404(request, pk)
    following.follow(by=user, interest=_interest(request), topic=found)
    return redirect(found)


@login_required
@require_POST
def follow_space(request: HttpRequest, slug: str) -> HttpResponse:
    """Follow a space, hear nothing of it, or neither."""
    user = member(request)
    found = space_or_404(request, slug)
    following.follow(by=user, interest=_interest(request), space=found)
    messages.success(request, _("Your choice is kept."))
    return redirect(found)


@login_required
@require_POST
def follow_tag(request: HttpRequest, slug: str) -> HttpResponse:
    """Follow a tag in all spaces that the visitor reads, or no longer."""
    user = member(request)
    term = get_object_or_404(Term, slug=slug, is_retired=False)
    interest = Interest.TOPICS if request.POST.get("to") != "off" else ""
    following.follow(by=user, interest=interest, term=term)
    if interest:
        words = _("You hear of new topics about «%(tag)s».")
    else:
        words = _("You no longer follow «%(tag)s».")
    messages.success(request, words % {"tag": term})
    return redirect("community:tag", slug=term.slug)


def _interest(request: HttpRequest) -> str:
    interest = request.POST.get("interest", "")
    if interest and interest not in Interest.values:
        raise Http404
    return interest


@login_required
@require_POST
def read_all(request: HttpRequest, slug: str) -> HttpResponse:
    """Say that nothing in a space is new any more."""
    user = member(request)
    found = space_or_404(request, slug)
    following.mark_space_read(space=found, by=user, at=clock.now())
    messages.success(request, _("Nothing is new here any more."))
    return redirect(found)


@login_required
@require_POST
def draft(request: HttpRequest) -> HttpResponse:
    """Keep what somebody is writing; asked every few seconds while they do."""
    user = member(request)
    place = request.POST.get("place", "")
    _space_of(request, place)
    data = {name: request.POST.get(name, "") for name in DRAFTED}
    at = clock.now()
    kept = following.save_draft(place=place, data=data, by=user, at=at)
    return TemplateResponse(request, "community/draft_state.html", {"kept": kept, "at": at})


@login_required
@require_POST
def preview(request: HttpRequest) -> HttpResponse:
    """Show how a text will look."""
    member(request)
    space = _space_of(request, request.POST.get("place", ""))
    html = html_of(request.POST.get("body", "")[:20_000], Topic(space=space))
    return TemplateResponse(request, "community/preview.html", {"preview": html})


@login_required
@require_safe
def mentions(request: HttpRequest) -> HttpResponse:
    """Offer names of people and organisations among those who read the space, nobody else."""
    member(request)
    space = _space_of(request, request.GET.get("place", ""))
    offered = look_up(request.GET.get("q", ""), space)
    return TemplateResponse(request, "community/mentions.html", {"offered": offered})


def _space_of(request: HttpRequest, place: str) -> Space:
    """Return the space of ``space/12`` or ``topic/345`` if the visitor reads it."""
    kind, _slash, word = place.partition("/")
    number = key_of(word)
    if number is None or kind not in {"space", "topic"}:
        raise Http404
    if kind == "topic":
        return topic_or_404(request, number).space
    spaces = Space.objects.visible_to(request.user).select_related("carrier")
    return get_object_or_404(spaces, pk=number)
