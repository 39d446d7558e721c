"""What somebody says to a proposal."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tandemwerk.tandems.enums import AnswerState
from tandemwerk.tandems.models import Answer


def _line(label: Any, help_text: Any) -> forms.CharField:
    length = Answer._meta.get_field("note").max_length
    return forms.CharField(label=label, help_text=help_text, max_length=length, required=False)


class AnswerForm(forms.Form):
    """The three answers in words that everybody understands, and a line if they like."""

    answer = forms.TypedChoiceField(
        label=_("What do you say?"),
        choices=[
            (AnswerState.YES, _("Yes, I would like to meet")),
            (AnswerState.NO, _("No, rather not")),
            (AnswerState.CALL_ME, _("Please call me")),
        ],
        coerce=AnswerState,
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose one of the three answers.")},
    )
    note = _line(_("Do you want to tell us something?"), _("Only the team of the site reads this."))


class RecordAnswerForm(forms.Form):
    """What somebody said to the team by phone or at the site."""

    answer = forms.TypedChoiceField(
        label=_("Answer"),
        choices=[
            (AnswerState.YES, pgettext_lazy("answer", "Yes")),
            (AnswerState.NO, pgettext_lazy("answer", "No")),
            (AnswerState.CALL_ME, _("Wants to be called")),
        ],
        coerce=AnswerState,
        widget=forms.RadioSelect,
    )
    note = _line(_("Note"), _("For your team. A sentence is enough."))

    def __init__(self, *args: Any, answer: Answer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("note", answer.note)
