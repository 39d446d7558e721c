"""What is asked when somebody says something."""

from collections.abc import Sequence
from typing import Any, Final
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from tandemwerk.community.guard import Finding, find_personal_data
from tandemwerk.community.models import Attachment
from tandemwerk.community.services.attachments import MOST
from tandemwerk.core.uploads import Upload, UploadError, take_in
from tandemwerk.ui.forms import FileDropInput

MAX_BODY: Final = 20_000
MAX_REASON: Final = 300
MARKDOWN_HELP: Final = _(
    "A blank line begins a paragraph, «- » a list, **two stars** make bold. "
    "@ and a name mentions somebody."
)


class SeveralFiles(FileDropInput):
    """A field for several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files, each looked at. The cleaned value is a list of ``Upload``."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> list[Upload]:  # noqa: ARG002  as Django calls it
        """Return the files as they may be kept. Raises ValidationError naming the file."""
        files: Sequence[UploadedFile[Any]] = data if isinstance(data, (list, tuple)) else [data]
        found, wrong = [], []
        for file in filter(None, files):
            try:
                found.append(take_in(file))
            except UploadError as error:
                wrong += [f"{file.name}: {message}" for message in error.messages]
        if wrong:
            raise ValidationError(wrong)
        return found


class PostForm(forms.Form):
    """A text in Markdown, files, and what makes sure that it is sent once."""

    body = forms.CharField(
        label=_("Text"),
        help_text=MARKDOWN_HELP,
        max_length=MAX_BODY,
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto", "data-mentions": ""}),
    )
    files = FilesField(label=_("Files"), required=False)  # type: ignore[assignment]  # a form's own
    key = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)
    #: The words that somebody has looked at once more because of what the guard found.
    looked_at = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, kept_files: Sequence[Attachment] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kept_files = list(kept_files)
        if not self.is_bound:
            self.initial.setdefault("key", uuid4().hex)

    def clean_body(self) -> str:
        """Return the text without spaces around it; a text of spaces is none."""
        return str(self.cleaned_data["body"]).strip()

    def clean_files(self) -> list[Upload]:
        """Take no more files than a post carries."""
        files: list[Upload] = self.cleaned_data["files"]
        if len(files) + len(self.kept_files) > MOST:
            raise ValidationError(_("Please send six files at most."))
        return files

    @property
    def text_to_check(self) -> str:
        return str(self.cleaned_data.get("body", ""))

    def findings(self) -> list[Finding]:
        """Return what may point to a person in what was written."""
        return find_personal_data(self.text_to_check)


class ReplyForm(PostForm):
    """An answer. ``reply_to`` is the post that it quotes."""

    reply_to = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].label = _("Your answer")
        self.fields["body"].widget.attrs["rows"] = 6


class EditForm(forms.Form):
    """A post that is changed."""

    body = forms.CharField(
        label=_("Text"),
        help_text=MARKDOWN_HELP,
        max_length=MAX_BODY,
        widget=forms.Textarea(attrs={"rows": 12, "dir": "auto"}),
    )
    reason = forms.CharField(
        label=_("What did you change?"),
        help_text=_("Stands in the history of the post."),
        max_length=MAX_REASON,
        required=False,
    )
    version = forms.CharField(max_length=32, widget=forms.HiddenInput)


class AskerReplyForm(forms.Form):
    """An answer of the asker whom nobody knows. No files: they often say who wrote them."""

    body = forms.CharField(
        label=_("Your answer"),
        max_length=MAX_BODY,
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
    )
    key = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_bound:
            self.initial.setdefault("key", uuid4().hex)
