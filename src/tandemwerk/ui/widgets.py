"""Django's plain widgets as functions: a list of options is a template run for each of them.

The markup is that of ``django/forms/widgets/``; ``tests/ui/test_widgets.py`` holds the two
together.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from django.utils.html import conditional_escape, escape, format_html, format_html_join
from django.utils.safestring import SafeString

Widget = Mapping[str, Any]


def _attributes(widget: Widget) -> SafeString:
    shown = [(name, value) for name, value in widget["attrs"].items() if value is not False]
    if not shown:
        return SafeString()
    parts = [
        format_html(" {}", name) if value is True else format_html(' {}="{}"', name, str(value))
        for name, value in shown
    ]
    return SafeString("".join(parts))


def _input(widget: Widget) -> SafeString:
    value = widget["value"]
    return format_html(
        '<input type="{}" name="{}"{}{}>',
        widget["type"],
        widget["name"],
        "" if value is None else format_html(' value="{}"', str(value)),
        _attributes(widget),
    )


def _box(widget: Widget) -> SafeString:
    """Draw one of several boxes with its label."""
    if not widget["wrap_label"]:
        return _input(widget)
    number = widget["attrs"].get("id")
    return format_html(
        "<label{}>{} {}</label>",
        format_html(' for="{}"', number) if number else "",
        _input(widget),
        widget["label"],
    )


def _option(widget: Widget) -> SafeString:
    # There may be hundreds on a page: put together by hand, which format_html takes longer for.
    value, label = escape(str(widget["value"])), conditional_escape(widget["label"])
    return SafeString(f'<option value="{value}"{_attributes(widget)}>{label}</option>')


def _grouped(
    widget: Widget, opening: str, closing: str, draw: Callable[[Widget], SafeString]
) -> Iterable[SafeString]:
    for label, options, _index in widget["optgroups"]:
        if label:
            yield format_html(opening, label)
        yield from map(draw, options)
        if label:
            yield SafeString(closing)


def _select(widget: Widget) -> SafeString:
    options = _grouped(widget, '<optgroup label="{}">', "</optgroup>", _option)
    return format_html(
        '<select name="{}"{}>\n{}\n</select>',
        widget["name"],
        _attributes(widget),
        SafeString("\n".join(options)),
    )


def _boxes(widget: Widget) -> SafeString:
    boxes = _grouped(
        widget,
        "<div><label>{}</label>",
        "</div>",
        lambda option: format_html("<div>{}</div>", _box(option)),
    )
    named = [(name, widget["attrs"][name]) for name in ("id", "class") if widget["attrs"].get(name)]
    return format_html(
        "<div{}>\n{}\n</div>",
        format_html_join("", ' {}="{}"', named),
        SafeString("\n".join(boxes)),
    )


_INPUTS: Final = (
    *("text", "number", "email", "url", "tel", "search", "color", "password"),
    *("hidden", "date", "datetime", "time", "checkbox", "input"),
)
#: Name of Django's template -> what draws the same.
DRAWN: Final[Mapping[str, Callable[[Widget], SafeString]]] = {
    **{f"django/forms/widgets/{name}.html": _input for name in _INPUTS},
    "django/forms/widgets/select.html": _select,
    "django/forms/widgets/checkbox_select.html": _boxes,
    "django/forms/widgets/radio.html": _boxes,
}
