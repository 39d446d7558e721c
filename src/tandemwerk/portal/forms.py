"""How overview and worklist are narrowed down; everything stays in the address."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tandemwerk.core.worklist import URGENCIES
from tandemwerk.places import land_choices
from tandemwerk.programme.models import Site

URGENCY_LABELS = {"now": _("now"), "soon": _("soon"), "later": _("when there is time")}


def _or_all(choices: Iterable[tuple[Any, Any]]) -> list[tuple[Any, Any]]:
    return [("", _("All")), *choices]


class OverviewForm(forms.Form):
    """Year, carrier and Land. The ministry's has the year alone."""

    year = forms.TypedChoiceField(label=_("Year"), coerce=int, empty_value=None, required=False)
    carrier = forms.TypedChoiceField(
        label=_("Carrier"), coerce=int, empty_value=None, required=False
    )
    land = forms.ChoiceField(label=_("Land"), required=False)

    def __init__(
        self, *args: Any, years: list[int], carriers: dict[int, str] | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choices: dict[str, Any] = {"year": _or_all((str(year), str(year)) for year in years)}
        if carriers is None:
            del self.fields["carrier"], self.fields["land"]
        else:
            choices["carrier"] = _or_all(carriers.items())
            choices["land"] = _or_all(land_choices())
            if len(carriers) < 2:  # noqa: PLR2004  one carrier is nothing to choose from
                del self.fields["carrier"], choices["carrier"]
        for name, values in choices.items():
            field: Any = self.fields[name]
            field.choices = values


class WorkForm(forms.Form):
    """How urgent, and at which of the own sites."""

    urgency = forms.ChoiceField(
        label=_("How urgent"),
        choices=[("", _("All")), *((each, URGENCY_LABELS[each]) for each in URGENCIES)],
        required=False,
    )
    site = forms.ChoiceField(label=_("Site"), required=False)

    def __init__(self, *args: Any, sites: list[Site], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["site"]
        field.choices = _or_all((site.slug, site.name) for site in sites)
        if len(sites) < 2:  # noqa: PLR2004  one site is nothing to choose from
            del self.fields["site"]
