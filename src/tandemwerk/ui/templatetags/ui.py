"""The components as template tags. Each is shown on the living page ``/<lang>/styleguide/``."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from django import template
from django.contrib.messages import constants as message_levels
from django.core.paginator import Page
from django.http import QueryDict
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django_tables2 import Table

from tandemwerk.core.kept import keep
from tandemwerk.places.sources import OUTLINES, Source
from tandemwerk.ui.charts import spark_path
from tandemwerk.ui.figures import grouped
from tandemwerk.ui.parts import ICON_OF_TONE, Crumb, MapPoint
from tandemwerk.ui.rows import drawn_rows
from tandemwerk.ui.signs import badge, icon

register = template.Library()


# ------------------------------------------------------------------ small signs

register.simple_tag(icon)
register.simple_tag(badge)


@register.inclusion_tag("ui/components/mark.html")
def mark(size: int = 34, kind: str = "") -> dict[str, Any]:
    """Draw the mark. ``kind``: "" in colour, "quiet" in the text's colour, "loading" moving."""
    return {"size": size, "kind": kind}


@register.simple_tag
def illustration(name: str) -> str:
    """Show a drawing: table, street, noticeboard, key, signpost."""
    return render_to_string(f"ui/art/{name}.html")


# ------------------------------------------------------------------ page and cards


@register.inclusion_tag("ui/components/breadcrumbs.html")
def breadcrumbs(*labels_and_urls: Any) -> dict[str, Any]:
    """Show the way here: ``{% breadcrumbs _("People") people_url person.name %}``.

    Labels and addresses alternate; the last label, without address, is this page.
    """
    labels, urls = labels_and_urls[::2], labels_and_urls[1::2]
    padded = [*urls, *[""] * (len(labels) - len(urls))]
    crumbs = [Crumb(label, url) for label, url in zip(labels, padded, strict=True)]
    return {"crumbs": crumbs}


@register.simple_block_tag
def page_head(
    content: SafeString, title: Any, count: int | str | None = None, lead: Any = ""
) -> str:
    """Open a page: title, count, lead; between the tags the primary action."""
    return render_to_string(
        "ui/components/page_head.html",
        {
            "title": title,
            "count": grouped(count),
            "lead": lead,
            "actions": SafeString(content.strip()),
        },
    )


@register.simple_block_tag
def card(
    content: SafeString,
    title: Any = "",
    *,
    href: str = "",
    tone: str = "",
    level: int = 2,
    note: Any = "",
) -> str:
    """Show a card. With ``href`` the whole card leads there through its title."""
    return render_to_string(
        "ui/components/card.html",
        {
            "title": title,
            "href": href,
            "tone": tone,
            "heading": f"h{level}",
            "note": note,
            "content": content,
        },
    )


@register.simple_block_tag
def notice(content: SafeString, tone: str = "note", title: Any = "", icon: str = "") -> str:
    """Say something that matters, in the flow of the page."""
    return render_to_string(
        "ui/components/notice.html",
        {
            "tone": tone,
            "title": title,
            "icon": icon or ICON_OF_TONE.get(tone, "info-circle"),
            "content": content,
        },
    )


@register.simple_block_tag
def empty_state(content: SafeString, sentence: Any, art: str = "") -> str:
    """Say in one sentence why nothing is here; between the tags one button."""
    return render_to_string(
        "ui/components/empty_state.html",
        {"sentence": sentence, "art": art, "action": SafeString(content.strip())},
    )


@register.simple_block_tag
def dialog(content: SafeString, id: str, title: Any, *, is_open: bool = False) -> str:  # noqa: A002 the attribute's name
    """Hold a dialog. ``<a href="its page" data-dialog="id">`` opens it."""
    return render_to_string(
        "ui/components/dialog.html",
        {"id": id, "title": title, "is_open": is_open, "content": content},
    )


@register.simple_block_tag
def pair(content: SafeString) -> str:
    """Show volunteer and newcomer side by side; between the tags two ``{% side %}``."""
    return render_to_string("ui/components/pair.html", {"content": content})


