"""Form fields that several rooms ask with, and the renderer that draws every form."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import TemplatesSetting
from django.utils.datastructures import MultiValueDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tandemwerk.ui.widgets import DRAWN

Choices = Sequence[tuple[Any, str | Promise]]

#: Monday first, as the mask counts: bit = day * 3 + part.
DAYS: Final = (
    _("Monday"),
    _("Tuesday"),
    _("Wednesday"),
    _("Thursday"),
    _("Friday"),
    _("Saturday"),
    _("Sunday"),
)
PARTS_OF_DAY: Final = (_("Morning"), _("Afternoon"), _("Evening"))
LANGUAGE: Final = _("Language")
LEVEL: Final = _("Level")
SLOTS: Final = len(DAYS) * len(PARTS_OF_DAY)


class Renderer(TemplatesSetting):
    """Draws ``{{ form }}`` and ``{{ field.as_field_group }}`` as the design system wants."""

    form_template_name = "ui/forms/form.html"
    field_template_name = "ui/forms/field.html"

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        """Draw a widget: the plain ones by their function, the others by their template."""
        if draw := DRAWN.get(template_name):
            return draw(context["widget"])
        return super().render(template_name, context, request)


def _listed(data: Any, name: str) -> list[str]:
    """Return all values sent under ``name``."""
    if isinstance(data, MultiValueDict):
        return data.getlist(name)
    value = data.get(name, [])
    return [*value] if isinstance(value, (list, tuple)) else [value]


class FlagsField(forms.TypedMultipleChoiceField):
    """Several of a few choices, kept as the bits of one integer.

    The value of a choice is its bit: ``FlagsField(choices=TandemKind.choices)`` with kinds
    0, 1 and 2 cleans to a mask from 0 (nothing) to 7. ``initial`` is a mask as well.
    """

    widget = forms.CheckboxSelectMultiple

    def __init__(self, *, choices: Any, **kwargs: Any) -> None:
        super().__init__(choices=choices, coerce=int, empty_value=[], **kwargs)

    def clean(self, value: Any) -> int:
        """Return the mask."""
        return sum(1 << bit for bit in set(super().clean(value)))

    def prepare_value(self, value: Any) -> Any:
        """Return the bits that are set."""
        if isinstance(value, int):
            return [str(bit) for bit in range(value.bit_length()) if value >> bit & 1]
        return value

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare as sets of bits."""
        return super().has_changed(self.prepare_value(initial or 0), data)


class WeekGridWidget(forms.Widget):
    """Seven days by three parts of the day, as a table of check boxes."""

    template_name = "ui/forms/week_grid.html"
    use_fieldset = True

    def value_from_datadict(self, data: Any, _files: Any, name: str) -> list[str]:
        """Return the numbers of the slots as sent."""
        return _listed(data, name)

    def value_omitted_from_data(self, _data: Any, _files: Any, _name: str) -> bool:
        """No box ticked is an answer."""
        return False

    def id_for_label(self, _id: str) -> str:
        """The legend names the group, no single box."""
        return ""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Return the rows of the table."""
        context = super().get_context(name, value, attrs)
        context["widget"]["parts"] = PARTS_OF_DAY
        context["widget"]["days"] = week_rows(value)
        return context


def week_rows(value: Any) -> list[dict[str, Any]]:
    """Return days with their slots: number, name and whether the slot is in ``value``.

    ``value`` is a mask, or the slot numbers a form sent.
    """
    if isinstance(value, int):
        chosen = {str(slot) for slot in range(SLOTS) if value >> slot & 1}
    else:
        chosen = {str(slot) for slot in value or ()}
    return [
        {
            "label": day,
            "slots": [
                {
                    "number": row * len(PARTS_OF_DAY) + column,
                    "part": part,
                    "is_on": str(row * len(PARTS_OF_DAY) + column) in chosen,
                }
                for column, part in enumerate(PARTS_OF_DAY)
            ],
        }
        for row, day in enumerate(DAYS)
    ]


class WeekGridField(forms.Field):
    """Times of a week as a mask of 21 bits: bit = day * 3 + part, Monday morning is bit 0."""

    widget = WeekGridWidget
    default_error_messages = {
        "required": _("Please choose at least one time."),
        "invalid": _("This is no time of the week."),
    }

    def to_python(self, value: Any) -> int:
        """Return the mask. Raises ValidationError for a slot that no week has."""
        mask = 0
        for slot in value or ():
            text = str(slot)
            if not (text.isascii() and text.isdigit() and int(text[:4]) < SLOTS):
                raise ValidationError(self.error_messages["invalid"], code="invalid")
            mask |= 1 << int(text[:4])
        return mask

    def validate(self, value: int) -> None:
        """Nothing ticked is empty."""
        if self.required and not value:
            raise ValidationError(self.error_messages["required"], code="required")

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare as masks."""
        try:
            return (initial or 0) != self.to_python(data)
        except ValidationError:
            return True


