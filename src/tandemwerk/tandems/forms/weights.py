"""The weights of the rules, as sliders with a number beside each."""

from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from tandemwerk import pairing
from tandemwerk.tandems.reasons import SHARE_NAMES

if TYPE_CHECKING:  # what computes is loaded at its first use
    from tandemwerk.pairing import Weights

#: Only proportions matter; more than this would say the same.
GREATEST: Final = 50
LONGEST_WAIT: Final = 1095


class WeightsForm(forms.Form):
    """How much each rule counts, and after how many days somebody goes first."""

    max_wait_days = forms.IntegerField(
        label=_("Goes first after so many days"),
        help_text=_(
            "Newcomers who have waited so long come before every score. 0: nobody does. No tandem "
            "is lost by it."
        ),
        min_value=0,
        max_value=LONGEST_WAIT,
        widget=forms.NumberInput(attrs={"data-width": "short"}),
    )

    def __init__(self, *args: Any, weights: "Weights", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.base = weights
        for rule, name in SHARE_NAMES.items():
            self.fields[rule] = forms.IntegerField(
                label=format_lazy("{}", name),
                min_value=0,
                max_value=GREATEST,
                initial=round(weights.rules.get(rule, 0)),
                widget=forms.NumberInput(attrs={"data-width": "short"}),
            )
        self.fields["max_wait_days"].initial = round(weights.parameters.max_wait_days)

    @property
    def rules(self) -> list[forms.BoundField]:
        """Return the fields that are sliders."""
        return [self[rule] for rule in SHARE_NAMES]

    def clean(self) -> dict[str, Any]:
        """Refuse weights of which none counts."""
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors and not any(cleaned[rule] for rule in SHARE_NAMES):
            raise forms.ValidationError(_("At least one rule must count."))
        return cleaned

    @property
    def weights(self) -> "Weights":
        """Return the weights that were asked for. Only of a valid form."""
        rules = {rule: float(self.cleaned_data[rule]) for rule in SHARE_NAMES}
        wanted = pairing.Weights(rules, self.base.parameters)
        return wanted.with_max_wait(float(self.cleaned_data["max_wait_days"]))
