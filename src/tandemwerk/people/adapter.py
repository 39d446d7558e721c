"""How the sign-in library behaves here: nobody signs up by themselves, secrets are sealed.

Mails leave through the outbox, which lies above this room: ``messaging.adapter`` adds that.
"""

from datetime import timedelta
from typing import Any, Final

from allauth.account import app_settings as account_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context as request_context
from allauth.core.internal.httpkit import get_client_ip
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.urls import reverse, translate_url
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tandemwerk.core import clock
from tandemwerk.core.encryption import seal, unseal
from tandemwerk.people.devices import device_of
from tandemwerk.people.models import User

PRODUCT: Final = "Tandemwerk"
#: What sealed second factors are bound to.
FACTOR: Final = "people.second_factor"


#: The library's mails -> kinds of our messages.
MAIL_KINDS: Final = {
    "account/email/login_code": "account_login_code",
    "account/email/password_reset_code": "account_reset_code",
    "account/email/email_confirmation": "account_confirm_mail",
    "account/email/email_confirmation_signup": "account_confirm_mail",
    "account/email/unknown_account": "account_unknown",
    "account/email/account_already_exists": "account_exists",
}
#: The library's notices about changes -> what they say.
CHANGES: Final = {
    "account/email/email_changed": _("Your account has a new e-mail address."),
    "account/email/email_confirm": _("The e-mail address of your account is confirmed."),
    "account/email/email_deleted": _("An e-mail address was removed from your account."),
    "account/email/password_changed": _("Your password was changed."),
    "account/email/password_set": _("A password was set for your account."),
    "account/email/password_reset": _("A new password was set for your account."),
    "mfa/email/recovery_codes_generated": _("New spare codes were made for your account."),
    "mfa/email/totp_activated": _("An app with codes now protects your account."),
    "mfa/email/totp_deactivated": _("The app with codes was removed from your account."),
    "mfa/email/webauthn_added": _("A passkey was added to your account."),
    "mfa/email/webauthn_removed": _("A passkey was removed from your account."),
}


def client_ip(request: HttpRequest) -> str | None:
    """Return the visitor's address as our own proxies tell it; for the throttle alone."""
    address: str | None = get_client_ip(request)
    return address


def sign_in_name(request: HttpRequest, credentials: dict[str, Any] | None) -> str | None:
    """Return the address somebody tries to sign in with; for the throttle alone."""
    typed = (credentials or {}).get("email") or request.POST.get("login", "")
    return typed.strip().lower() or None


def answer_in_language(
    request: HttpRequest, url: str, user: User, response: HttpResponseBase | None = None
) -> HttpResponseBase:
    """Lead to ``url`` in the account's language and keep that language for later visits."""
    with translation.override(translation.get_language_from_path(url) or user.language):
        url = translate_url(url, user.language)
    if response is None:
        response = HttpResponseRedirect(url)
    elif isinstance(response, HttpResponseRedirect):
        response["Location"] = url
    translation.activate(user.language)
    request.LANGUAGE_CODE = user.language
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        user.language,
        max_age=int(timedelta(days=365).total_seconds()),
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
    )
    return response


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in with address and password or code; accounts come from invitations."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This account is closed."),
        "email_password_mismatch": _(
            "E-mail and password do not fit together. Please check both, or have a code sent to "
            "you."
        ),
        "email_taken": _("This address cannot be used."),
        "duplicate_email": _("This is your address already."),
        "enter_current_password": _("This is not your present password."),
        "incorrect_code": _("This code is not right, or it has expired."),
        "incorrect_password": _("This password is not right."),
        "rate_limited": _("That was a little fast. Please wait a moment and try again."),
        "too_many_login_attempts": _(
            "There were too many attempts. Please try again in a few minutes."
        ),
        "same_as_current": _("This is your address already."),
    }

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Put one of the library's mails into our words, in its reader's language."""
        user = User.objects.filter(email__iexact=email).first()
        account = user or context.get("user") or request_context.request.user
        language = getattr(account, "language", "") or translation.get_language() or "de"
        page = "people:account" if template_prefix in CHANGES else "account_login"
        with translation.override(language):
            path = reverse(page)
        self.deliver(
            kind=MAIL_KINDS.get(template_prefix, "account_notice"),
            to=user or email,
            language=language,
            path=path,
            context={
                "code": context.get("code", ""),
                "change": CHANGES.get(template_prefix, ""),
                "timestamp": context.get("timestamp"),
                "device": device_of(context.get("user_agent", "")).name,
            },
        )

    def deliver(
        self, *, kind: str, to: User | str, language: str, path: str, context: dict[str, Any]
    ) -> None:
        """Send a message of ``kind``; ``path`` is where its link leads. The outbox does it."""
        raise NotImplementedError

    def is_open_for_signup(self, _request: HttpRequest) -> bool:
        """Nobody makes an account by themselves."""
        return False

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Whoever signed in a moment ago is not asked for the same password again."""
        if not super().is_reauthentication_required(app=app, **kwargs):
            return False
        request = request_context.request
        records = get_authentication_records(request, request.user)
        if not records:
            return True
        age = clock.now().timestamp() - records[-1]["at"]
        return bool(age >= account_settings.REAUTHENTICATION_TIMEOUT)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Return the start page in the account's own language."""
        assert isinstance(request.user, User)  # noqa: S101 the library asks after signing in
        with translation.override(request.user.language):
            return resolve_url(settings.LOGIN_REDIRECT_URL)

    def post_login(
        self,
        request: HttpRequest,
        user: User,
        *,
        redirect_url: str | None = None,
        **kwargs: Any,
    ) -> HttpResponseBase:
        """Lead on in the account's language, whatever language the sign-in page was in."""
        response = super().post_login(request, user, redirect_url=redirect_url, **kwargs)
        location = response.get("Location", "") or self.get_login_redirect_url(request)
        return answer_in_language(request, location, user, response)

    def get_password_change_redirect_url(self, _request: HttpRequest) -> str:
        """After a new password: back to the account's page."""
        return resolve_url("people:account")

    def get_email_verification_redirect_url(self, _email_address: Any) -> str:
        """After a new address: back to the account's page."""
        return resolve_url("people:account")

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Return the ways to show again that it is oneself, in our words."""
        words = {
            "reauthenticate": gettext("With my password"),
            "mfa_reauthenticate": gettext("With a code from my app"),
            "mfa_reauthenticate:webauthn": gettext("With my passkey"),
        }
        methods = super().get_reauthentication_methods(user)
        return [
            method | {"description": words.get(method["id"], method["description"])}
            for method in methods
        ]


class SecondFactorAdapter(DefaultMFAAdapter):
    """Passkeys and codes under our name; their secrets are sealed in the database."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("This code is not right, or it has expired."),
        "cannot_delete_authenticator": _("The second factor cannot be removed."),
        "cannot_generate_recovery_codes": _(
            "Spare codes come with a second factor. Please set one up first."
        ),
        "unverified_email": _("Please confirm your e-mail address first."),
    }

    def get_totp_issuer(self) -> str:
        return PRODUCT

    def encrypt(self, text: str) -> str:
        return seal(text, context=FACTOR)

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text, context=FACTOR)

    def generate_authenticator_name(self, user: Any, type: Any) -> str:  # noqa: A002 the library's name
        number = user.authenticator_set.filter(type=type).count() + 1
        return gettext("Passkey {number}").format(number=number)

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {**super().get_public_key_credential_rp_entity(), "name": PRODUCT}