class LevelRowsWidget(forms.Widget):
    """Rows of a thing and its level, with some empty rows to fill: works without script."""

    template_name = "ui/forms/level_rows.html"
    use_fieldset = True
    spare_rows = 2
    least_rows = 3
    most_rows = 12

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.choices: Choices = ()
        self.levels: Choices = ()
        self.heading: Any = ""
        self.level_heading: Any = ""

    def value_from_datadict(self, data: Any, _files: Any, name: str) -> list[tuple[str, str]]:
        """Return the rows as sent, without the empty ones."""
        things = _listed(data, f"{name}_what")
        levels = _listed(data, f"{name}_level")
        padded = [*levels, *[""] * max(0, len(things) - len(levels))]
        return [row for row in zip(things, padded, strict=False) if any(row)]

    def value_omitted_from_data(self, data: Any, _files: Any, name: str) -> bool:
        """The rows were not part of the form that was sent."""
        return f"{name}_what" not in data

    def id_for_label(self, _id: str) -> str:
        """The legend names the group, no single row."""
        return ""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Return filled rows and some empty ones."""
        context = super().get_context(name, value, attrs)
        filled = [(str(what), str(level)) for what, level in value or ()]
        count = min(self.most_rows, max(self.least_rows, len(filled) + self.spare_rows))
        rows = [*filled, *[("", "")] * max(0, count - len(filled))]
        context["widget"].update(
            rows=[self._row(what, level) for what, level in rows],
            heading=self.heading,
            level_heading=self.level_heading,
        )
        return context

    def _row(self, what: str, level: str) -> dict[str, Any]:
        return {"whats": _options(self.choices, what), "levels": _options(self.levels, level)}


def _options(choices: Choices, chosen: str) -> list[tuple[str, Any, bool]]:
    return [(str(value), label, str(value) == chosen) for value, label in choices]


class LevelRowsField(forms.Field):
    """Languages with levels: the cleaned value is a list of pairs in the order given.

    ``choices`` are the things, ``levels`` their levels; ``initial`` is a list of such pairs.
    ``coerce_level=int`` gives numbers where the levels are an IntegerChoices.
    """

    widget = LevelRowsWidget
    default_error_messages = {
        "required": _("Please choose at least one."),
        "unknown": _("Please choose from the list."),
        "level": _("Please choose a level for %(what)s."),
        "alone": _("Please choose what the level is for."),
        "twice": _("%(what)s is there twice."),
    }

    def __init__(
        self,
        *,
        choices: Iterable[tuple[Any, Any]],
        levels: Iterable[tuple[Any, Any]],
        heading: Any = LANGUAGE,
        level_heading: Any = LEVEL,
        coerce_level: Callable[[str], Any] = str,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.choices = [*choices]
        self.levels = [*levels]
        self.coerce_level = coerce_level
        self.widget.choices = self.choices
        self.widget.levels = self.levels
        self.widget.heading = heading
        self.widget.level_heading = level_heading

    def to_python(self, value: Any) -> list[tuple[str, Any]]:
        """Return the rows. Raises ValidationError naming the first row that does not fit."""
        names: Mapping[str, Any] = {str(code): label for code, label in self.choices}
        levels = {str(code) for code, _label in self.levels}
        rows: list[tuple[str, Any]] = []
        for what, level in value or ():
            if not what:
                raise self._error("alone")
            if what not in names or (level and level not in levels):
                raise self._error("unknown")
            if not level:
                raise self._error("level", what=names[what])
            if what in {known for known, _level in rows}:
                raise self._error("twice", what=names[what])
            rows.append((what, self.coerce_level(level)))
        return rows

    def _error(self, code: str, **params: Any) -> ValidationError:
        return ValidationError(self.error_messages[code], code=code, params=params)

    def validate(self, value: list[tuple[str, Any]]) -> None:
        """No row is empty."""
        if self.required and not value:
            raise self._error("required")

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare the rows in their order."""
        return [(str(what), str(level)) for what, level in initial or ()] != [*(data or ())]


class FileDropInput(forms.FileInput):
    """A file field onto which one can drop a file."""

    template_name = "ui/forms/file_drop.html"


class AppearanceForm(forms.Form):
    """How the visitor wants to see the pages."""

    theme = forms.ChoiceField(
        label=_("Light or dark"),
        choices=[
            ("auto", _("As my device says")),
            ("light", _("Light")),
            ("dark", _("Dark")),
        ],
        widget=forms.RadioSelect,
    )
    contrast = forms.ChoiceField(
        label=_("Contrast"),
        choices=[
            ("auto", _("As my device says")),
            ("normal", _("Normal")),
            ("more", _("High contrast")),
        ],
        widget=forms.RadioSelect,
    )
