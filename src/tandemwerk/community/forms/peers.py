"""What one member asks another, and what both agree on."""

from datetime import date, datetime, timedelta
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tandemwerk.community.enums import PeerKind
from tandemwerk.core import clock

FURTHEST: Final = timedelta(days=366)


class AskForm(forms.Form):
    """A question, a visit, a consultation."""

    kind = forms.ChoiceField(
        label=_("What would you like?"), choices=PeerKind.choices, widget=forms.RadioSelect
    )
    subject = forms.CharField(label=_("What it is about"), max_length=160)
    text = forms.CharField(
        label=_("What you would like to learn"),
        help_text=_("Please write without names of people whom you accompany."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6, "maxlength": 2000}),
    )
    proposed_on = forms.DateField(
        label=_("A day that suits you"),
        help_text=_("For a visit or a consultation. You agree on the day together."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, hosts_visits: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [
            (PeerKind.QUESTION, _("I have a question")),
            (PeerKind.CONSULTATION, _("I would like to talk a case over (peer consultation)")),
        ]
        if hosts_visits:
            kinds.insert(1, (PeerKind.VISIT, _("I would like to visit you and see how you work")))
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined] # a choice field

    def clean_proposed_on(self) -> date | None:
        """A day to come."""
        day: date | None = self.cleaned_data["proposed_on"]
        if day is not None and not clock.today() <= day <= clock.today() + FURTHEST:
            raise ValidationError(_("Please choose a day within the next year."))
        return day


class AgreeForm(forms.Form):
    """Day, time and place."""

    day = forms.DateField(
        label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    time = forms.TimeField(
        label=_("Time"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    minutes = forms.IntegerField(
        label=_("How long (minutes)"), min_value=15, max_value=600, initial=120
    )
    place = forms.CharField(
        label=_("Where"), help_text=_("An address, or the link of a video call."), max_length=200
    )
    answer = forms.CharField(
        label=_("A word about it"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 1000}),
    )

    def clean(self) -> dict[str, Any]:
        """Put day and time together where the programme is, and see that they lie ahead."""
        data = super().clean() or self.cleaned_data
        if "day" not in data or "time" not in data:
            return data
        agreed_at = timezone.make_aware(datetime.combine(data["day"], data["time"]))
        if not clock.now() < agreed_at <= clock.now() + FURTHEST:
            self.add_error("day", _("Please choose a moment within the next year."))
        data["agreed_at"] = agreed_at
        return data


class AnswerForm(forms.Form):
    """The answer to a question."""

    answer = forms.CharField(
        label=_("Your answer"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 6, "maxlength": 1000}),
    )


class DeclineForm(forms.Form):
    """A no, with a word if one likes."""

    answer = forms.CharField(
        label=_("A word about it"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 1000}),
    )


class TookForm(forms.Form):
    """What somebody takes with them."""

    took = forms.CharField(
        label=_("What do you take with you?"),
        help_text=_("Both of you can read it. Nobody else can."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5, "maxlength": 1000}),
    )
