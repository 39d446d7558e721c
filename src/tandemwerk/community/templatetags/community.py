"""What the templates of the community need besides the components."""

from typing import Any

from django import template
from django.core.paginator import Page
from django.http import HttpRequest, QueryDict
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tandemwerk.community.drawing import PostDrawer
from tandemwerk.community.drawing_rows import drawn_rows, sign_of
from tandemwerk.community.enums import Interest, TopicKind
from tandemwerk.community.models import Topic
from tandemwerk.community.queries.posts import ShownPost
from tandemwerk.community.queries.topics import TopicRow
from tandemwerk.knowledge.models import Term

register = template.Library()

#: value, label, address, whether it is set
Chip = tuple[str, Any, str, bool]


@register.simple_tag
def topic_icon(topic: Topic) -> SafeString:
    """Draw what kind of topic it is, with its word."""
    return sign_of(topic)


@register.simple_tag
def topic_rows(rows: list[TopicRow], *, with_space: bool = False) -> SafeString:
    """Draw a list of topics; ``with_space`` says of each where it stands."""
    return drawn_rows(rows, with_space=with_space)


@register.simple_tag(takes_context=True)
def post(
    context: template.Context, shown: ShownPost, prefix: str = "", *, bare: bool = False
) -> SafeString:
    """Draw a post; a ``bare`` one has nothing that one can do with it."""
    kept = context.render_context
    if "community_posts" not in kept:
        kept["community_posts"] = PostDrawer(context)
    drawer: PostDrawer = kept["community_posts"]
    return drawer.draw(shown, prefix=prefix, bare=bare)


@register.filter
def absolute_address(request: HttpRequest, path: str) -> str:
    """Return an address that can be copied and kept."""
    return request.build_absolute_uri(path)


@register.simple_tag
def tag_word(terms: list[Term], slug: str) -> str:
    """Return the word of a tag in the active language."""
    return next((str(each) for each in terms if each.slug == slug), slug)


@register.simple_tag
def follow_options(chosen: str) -> SafeString:
    """Return how closely one can follow, as options of a field."""
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        (
            (value, SafeString(" selected") if value == chosen else "", label)
            for value, label in Interest.choices
        ),
    )


def _query(request: HttpRequest) -> QueryDict:
    query = request.GET.copy()
    query.pop("page", None)
    return query


def _address(query: QueryDict) -> str:
    return f"?{query.urlencode()}"


@register.filter
def kind_chips(_page: Page[Any], request: HttpRequest) -> list[Chip]:
    """Return one link for each kind of topic; one of them is set."""
    chips = []
    now = request.GET.get("kind", "")
    for value, label in (("", _("all")), *_plurals()):
        query = _query(request)
        query.pop("kind", None)
        if value:
            query["kind"] = value
        chips.append((value, label, _address(query), value == now))
    return chips


def _plurals() -> list[tuple[str, str]]:
    return [
        (TopicKind.QUESTION.value, _("questions")),
        (TopicKind.DISCUSSION.value, _("discussions")),
        (TopicKind.ANNOUNCEMENT.value, _("announcements")),
        (TopicKind.CASE.value, _("practice cases")),
    ]


@register.filter
def wish_chips(_page: Page[Any], request: HttpRequest) -> list[Chip]:
    """Return one link for each further filter; it sets the filter or takes it away."""
    now = request.GET.getlist("show")
    chips = []
    for value, label in (
        ("unanswered", _("without an answer")),
        ("new", _("new for me")),
        ("mine", _("by me")),
        ("bookmarked", _("bookmarked")),
    ):
        query = _query(request)
        is_on = value in now
        kept = [each for each in now if each != value]
        query.setlist("show", kept if is_on else [*kept, value])
        chips.append((value, label, _address(query), is_on))
    return chips
