"""The sign-in library's forms in our words.

Labels stand above the fields, nothing is said inside them, and codes may be typed in the digits
of one's own keyboard.
"""

import unicodedata
from typing import Any, ClassVar

from allauth.account import forms as theirs
from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts
from django.utils.translation import gettext_lazy as _


def plain_digits(text: str) -> str:
    """Return ``text`` with the digits of any script as 0 to 9.

    >>> plain_digits("١٢٣۴-5")
    '1234-5'
    """
    return "".join(
        str(unicodedata.decimal(character)) if character.isdecimal() else character
        for character in text
    )


def password_advice() -> str:
    """Return what a password must be, in one line."""
    return " ".join(str(text) for text in password_validators_help_texts())


class Worded(forms.Form):
    """Gives fields our labels and takes their placeholders away."""

    words: ClassVar[dict[str, Any]] = {}
    helps: ClassVar[dict[str, Any]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.words.get(name, field.label)
            field.help_text = self.helps.get(name, "")
            if isinstance(field.widget, forms.TextInput) and name in {"email", "login"}:
                field.widget.attrs["class"] = "ltr"


class CodeForm(Worded):
    """Asks for a code from a mail, an app or a list."""

    words: ClassVar[dict[str, Any]] = {"code": _("Code")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= {
            "inputmode": "numeric",
            "autocomplete": "one-time-code",
            "class": "ltr tabular",
            "maxlength": "20",
        }

    def clean_code(self) -> str:
        self.cleaned_data["code"] = plain_digits(self.cleaned_data["code"])
        return super().clean_code()  # type: ignore[misc,no-any-return]


class SignInForm(Worded, theirs.LoginForm):
    words: ClassVar[dict[str, Any]] = {
        "login": _("E-mail"),
        "password": _("Password"),
        "remember": _("Stay signed in on this device"),
    }
    helps: ClassVar[dict[str, Any]] = {
        "remember": _("Only on a device of your own, for two weeks."),
    }


class AskForCodeForm(Worded, theirs.RequestLoginCodeForm):
    words: ClassVar[dict[str, Any]] = {"email": _("E-mail")}


class SignInCodeForm(CodeForm, theirs.ConfirmLoginCodeForm):
    pass


class AddressCodeForm(CodeForm, theirs.ConfirmEmailVerificationCodeForm):
    pass


class ResetCodeForm(CodeForm, theirs.ConfirmPasswordResetCodeForm):
    pass


class ForgottenPasswordForm(Worded, theirs.ResetPasswordForm):
    words: ClassVar[dict[str, Any]] = {"email": _("E-mail")}


class NewPasswordWords(Worded):
    """Words of every form that sets a password."""

    words: ClassVar[dict[str, Any]] = {
        "oldpassword": _("Your present password"),
        "password1": _("New password"),
        "password2": _("New password once more"),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = password_advice()


class FreshPasswordForm(NewPasswordWords, theirs.ResetPasswordKeyForm):
    pass


class ChangePasswordForm(NewPasswordWords, theirs.ChangePasswordForm):
    pass


class SetPasswordForm(NewPasswordWords, theirs.SetPasswordForm):
    pass


class NewAddressForm(Worded, theirs.AddEmailForm):
    words: ClassVar[dict[str, Any]] = {"email": _("New e-mail")}


class OtherAddressForm(Worded, theirs.ChangeEmailForm):
    words: ClassVar[dict[str, Any]] = {"email": _("E-mail")}


class PasswordAgainForm(Worded, theirs.ReauthenticateForm):
    words: ClassVar[dict[str, Any]] = {"password": _("Password")}
