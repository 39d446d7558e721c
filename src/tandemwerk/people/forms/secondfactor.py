"""Second factors in our words: a code from an app or from the list, and passkeys."""

from typing import Any, ClassVar

from allauth.mfa.base import forms as base
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django.utils.translation import gettext_lazy as _

from tandemwerk.people.forms.signin import CodeForm, Worded


class FactorForm(CodeForm, base.AuthenticateForm):
    words: ClassVar[dict[str, Any]] = {"code": _("Code from your app, or one of your spare codes")}


class FactorAgainForm(CodeForm, base.ReauthenticateForm):
    words: ClassVar[dict[str, Any]] = {"code": _("Code from your app, or one of your spare codes")}


class AppForm(CodeForm, totp.ActivateTOTPForm):
    words: ClassVar[dict[str, Any]] = {"code": _("The code that your app shows now")}


class PasskeyForm(Worded, webauthn.AddWebAuthnForm):
    words: ClassVar[dict[str, Any]] = {
        "name": _("Name of the passkey"),
        "passwordless": _("Sign in with this passkey alone, without a password"),
    }
    helps: ClassVar[dict[str, Any]] = {
        "name": _("For example «phone» or «office computer»."),
        "passwordless": _("Not every security key on a key ring can do that."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].widget.attrs["maxlength"] = "60"
        self.fields["passwordless"].initial = True


class PasskeyNameForm(Worded, webauthn.EditWebAuthnForm):
    words: ClassVar[dict[str, Any]] = {"name": _("Name of the passkey")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].widget.attrs["maxlength"] = "60"
