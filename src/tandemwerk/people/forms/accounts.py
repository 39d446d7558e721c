"""What the owner of an account may change about it."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from tandemwerk.people.models import User


class AccountForm(forms.ModelForm[User]):
    class Meta:
        model = User
        fields = ("name", "language")
        help_texts: ClassVar[dict[str, Any]] = {
            "name": _("This is how others in your team see you."),
            "language": _("The pages and our mails come in this language."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].required = True
        self.fields["name"].widget.attrs["autocomplete"] = "name"
