"""The widgets that are functions look as Django's templates do."""

import re

import pytest
from django import forms
from django.template.loader import render_to_string

from tandemwerk.ui.widgets import DRAWN

CHOICES = [("", "All <b>"), ("de", "Ger'man"), ("Group", [("1", "One & only"), ("2", "Two")])]
WIDGETS = {
    "text": forms.TextInput(attrs={"maxlength": 80, "required": True, "hidden": False}),
    "number": forms.NumberInput(),
    "email": forms.EmailInput(attrs={"class": "form-control"}),
    "password": forms.PasswordInput(),
    "hidden": forms.HiddenInput(),
    "date": forms.DateInput(),
    "checkbox": forms.CheckboxInput(attrs={"id": "id_a"}),
    "select": forms.Select(attrs={"id": "id_a", "required": True}, choices=CHOICES),
    "several": forms.SelectMultiple(choices=CHOICES),
    "radio": forms.RadioSelect(attrs={"id": "id_a", "class": "x"}, choices=CHOICES),
    "boxes": forms.CheckboxSelectMultiple(choices=CHOICES),
}


@pytest.mark.parametrize("kind", WIDGETS)
@pytest.mark.parametrize("value", [None, "", "de", '<"1&', 5, ["1", "2"]])
def test_a_widget_is_drawn_as_its_template_says(kind, value):
    widget = WIDGETS[kind]
    context = widget.get_context("field", value, {"aria-describedby": "help"})

    drawn = DRAWN[widget.template_name](context["widget"])

    assert _bare(drawn) == _bare(render_to_string(widget.template_name, context))


def _bare(html: str) -> str:
    return re.sub(r">\s+|\s+<", lambda found: found.group().strip(), html).strip()
