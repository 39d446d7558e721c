"""A file that somebody brings."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tandemwerk.core.uploads import Upload, take_in
from tandemwerk.ui.forms import FileDropInput


class FileForm(forms.Form):
    """One file, looked at before it is kept."""

    file = forms.FileField(label=_("File"), widget=FileDropInput)

    def clean_file(self) -> Upload:
        """Return what may be kept of it."""
        brought: Any = self.cleaned_data["file"]
        return take_in(brought)
