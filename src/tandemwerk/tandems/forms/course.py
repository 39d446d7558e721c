"""By what the people of a site or carrier are compared, and which of them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tandemwerk.tandems.queries.course import DIVISIONS, SIDE, SIDES


class CourseForm(forms.Form):
    """Both may be left out: then volunteers and newcomers are compared."""

    by = forms.ChoiceField(label=_("Compare by"), choices=list(DIVISIONS.items()), required=False)
    who = forms.ChoiceField(
        label=_("Who"),
        choices=[("", _("both sides")), *((side.value, name) for side, name in SIDES.items())],
        required=False,
    )

    def __init__(self, data: Any) -> None:
        super().__init__(data, initial={"by": SIDE})

    @property
    def division(self) -> str:
        """Return by what to compare."""
        return self._said("by") or SIDE

    @property
    def side(self) -> str:
        """Return whom to compare: one of Side, or "" for both."""
        return self._said("who")

    def _said(self, name: str) -> str:
        return str(self.cleaned_data.get(name, "")) if self.is_bound and self.is_valid() else ""