@register.simple_block_tag
def side(content: SafeString, role: Any, name: Any, level: int = 2, url: str = "") -> str:
    """Show one side of a pair."""
    return render_to_string(
        "ui/components/side.html",
        {"role": role, "name": name, "heading": f"h{level}", "url": url, "content": content},
    )


# ------------------------------------------------------------------ lists of things


@register.inclusion_tag("ui/components/timeline.html")
def timeline(entries: Iterable[Any]) -> dict[str, Any]:
    """Show what happened: ``parts.TimelineEntry``, newest first."""
    return {"entries": entries}


@register.inclusion_tag("ui/components/tabs.html")
def tabs(items: Iterable[Any], label: Any) -> dict[str, Any]:
    """Show tabs, each a link: ``parts.Tab``. ``label`` names them for screen readers."""
    return {"items": items, "label": label}


@register.inclusion_tag("ui/components/stepper.html")
def stepper(steps: Sequence[Any], current: int) -> dict[str, Any]:
    """Show where one is: ``steps`` are labels or ``Crumb``, ``current`` counts from 1."""
    shown = []
    for number, step in enumerate(steps, start=1):
        label, url = (step.label, step.url) if isinstance(step, Crumb) else (step, "")
        state = "done" if number < current else "current" if number == current else "ahead"
        shown.append({"number": number, "label": label, "url": url, "state": state})
    return {"steps": shown, "current": current, "total": len(shown)}


@register.inclusion_tag("ui/components/definitions.html")
def definitions(items: Mapping[Any, Any] | Iterable[tuple[Any, Any]]) -> dict[str, Any]:
    """Show terms and values; a list as value is shown line by line."""
    pairs = items.items() if isinstance(items, Mapping) else items
    return {
        "rows": [
            (term, value if isinstance(value, (list, tuple)) else [value]) for term, value in pairs
        ]
    }


@register.inclusion_tag("ui/components/stats.html")
def stats(figures: Iterable[Any]) -> dict[str, Any]:
    """Show several numbers beside each other: ``parts.Figure``."""
    return {"figures": [{"figure": figure, "value": grouped(figure.value)} for figure in figures]}


@register.inclusion_tag("ui/components/progress.html")
def progress(
    value: float | None, total: float = 100, label: Any = "", *, poll_url: str = "", note: Any = ""
) -> dict[str, Any]:
    """Show how far work has come; ``None`` for "not known". ``poll_url`` answers with the next state.

    The answer is this component again (same ``label``); without ``poll_url`` it stops asking.
    """  # noqa: E501
    percent = None if value is None or not total else round(100 * value / total)
    return {
        "value": value,
        "total": total,
        "percent": percent,
        "label": label,
        "poll_url": poll_url,
        "note": note,
    }


# ------------------------------------------------------------------ charts and maps


@register.simple_tag
def chart(chart: Any, level: int = 3) -> SafeString:
    """Draw a chart of ``ui.charts`` with its sentence and its table.

    A chart is nothing but its numbers and words: the same ones are the same picture, which is kept
    in memory.
    """
    content = json.dumps([type(chart).__name__, asdict(chart), level], default=str)
    key = f"ui/chart/{get_language()}/{content}"
    return SafeString(keep(key, lambda: str(_draw_chart(chart, level))))


def _draw_chart(chart: Any, level: int) -> SafeString:
    return render_to_string("ui/components/chart.html", {"chart": chart, "heading": f"h{level}"})


@register.inclusion_tag("ui/components/sparkline.html")
def sparkline(values: Sequence[float], label: Any) -> dict[str, Any]:
    """Draw a line as small as a word; ``label`` says it in words."""
    path, end = spark_path(values)
    return {"path": path, "end": end, "label": label}


