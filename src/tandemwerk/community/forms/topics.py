"""What is asked when somebody begins a topic."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tandemwerk.community.enums import Anonymity, TopicKind
from tandemwerk.community.forms.posts import PostForm
from tandemwerk.community.services.polls import FEWEST, MOST, PollDraft
from tandemwerk.core import clock
from tandemwerk.knowledge.models import Term

MAX_TERMS: Final = 5
MAX_OPTION: Final = 120


class TermsField(forms.ModelMultipleChoiceField[Term]):
    """Words of the vocabulary in the reader's language."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            queryset=Term.objects.filter(is_retired=False).order_by("order", "slug"),
            to_field_name="slug",
            required=False,
            label=_("What is it about?"),
            help_text=_("Up to five. So that those who know something about it find it."),
            **kwargs,
        )

    def clean(self, value: Any) -> Any:
        """Take no more than a few."""
        terms = super().clean(value)
        if len(terms) > MAX_TERMS:
            raise ValidationError(_("Please choose five at most."))
        return terms


class TopicForm(PostForm):
    """Kind, title, text, tags; who asks; and a poll for those who want one."""

    field_order = ("kind", "title", "body", "files", "terms", "anonymity")

    kind = forms.ChoiceField(
        label=pgettext_lazy("topic", "What is it?"),
        choices=TopicKind.choices,
        widget=forms.RadioSelect,
    )
    title = forms.CharField(
        label=_("Title"),
        help_text=_("One sentence. Others find your topic by it."),
        max_length=160,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )
    anonymity = forms.ChoiceField(
        label=_("Who asks?"),
        choices=Anonymity.choices,
        widget=forms.RadioSelect,
        required=False,
        help_text=_(
            "Questions can be asked without a name. If nobody is to know it, we keep nothing that "
            "leads to you: no name, no files. You get a secret link with which you can answer."
        ),
    )
    terms = TermsField()
    wants_acknowledgement = forms.BooleanField(
        label=_("Ask everybody to confirm that they have read it"), required=False
    )
    poll_question = forms.CharField(label=_("Question of the poll"), max_length=200, required=False)
    poll_options = forms.CharField(
        label=_("Answers"),
        help_text=_("One in each line, two to eight."),
        required=False,
        max_length=1_200,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )
    poll_several = forms.BooleanField(label=_("One may choose several"), required=False)
    poll_closes_on = forms.DateField(
        label=_("Open until"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )

    poll_fields = ("poll_question", "poll_options", "poll_several", "poll_closes_on")

    def __init__(self, *args: Any, may_announce: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_announce:
            kind = self.fields["kind"]
            kind.choices = [  # type: ignore[attr-defined]  # a ChoiceField
                each for each in TopicKind.choices if each[0] != TopicKind.ANNOUNCEMENT
            ]
            del self.fields["wants_acknowledgement"]

    def clean_title(self) -> str:
        """Return the title on one line."""
        return " ".join(str(self.cleaned_data["title"]).split())

    def clean_anonymity(self) -> str:
        return str(self.cleaned_data["anonymity"] or Anonymity.NAMED)

    def clean(self) -> dict[str, Any]:
        """See that what was chosen fits together."""
        cleaned = super().clean() or self.cleaned_data
        is_question = cleaned.get("kind") == TopicKind.QUESTION
        anonymity = cleaned.get("anonymity")
        if anonymity not in {None, Anonymity.NAMED} and not is_question:
            self.add_error("anonymity", _("Only questions can be asked without a name."))
        if anonymity == Anonymity.NOBODY and (self.kept_files or cleaned.get("files")):
            self.add_error(
                "anonymity",
                _("Files often say who wrote them. Please take them away, or choose another way."),
            )
        self._clean_poll(cleaned)
        return cleaned

    def _clean_poll(self, cleaned: dict[str, Any]) -> None:
        options = self.options()
        if not cleaned.get("poll_question") and not options:
            return
        if not cleaned.get("poll_question"):
            self.add_error("poll_question", _("What do you want to ask in the poll?"))
        if not FEWEST <= len(options) <= MOST:
            self.add_error(
                "poll_options", _("Please write two to eight answers, one in each line.")
            )
        if any(len(each) > MAX_OPTION for each in options):
            self.add_error("poll_options", _("An answer has 120 letters at most."))
        closes_on = cleaned.get("poll_closes_on")
        if closes_on is not None and closes_on < clock.today():
            self.add_error("poll_closes_on", _("This day is over."))

    def options(self) -> list[str]:
        """Return the answers of the poll, each once."""
        lines = str(self.cleaned_data.get("poll_options", "")).splitlines()
        return list(dict.fromkeys(" ".join(each.split()) for each in lines if each.strip()))

    def poll(self) -> PollDraft | None:
        """Return the poll, or None where none is asked for."""
        question = self.cleaned_data.get("poll_question")
        if not question:
            return None
        return PollDraft(
            question=question,
            options=self.options(),
            allows_several=self.cleaned_data["poll_several"],
            closes_at=end_of(self.cleaned_data["poll_closes_on"]),
        )

    @property
    def text_to_check(self) -> str:
        data = self.cleaned_data
        said: Iterable[str] = (
            str(data.get(name, "")) for name in ("title", "body", "poll_question", "poll_options")
        )
        return "\n".join(said)

    def poll_group(self) -> list[Any]:
        """Return the fields of the poll, for their own part of the page."""
        return [self[name] for name in self.poll_fields]

    @property
    def has_poll_words(self) -> bool:
        return any(self[name].value() or self[name].errors for name in self.poll_fields)


class EditTopicForm(forms.Form):
    """Title and tags of a topic, changed with its first post."""

    title = forms.CharField(
        label=_("Title"), max_length=160, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    terms = TermsField()


def end_of(day: date | None) -> datetime | None:
    """Return the moment at which a day ends where the programme is."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time())) if day else None
