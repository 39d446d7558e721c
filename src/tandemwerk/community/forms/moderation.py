"""What moderation asks: reasons above all, since they go to the person word for word."""

from datetime import date, datetime, timedelta
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tandemwerk.community.enums import AppealState, DecisionKind, ReportReason, TopicKind
from tandemwerk.community.models import Post, Space, Topic
from tandemwerk.core import clock

MAX_REASON: Final = 2000
#: Without reasons nobody understands these; the others may be plain.
NEEDS_REASON: Final = frozenset(
    {
        *(DecisionKind.HIDE, DecisionKind.EDIT, DecisionKind.MOVE, DecisionKind.SPLIT),
        *(DecisionKind.MERGE, DecisionKind.LOCK, DecisionKind.WARN, DecisionKind.SUSPEND),
    }
)
DAYS: Final = ((1, _("one day")), (7, _("one week")), (30, _("30 days")), (180, _("half a year")))
SLOWNESS: Final = (
    (0, _("as they like")),
    (60, _("one post a minute")),
    (600, _("one post in 10 minutes")),
    (3600, _("one post an hour")),
)


class RulingForm(forms.Form):
    """The reasons, and what its maker had seen when they began."""

    reason = forms.CharField(
        label=_("Reasons"),
        help_text=_("The person reads these words. Say what was wrong and what they can do."),
        max_length=MAX_REASON,
        widget=forms.Textarea(attrs={"rows": 4, "maxlength": MAX_REASON}),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, *args: Any, kind: DecisionKind | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = kind is None or kind in NEEDS_REASON

    def clean_seen(self) -> int:
        """Take a page that did not say what it had seen for one that had seen nothing."""
        return self.cleaned_data["seen"] or 0


class DismissForm(forms.Form):
    """Nothing is to be done."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def clean_seen(self) -> int:
        return self.cleaned_data["seen"] or 0


class EditForm(RulingForm):
    """Other words for a post."""

    field_order = ("body", "reason")

    body = forms.CharField(
        label=_("Text"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 10})
    )


class SuspendForm(RulingForm):
    """How long and where."""

    field_order = ("days", "everywhere", "reason")

    days = forms.TypedChoiceField(label=_("How long"), choices=DAYS, coerce=int, initial=7)
    everywhere = forms.BooleanField(
        label=_("In all spaces"),
        help_text=_("Without the tick it holds in this space only."),
        required=False,
    )

    def __init__(self, *args: Any, may_everywhere: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_everywhere:
            del self.fields["everywhere"]

    def until(self, at: datetime) -> datetime:
        """Return the end: the days from now on."""
        return at + timedelta(days=self.cleaned_data["days"])


class MoveForm(RulingForm):
    """Into which space."""

    field_order = ("space", "reason")

    space = forms.ModelChoiceField(
        label=_("Into which space"),
        queryset=Space.objects.none(),
        help_text=_("From then on everybody who reads that space can read the topic."),
    )

    def __init__(self, *args: Any, spaces: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["space"].queryset = spaces  # type: ignore[attr-defined] # a model field


class MergeForm(RulingForm):
    """Into which topic of the same space."""

    field_order = ("into", "reason")

    into = forms.ModelChoiceField(
        label=_("Into which topic"),
        queryset=Topic.objects.none(),
        help_text=_("The latest topics of the same space."),
    )

    def __init__(self, *args: Any, topics: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into"].queryset = topics  # type: ignore[attr-defined] # a model field


class SplitForm(RulingForm):
    """Which posts become a topic of their own."""

    field_order = ("posts", "title", "kind", "reason")

    posts = forms.TypedMultipleChoiceField(
        label=_("Which posts"), coerce=int, widget=forms.CheckboxSelectMultiple
    )
    title = forms.CharField(label=_("Title of the new topic"), max_length=160)
    kind = forms.ChoiceField(
        label=_("What it is"),
        choices=[each for each in TopicKind.choices if each[0] != TopicKind.ANNOUNCEMENT],
        initial=TopicKind.DISCUSSION,
    )

    def __init__(self, *args: Any, posts: list[tuple[Post, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(post.pk, words) for post, words in posts]
        self.fields["posts"].choices = choices  # type: ignore[attr-defined] # a choice field


class PinForm(RulingForm):
    """Until when."""

    field_order = ("until", "reason")

    until = forms.DateField(
        label=_("Until"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def clean_until(self) -> date:
        """A day ahead, and not for ever."""
        day: date = self.cleaned_data["until"]
        if not clock.today() < day <= clock.today() + timedelta(days=366):
            raise ValidationError(_("Please choose a day within the next year."))
        return day


class SlowForm(RulingForm):
    """How slowly."""

    field_order = ("seconds", "reason")

    seconds = forms.TypedChoiceField(
        label=_("Everybody may post"), choices=SLOWNESS, coerce=int, widget=forms.RadioSelect
    )


class ReportForm(forms.Form):
    """What is wrong with a post."""

    reason = forms.ChoiceField(
        label=_("What is wrong?"), choices=ReportReason.choices, widget=forms.RadioSelect
    )
    text = forms.CharField(
        label=_("In your words"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 1000}),
    )


class RevealForm(forms.Form):
    """Why somebody has to know who asked."""

    reason = forms.CharField(
        label=_("Why do you have to know?"),
        help_text=_("Your reason stands in the audit trail. Please name nobody in it."),
        min_length=10,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 500}),
    )


class AppealForm(forms.Form):
    """Why it was wrong."""

    text = forms.CharField(
        label=_("Why do you see it differently?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6, "maxlength": 2000}),
    )


class AppealAnswerForm(forms.Form):
    """Whether it was wrong, and why."""

    state = forms.ChoiceField(
        label=_("What do you decide?"),
        choices=[
            (AppealState.GRANTED, _("The person is right: the decision is taken back.")),
            (AppealState.REFUSED, _("The decision stands.")),
        ],
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label=_("Reasons"),
        help_text=_("The person reads these words."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5, "maxlength": 2000}),
    )
