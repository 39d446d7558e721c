"""Inviting somebody, giving somebody another role, and accepting."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tandemwerk.people.forms.signin import password_advice
from tandemwerk.people.models import User
from tandemwerk.programme.enums import Role
from tandemwerk.programme.models import Place
from tandemwerk.programme.queries.teams import roles_for

#: What a role may do, in one line each.
ROLE_EXPLAINED: dict[Role, Any] = {
    Role.COORDINATOR: _("sees and changes everything at the place, and invites"),
    Role.LEAD: _("answers for the place; sees and changes everything, and invites"),
    Role.SAFEGUARDING: _("sees people and tandems and steps in when somebody is worried"),
    Role.READER: _("sees, but changes nothing"),
    Role.NETWORK_COORDINATOR: _("looks after carriers and the network office's team"),
    Role.NETWORK_EDITOR: _("writes the website and the library"),
    Role.NETWORK_MODERATOR: _("looks after the online community"),
    Role.MINISTRY: _("reads the figures, never persons or sites"),
}


def role_field(place: Place) -> forms.ChoiceField:
    """Return the choice of roles that exist at ``place``, each explained."""
    return forms.ChoiceField(
        label=_("Role"),
        choices=[
            (role.value, f"{role.label}: {ROLE_EXPLAINED[role]}") for role in roles_for(place)
        ],
        widget=forms.RadioSelect,
    )


class InviteForm(forms.Form):
    """Who is to come, as what, and in which language the mail is."""

    mail = forms.EmailField(
        label=_("E-mail"),
        help_text=_("The link goes to this address and works for two weeks."),
        widget=forms.EmailInput(attrs={"class": "ltr"}),
    )
    language = forms.ChoiceField(label=_("Language of the mail"), choices=settings.LANGUAGES)

    def __init__(self, *args: Any, place: Place, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"] = role_field(place)
        self.fields["language"].initial = get_language()
        self.order_fields(["mail", "role", "language"])


class RoleForm(forms.Form):
    def __init__(self, *args: Any, place: Place, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"] = role_field(place)


class NewAccountForm(forms.Form):
    """What somebody who was invited tells about themselves."""

    PASSWORD, WITHOUT = "password", "without"

    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        help_text=_("This is how others in your team see you."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    language = forms.ChoiceField(label=_("Your language"), choices=settings.LANGUAGES)
    way = forms.ChoiceField(
        label=_("How do you want to sign in?"),
        choices=[
            (PASSWORD, _("With a password")),
            (WITHOUT, _("Without a password: with a passkey, or a code by e-mail each time")),
        ],
        initial=PASSWORD,
        widget=forms.RadioSelect,
    )
    password = forms.CharField(
        label=_("Password"),
        required=False,
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, mail: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.mail = mail
        self.fields["password"].help_text = password_advice()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("way") == self.WITHOUT:
            data["password"] = None
        elif data.get("way") == self.PASSWORD:
            self._check_password(data)
        return data

    def _check_password(self, data: dict[str, Any]) -> None:
        if not data.get("password"):
            self.add_error("password", _("Please choose a password."))
            return
        try:
            validate_password(
                data["password"], user=User(email=self.mail, name=data.get("name", ""))
            )
        except forms.ValidationError as error:
            self.add_error("password", error)
