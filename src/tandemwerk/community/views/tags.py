"""What is talked about under one tag, in all spaces that the visitor reads."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from tandemwerk.community.models import Space, Topic
from tandemwerk.community.queries.topics import interest_of, page_of_topics, rows_of
from tandemwerk.community.views.shared import member
from tandemwerk.core import clock
from tandemwerk.knowledge.models import Term


@login_required
@require_safe
def tag(request: HttpRequest, slug: str) -> HttpResponse:
    """List the topics of a tag, the newest talk first."""
    user = member(request)
    term = get_object_or_404(Term, slug=slug)
    spaces = Space.objects.visible_to(user).values("pk")
    topics = Topic.objects.shown().filter(terms=term, space__in=spaces)
    page, listed = page_of_topics(topics.order_by("-last_post_at", "-pk"), request.GET.get("page"))
    context = {
        "term": term,
        "page": page,
        "rows": rows_of(listed, user=user, at=clock.now()),
        "interest": interest_of(user, term=term),
    }
    return TemplateResponse(request, "community/tag.html", context)
