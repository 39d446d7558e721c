"""What the pages of a tandem's life ask."""

from datetime import datetime, time, timedelta
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tandemwerk.core import clock
from tandemwerk.intake.enums import Side
from tandemwerk.tandems.enums import EndReason, MeetingKind, Mood

#: A day is enough for a meeting that is over; it counts from the middle of that day.
MIDDAY: Final = time(12)
FURTHEST: Final = timedelta(days=366)
MAX_NOTE: Final = 4000


class DateInput(forms.DateInput):
    """The browser's own calendar; ISO both ways."""

    input_type = "date"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%Y-%m-%d", **kwargs)


class TimeInput(forms.TimeInput):
    """The browser's own clock; ISO both ways."""

    input_type = "time"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%H:%M", **kwargs)


class CheckInForm(forms.Form):
    """The four answers, and a line of text."""

    mood = forms.ChoiceField(
        label=_("How is it going with your tandem?"),
        choices=Mood.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose an answer.")},
    )
    line = forms.CharField(
        label=_("Do you want to tell us more?"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 300}),
    )


class RecordCheckInForm(CheckInForm):
    """What somebody said by phone or at the site, written down by the team."""

    field_order = ("side", "mood", "line")

    side = forms.ChoiceField(
        label=_("Who said it?"), choices=Side.choices, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, names: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["side"].choices = [(side, names[side]) for side in Side]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["mood"].label = _("How is it going?")
        self.fields["line"].label = _("In their words")


class HandleForm(forms.Form):
    """What came of it, when somebody had asked for a call."""

    note = forms.CharField(
        label=_("What did you agree?"),
        help_text=_("Only the team of your site reads this."),
        max_length=MAX_NOTE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class NoteForm(forms.Form):
    """A note for the own team."""

    text = forms.CharField(
        label=_("Note"),
        help_text=_("Only the team of your site reads this."),
        max_length=MAX_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class AgreementForm(forms.Form):
    """What both want from each other."""

    agreement = forms.CharField(
        label=_("Agreement"),
        help_text=_("How often do they meet, where, and what for? Both can read this."),
        max_length=MAX_NOTE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )


class MoveForm(forms.Form):
    """Why a tandem goes from one state to another."""

    reason = forms.CharField(
        label=_("A line for the record"),
        help_text=_("Only the team of your site reads this."),
        max_length=200,
        required=False,
    )


class EndForm(MoveForm):
    """Why a tandem ends: it cannot be taken back."""

    field_order = ("end_reason", "reason")

    end_reason = forms.ChoiceField(
        label=_("Why does it end?"), choices=EndReason.choices, widget=forms.RadioSelect
    )


class MetForm(forms.Form):
    """They met: a day and a kind, a line if there is something to say."""

    day = forms.DateField(label=_("When did they meet?"), widget=DateInput)
    kind = forms.ChoiceField(label=_("What was it?"), choices=MeetingKind.choices)
    note = forms.CharField(label=_("A line about it"), max_length=300, required=False)

    def clean_day(self) -> Any:
        """No meeting of tomorrow can be noted, and none of years ago by a slip."""
        day = self.cleaned_data["day"]
        today = clock.today()
        if day > today:
            raise ValidationError(_("This day is still to come. You can arrange a meeting for it."))
        if day < today - FURTHEST:
            raise ValidationError(_("This day is more than a year ago. Please check it."))
        return day

    @property
    def met_at(self) -> datetime:
        """Return the moment that stands for the day: now, or midday of a day before."""
        day = self.cleaned_data["day"]
        now = clock.now()
        if day == clock.today():
            return now
        return timezone.make_aware(datetime.combine(day, MIDDAY))


class MeetingForm(forms.Form):
    """When and where they meet."""

    day = forms.DateField(label=_("Day"), widget=DateInput)
    time = forms.TimeField(label=_("Time"), widget=TimeInput)
    minutes = forms.IntegerField(
        label=_("How long (minutes)"), min_value=15, max_value=480, initial=60
    )
    place = forms.CharField(label=_("Where"), max_length=160)
    kind = forms.ChoiceField(label=_("What is it?"), choices=MeetingKind.choices)

    def __init__(self, *args: Any, must_be_past: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.must_be_past = must_be_past

    def clean(self) -> dict[str, Any]:
        """Put day and time together where the programme is, and see that they fit."""
        data = super().clean() or self.cleaned_data
        if "day" not in data or "time" not in data:
            return data
        starts_at = timezone.make_aware(datetime.combine(data["day"], data["time"]))
        now = clock.now()
        if self.must_be_past and starts_at > now:
            self.add_error("day", _("This meeting is over; its day cannot lie ahead."))
        elif not self.must_be_past and starts_at <= now:
            self.add_error("day", _("This moment is over. Please choose a later one."))
        elif abs(starts_at - now) > FURTHEST:
            self.add_error("day", _("This is more than a year away. Please check the day."))
        data["starts_at"] = starts_at
        return data


class ChangeMeetingForm(MeetingForm):
    """A meeting with what was noted about it."""

    note = forms.CharField(label=_("A line about it"), max_length=300, required=False)
