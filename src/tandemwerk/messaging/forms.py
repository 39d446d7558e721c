"""What people choose about their notices, and the answer box of the demo."""

from datetime import date, timedelta
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tandemwerk.messaging.enums import Rhythm
from tandemwerk.messaging.kinds import groups

LONGEST_PAUSE: Final = timedelta(days=366)
LONGEST_ANSWER: Final = 5000


class ChoicesForm(forms.Form):
    """One question for each group, and a pause."""

    def __init__(
        self, *args: Any, rhythms: dict[str, Rhythm], until: date | None, today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._today, self._until = today, until
        for group in groups():
            self.fields[group.name] = forms.ChoiceField(
                label=group.label,
                help_text=group.description,
                choices=Rhythm.choices,
                initial=rhythms[group.name],
            )
        self.fields["pause_until"] = forms.DateField(
            label=_("No mails until"),
            help_text=_("For a holiday, for example. What happens meanwhile comes in one mail."),
            required=False,
            initial=until,
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        )

    def clean_pause_until(self) -> date | None:
        """Refuse a day that is over or far away; one that was chosen before may stay."""
        until: date | None = self.cleaned_data["pause_until"]
        if until is None or until == self._until:
            return until
        if until <= self._today:
            raise ValidationError(_("Please choose a day that is still to come."))
        if until > self._today + LONGEST_PAUSE:
            raise ValidationError(_("Please choose a day within one year."))
        return until

    @property
    def rhythms(self) -> dict[str, Rhythm]:
        """Return what was chosen: group -> rhythm."""
        return {group.name: Rhythm(self.cleaned_data[group.name]) for group in groups()}


class AnswerForm(forms.Form):
    """The answer that a visitor of the demo writes to a mail."""

    text = forms.CharField(
        label=_("Your answer"),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=LONGEST_ANSWER,
    )