@register.inclusion_tag("ui/components/point_map.html")
def point_map(
    points: Iterable[MapPoint],
    *,
    label: Any,
    outlines: str | None = None,
    id: str = "map",  # noqa: A002 the attribute's name
    fit: str = "country",
    list: bool = True,  # noqa: A002 reads well in templates
    key: bool = False,
    points_url: str = "",
    sources: Iterable[Source] = (),
) -> dict[str, Any]:
    """Show points on a map of Germany, or on the GeoJSON file at the address ``outlines``.

    ``fit="points"`` shows the points' surroundings; ``list=False`` where the page lists them
    itself; ``key=True`` explains half and whole pins. Many points come as GeoJSON from
    ``points_url`` (properties name, text, url) when the map is looked at; ``points`` then are the
    ones that stand out. ``sources`` are named beneath, after that of the outlines.
    """
    points = [*points]
    ours = [OUTLINES] if outlines is None else []
    return {
        "points": points,
        "points_json": [point.as_json() for point in points],
        "label": label,
        "outlines": static("places/laender.geojson") if outlines is None else outlines,
        "id": id,
        "fit": fit,
        "with_list": list,
        "with_key": key,
        "points_url": points_url,
        "sources": [*ours, *sources],
    }


# ------------------------------------------------------------------ long lists


def page_numbers(current: int, last: int) -> list[int | None]:
    """Return first, last and the neighbours of ``current``; ``None`` where some are left out."""
    near = {1, last, current - 1, current, current + 1}
    shown = sorted(number for number in near if 1 <= number <= last)
    numbers: list[int | None] = []
    for number in shown:
        if numbers and numbers[-1] is not None and number - numbers[-1] > 1:
            numbers.append(None)
        numbers.append(number)
    return numbers


@register.inclusion_tag("ui/components/pagination.html", takes_context=True)
def pagination(
    context: template.Context, page: Page[Any], parameter: str = "page"
) -> dict[str, Any]:
    """Show the pages of a list; all other parameters of the address are kept."""
    request = context.get("request")
    query: QueryDict = request.GET.copy() if request else QueryDict(mutable=True)

    def url(number: int) -> str:
        query[parameter] = str(number)
        return f"?{query.urlencode()}"

    numbers = page_numbers(page.number, page.paginator.num_pages)
    return {
        "page": page,
        "pages": [(number, url(number) if number else "") for number in numbers],
        "previous_url": url(page.previous_page_number()) if page.has_previous() else "",
        "next_url": url(page.next_page_number()) if page.has_next() else "",
        "total": grouped(page.paginator.count),
    }


@register.simple_tag(takes_context=True)
def address_with(context: template.Context, name: str, value: Any, drop: str = "") -> str:
    """Return this page's parameters with ``name`` set to ``value`` and ``drop`` left out."""
    request = context.get("request")
    query: QueryDict = request.GET.copy() if request else QueryDict(mutable=True)
    query[name] = str(value)
    query.pop(drop, None)
    return f"?{query.urlencode()}"


@register.simple_tag(takes_context=True)
def table_rows(context: template.Context, table: Table) -> SafeString:
    """Draw the rows of a table on the page that is shown."""
    return drawn_rows(table, context)


@register.inclusion_tag("ui/components/copy_link.html")
def copy_link(url: str, id: str = "copy", label: Any = "") -> dict[str, Any]:  # noqa: A002
    """Show an address with a button that copies it."""
    return {"url": url, "id": id, "label": label}


# ------------------------------------------------------------------ messages

_TONE_OF_LEVEL = {
    message_levels.SUCCESS: "good",
    message_levels.WARNING: "careful",
    message_levels.ERROR: "bad",
}


@register.inclusion_tag("ui/components/toast.html")
def toast(text: Any, level: int = message_levels.INFO, tone: str = "") -> dict[str, Any]:
    """Show a message that floats; the base template does it for ``messages``."""
    tone = tone or _TONE_OF_LEVEL.get(level, "note")
    return {"text": text, "tone": tone, "icon": ICON_OF_TONE[tone]}


register.filter("grouped", grouped)


@register.filter
def isolated(text: Any) -> str:
    """Keep words in another script from turning round the marks beside them."""
    return f"\u2068{text}\u2069"
