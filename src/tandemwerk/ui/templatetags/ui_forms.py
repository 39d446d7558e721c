"""Template tags around forms: the summary of errors, the grid of a week, filters."""

from collections.abc import Iterable
from typing import Any

from django import forms, template
from django.forms import BaseForm
from django.forms.boundfield import BoundField
from django.http import QueryDict

from tandemwerk.ui.forms import PARTS_OF_DAY, week_rows
from tandemwerk.ui.parts import Chip

register = template.Library()


@register.filter
def widget_kind(field: BoundField) -> str:
    """Return what kind of widget a field has, for the layout: checkbox, choices or field."""
    widget = field.field.widget
    if isinstance(widget, forms.CheckboxInput):
        return "checkbox"
    if isinstance(widget, (forms.CheckboxSelectMultiple, forms.RadioSelect)):
        return "choices"
    return "field"


@register.inclusion_tag("ui/forms/error_summary.html")
def error_summary(form: BaseForm) -> dict[str, Any]:
    """Say at the top what needs attention, with a link to each field."""
    problems = [{"text": text, "target": ""} for text in form.non_field_errors()]
    for field in form:
        target = field.id_for_label or (f"div_{field.auto_id}" if field.auto_id else "")
        label = str(field.label).rstrip(" .:?؟")
        problems += [
            {"text": f"{label}: {text}", "target": "" if field.is_hidden else target}
            for text in field.errors
        ]
    return {"form": form, "problems": problems}


@register.inclusion_tag("ui/components/week_shown.html")
def week(mask: int, label: Any = "") -> dict[str, Any]:
    """Show the times of a week, to read only."""
    return {"days": week_rows(mask), "parts": PARTS_OF_DAY, "label": label}


@register.inclusion_tag("ui/forms/filter_bar.html", takes_context=True)
def filter_bar(context: template.Context, filterset: Any, keep: str = "sort") -> dict[str, Any]:
    """Draw a filter of django-filter: chips that one can remove, and the form to open.

    Everything stays in the address; the parameters named in ``keep`` are kept.
    """
    request = context.get("request")
    query: QueryDict = request.GET.copy() if request else QueryDict(mutable=True)
    query.pop("page", None)
    names = [*filterset.form.fields]
    without = query.copy()
    for key in _keys(names, query):
        without.pop(key, None)
    return {
        "form": filterset.form,
        "chips": [*_chips(filterset.form, query)],
        "clear_url": _address(without),
        "kept": [(name, value) for name in keep.split() for value in query.getlist(name)],
        "is_open": bool(filterset.form.errors),
    }


def _address(query: QueryDict) -> str:
    return f"?{query.urlencode()}"


def _keys(names: Iterable[str], query: QueryDict) -> list[str]:
    """Return the parameters of the fields, those of ranges (``born_min``) as well."""
    return [key for key in query for name in names if key == name or key.startswith(f"{name}_")]


def _chips(form: BaseForm, query: QueryDict) -> Iterable[Chip]:
    for name, field in form.fields.items():
        for key in _keys([name], query):
            if key != name and key in form.fields:
                continue
            for value in query.getlist(key):
                if value:
                    rest = query.copy()
                    rest.setlist(key, [other for other in query.getlist(key) if other != value])
                    yield Chip(
                        label=field.label, value=_worded(field, value), remove_url=_address(rest)
                    )


def _worded(field: forms.Field, value: str) -> Any:
    """Return the words of a choice, or the value itself."""
    for code, label in getattr(field, "choices", ()):
        if isinstance(label, (list, tuple)):
            for inner, inner_label in label:
                if str(inner) == value:
                    return inner_label
        elif str(code) == value:
            return label
    return value
