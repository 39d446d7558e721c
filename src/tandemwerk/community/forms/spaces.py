"""What the pages of spaces ask."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tandemwerk.community.enums import Interest, JoinPolicy, SpaceKind
from tandemwerk.community.models import Space
from tandemwerk.people.models import User


class SpaceForm(forms.Form):
    """Name, purpose and how one gets in."""

    name = forms.CharField(
        label=pgettext_lazy("of a thing", "Name"),
        max_length=80,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    about = forms.CharField(
        label=_("What it is for"),
        help_text=_("One or two sentences. They stand at the top of the space."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    join_policy = forms.ChoiceField(
        label=_("How one joins"),
        help_text=_("In open groups all members can read, in others only those who joined."),
        choices=JoinPolicy.choices,
        widget=forms.RadioSelect,
    )
    reviews_first_posts = forms.BooleanField(
        label=_("Somebody looks at the first words of new members before others read them"),
        required=False,
    )

    def __init__(self, *args: Any, space: Space | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if space is not None and space.kind != SpaceKind.GROUP:
            del self.fields["join_policy"]


class InviteForm(forms.Form):
    """Who is invited into a working group."""

    who = forms.CharField(
        label=_("Name or e-mail of a member"),
        help_text=_("Write it as it stands in the community."),
        max_length=254,
    )

    def clean_who(self) -> User:
        """Return the one member that is meant. Raises ValidationError."""
        words = " ".join(self.cleaned_data["who"].split())
        members = User.objects.filter(is_active=True, memberships__isnull=False).distinct()
        found = list(members.filter(email__iexact=words)[:2]) or list(
            members.filter(name__iexact=words)[:2]
        )
        if not found:
            raise ValidationError(_("We find no member of this name. Is it spelled right?"))
        if len(found) > 1:
            raise ValidationError(
                _("There are several members of this name. Please write the e-mail.")
            )
        return found[0]


class FollowForm(forms.Form):
    """How closely somebody follows; nothing: not at all."""

    interest = forms.ChoiceField(
        choices=[("", _("only what concerns me")), *Interest.choices], required=False
    )
