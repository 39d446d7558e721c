"""By what the people of a site or carrier are compared, and which of them."""

from typing import Any, Final

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from tandemwerk.tandems.queries.course import DIVISIONS, SIDE, SIDES

_BOTH: Final = "both"


class CourseForm(forms.Form):
    """The choices of an address; what it leaves out is volunteers and newcomers, compared."""

    by = forms.ChoiceField(label=_("Compare by"), choices=list(DIVISIONS.items()))
    who = forms.ChoiceField(
        label=_("People"),
        choices=[(_BOTH, _("both sides")), *((side.value, name) for side, name in SIDES.items())],
    )

    def __init__(self, query: QueryDict) -> None:
        super().__init__({"by": SIDE, "who": _BOTH} | query.dict())

    @property
    def division(self) -> str:
        """Return by what to compare."""
        return self._said("by") or SIDE

    @property
    def side(self) -> str:
        """Return whom to compare: one of Side, or "" for both."""
        return "" if (who := self._said("who")) == _BOTH else who

    def _said(self, name: str) -> Any:
        return self.cleaned_data.get(name, "") if self.is_valid() else ""
