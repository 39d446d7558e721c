"""What the page of the way of knowledge is narrowed down by."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tandemwerk.programme.models import Carrier

MONTHS: Final = ((12, _("the last 12 months")), (3, _("the last 3 months")), (36, _("3 years")))


class ChainForm(forms.Form):
    """A time and a carrier."""

    months = forms.TypedChoiceField(
        label=pgettext_lazy("period", "Time"), choices=MONTHS, coerce=int, required=False
    )
    carrier = forms.ModelChoiceField(
        label=_("Carrier"),
        queryset=Carrier.objects.none(),
        required=False,
        empty_label=_("all carriers"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        carriers = Carrier.objects.order_by("name", "pk")
        self.fields["carrier"].queryset = carriers  # type: ignore[attr-defined] # a model field
