"""The library's list, for strangers and members, and its feed."""

from typing import Any, Final

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tandemwerk.core import clock
from tandemwerk.core.kept import own_page, public_page
from tandemwerk.core.panels import marks_for
from tandemwerk.knowledge.enums import Audience, Freshness
from tandemwerk.knowledge.forms.filters import ShelfFilter
from tandemwerk.knowledge.models import Article
from tandemwerk.knowledge.queries import shelf as queries
from tandemwerk.knowledge.queries.page import organisation_of
from tandemwerk.knowledge.queries.versions import direction_of, local_name
from tandemwerk.knowledge.rules import is_editor, sees_report, writes
from tandemwerk.knowledge.views.shared import base_of
from tandemwerk.people.models import User
from tandemwerk.programme.queries.version import version_for

PER_PAGE: Final = 20
FEED_ITEMS: Final = 30
#: name in the address -> what it is called, how it sorts
SORTS: Final[dict[str, tuple[Any, tuple[str, ...]]]] = {
    "new": (gettext_lazy("Newest first"), ("-last_published_at", "-pk")),
    "used": (gettext_lazy("Most used first"), ("-use_count", "-last_published_at", "-pk")),
    "checked": (gettext_lazy("Last checked first"), ("-checked_at", "-pk")),
    "title": (gettext_lazy("By title"), ("title", "pk")),
}


@require_safe
@public_page
def shelf(request: HttpRequest) -> HttpResponse:
    """Show what the visitor may read: filtered, sorted, in pages."""
    user = request.user
    if not isinstance(user, User):
        return _page(request)
    version = version_for(user, (), at=clock.now())
    return own_page(request, version, lambda: _page(request))


def _page(request: HttpRequest) -> HttpResponse:
    language = get_language() or "de"
    only = request.GET.get("language", "")
    only = only if only in dict(settings.LANGUAGES) else ""
    rows = queries.shelf(request.user, language=language, only=only)
    found = ShelfFilter(request.GET, queryset=rows, request=request)
    articles = found.qs
    words = found.is_valid() and found.form.cleaned_data.get("q")
    sort = request.GET.get("sort", "")
    order = SORTS[sort][1] if sort in SORTS else ("rank", "pk") if words else SORTS["new"][1]
    # Cut from numbers alone: only the rows of the page are joined.
    numbers = articles.order_by(*order).values_list("pk", flat=True)
    page = Paginator(numbers, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "base": base_of(request),
        "filter": found,
        "page": page,
        "items": _items(list(page.object_list), language=language),
        "count": page.paginator.count,
        "sorts": [(name, label) for name, (label, _order) in SORTS.items()],
        "sort": sort if sort in SORTS else ("" if words else "new"),
        "words": request.GET.get("q", ""),
        "kept": [
            (name, value)
            for name, values in request.GET.lists()
            for value in values
            if name not in {"q", "page"}
        ],
        "may_write": writes(request.user),
        "may_curate": is_editor(request.user),
        "may_see_report": sees_report(request.user),
    }
    response = TemplateResponse(request, "knowledge/shelf.html", context)
    if request.GET:
        response["X-Robots-Tag"] = "noindex"
    return response


def _items(numbers: list[int], *, language: str) -> list[dict[str, Any]]:
    """Return the rows of the page, ready to show."""
    rows = queries.cards(numbers)
    today = clock.today()
    marks = marks_for("knowledge:shelf", [article for article, _terms in rows])
    items = []
    for article, terms in rows:
        code = article.locale.language_code
        fresh = queries.freshness_of(article, today=today)
        items.append(
            {
                "article": article,
                "terms": terms,
                "organisation": organisation_of(article),
                "language": local_name(code) if code != language else "",
                "lang": code,
                "dir": direction_of(code),
                "freshness": fresh if fresh == Freshness.OUTDATED else None,
                "tone": queries.FRESHNESS_TONES[fresh],
                "marks": marks.get(article.pk, ()),
            }
        )
    return items


class PublicFeed(Feed):  # type: ignore[type-arg]
    """What everybody may read, the newest first, for feed readers."""

    feed_type = Atom1Feed

    def title(self) -> str:
        return _("New in the Tandemwerk library")

    def subtitle(self) -> str:
        return _("Practice cases, guides, templates and answers around tandems.")

    def link(self) -> str:
        return reverse("knowledge:shelf")

    def feed_url(self) -> str:
        return settings.BASE_URL + reverse("knowledge:feed")

    def feed_guid(self) -> str:
        return settings.BASE_URL + reverse("knowledge:feed")

    def items(self) -> QuerySet[Article]:
        rows = Article.objects.published().filter(audience=Audience.PUBLIC)
        chosen = queries.one_version(rows, get_language() or "de")
        chosen = chosen.select_related("carrier", "site", "locale").prefetch_related("terms")
        newest: QuerySet[Article] = chosen.order_by("-last_published_at", "-pk")[:FEED_ITEMS]
        return newest

    def item_title(self, item: Any) -> str:
        return str(item.title)

    def item_description(self, item: Any) -> str:
        return str(item.summary)

    def item_link(self, item: Any) -> str:
        return settings.BASE_URL + reverse("knowledge:article", kwargs={"slug": item.slug})

    def item_guid(self, item: Any) -> str:
        return f"urn:uuid:{item.translation_key}:{item.locale.language_code}"

    def item_author_name(self, item: Any) -> str:
        return organisation_of(item)

    def item_pubdate(self, item: Any) -> Any:
        return item.first_published_at

    def item_updateddate(self, item: Any) -> Any:
        return item.last_published_at

    def item_categories(self, item: Any) -> list[str]:
        return [item.get_kind_display(), *(str(term) for term in item.terms.all())]

    def item_copyright(self, item: Any) -> str:
        return str(item.get_licence_display())
