"""The short forms of readers."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tandemwerk.knowledge.enums import RecommendationState
from tandemwerk.knowledge.models import Article, ReadingList, carriers_of
from tandemwerk.people.models import User
from tandemwerk.programme.enums import LEADING_ROLES
from tandemwerk.programme.models import Carrier, Membership, Site, memberships_of, written_sites


def using_sites(user: User) -> Any:
    """Return the sites that ``user`` may speak for: their own, and those of a carrier they lead."""
    leading = Membership.objects.filter(user=user, role__in=LEADING_ROLES)
    return Site.objects.filter(
        Q(pk__in=written_sites(user)) | Q(carrier__in=leading.values("carrier_id"))
    ).order_by("name", "pk")


def speaks_for(user: User, site: Site) -> bool:
    """Return whether ``user`` may speak for ``site``; agrees with ``using_sites``, asks nothing."""
    leads = any(
        each.carrier_id == site.carrier_id and each.role in LEADING_ROLES
        for each in memberships_of(user)
    )
    return leads or site.pk in written_sites(user)


class UseForm(forms.Form):
    """Our site works with this."""

    site = forms.ModelChoiceField(label=_("Which site?"), queryset=Site.objects.none())
    is_named = forms.BooleanField(
        label=_("Others may see the name of our site"), required=False, initial=True
    )
    note = forms.CharField(
        label=_("How do you use it?"),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sites = using_sites(user)
        site: Any = self.fields["site"]
        site.queryset = sites
        only = list(sites[:2])
        if len(only) == 1:
            site.initial = only[0]


class AdaptForm(forms.Form):
    """For which carrier a version of its own begins."""

    carrier = forms.ModelChoiceField(label=_("Which carrier?"), queryset=Carrier.objects.none())

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        carriers = Carrier.objects.filter(pk__in=carriers_of(user)).order_by("name", "pk")
        carrier: Any = self.fields["carrier"]
        carrier.queryset = carriers
        only = list(carriers[:2])
        if len(only) == 1:
            carrier.initial = only[0]


class MissingForm(forms.Form):
    """What somebody looked for and did not find."""

    missing = forms.CharField(
        label=_("What was missing?"),
        help_text=_("Please write no names and nothing private."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )


class ResponseForm(forms.Form):
    """What became of a recommendation."""

    state = forms.ChoiceField(label=_("How it stands"), choices=RecommendationState.choices)
    responder = forms.CharField(label=_("Who responds?"), max_length=160)
    text = forms.CharField(
        label=_("Response"),
        max_length=6_000,
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
    )
    occasion = forms.CharField(
        label=_("On what occasion?"),
        help_text=_("For example: Fachkongress 2026."),
        max_length=160,
        required=False,
    )


class ListForm(forms.Form):
    """A reading list."""

    name = forms.CharField(
        label=pgettext_lazy("of a thing", "Name"),
        max_length=120,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    about = forms.CharField(
        label=_("What is it for?"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    is_shared = forms.BooleanField(label=_("All members may see it"), required=False)


class PutOnListForm(forms.Form):
    """On which of the own lists an article goes."""

    reading_list = forms.ModelChoiceField(label=_("List"), queryset=ReadingList.objects.none())

    def __init__(self, *args: Any, user: User, article: Article, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["reading_list"]
        chosen.queryset = ReadingList.objects.filter(owner=user).order_by("name", "pk")
        self.article = article


class TermForm(forms.Form):
    """A word of the vocabulary in the languages of the interface."""

    de = forms.CharField(label=_("German"), max_length=80)
    en = forms.CharField(label=_("English"), max_length=80, required=False)
    ar = forms.CharField(
        label=_("Arabic"),
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"dir": "rtl", "lang": "ar"}),
    )
    fa = forms.CharField(
        label=_("Persian"),
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"dir": "rtl", "lang": "fa"}),
    )
    uk = forms.CharField(label=_("Ukrainian"), max_length=80, required=False)
    order = forms.IntegerField(
        label=_("Place in the list"),
        help_text=_("Small numbers come first."),
        min_value=0,
        max_value=999,
        initial=50,
    )
    is_retired = forms.BooleanField(label=_("Do not offer it any more"), required=False)

    def clean_de(self) -> str:
        """A word without letters has no address."""
        word: str = self.cleaned_data["de"]
        if not slugify(word):
            raise ValidationError(_("Please use letters."), code="no_letters")
        return word

    def names(self) -> dict[str, str]:
        """Return language -> word, without those that were left empty."""
        codes = ("de", "en", "ar", "fa", "uk")
        return {code: word for code in codes if (word := self.cleaned_data[code])}
