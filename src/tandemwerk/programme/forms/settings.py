"""What a site, a carrier and a funding period are, asked in groups."""

from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from tandemwerk.people.enums import SPOKEN_LANGUAGES
from tandemwerk.people.forms.persons import PostcodeField, at_most, clean_phone
from tandemwerk.places import find_place
from tandemwerk.programme.enums import TandemKind, TargetGroup
from tandemwerk.programme.models import Carrier, FundingPeriod, Site
from tandemwerk.ui.forms import FlagsField

CENTS = 100
LONGEST_CHECKIN = 730
MOST_CHECKINS = 8


class SiteForm(forms.ModelForm[Site]):
    """A site. Place and coordinates come from the postcode and are never typed."""

    postcode = PostcodeField(label=_("Postcode"), help_text=_("It puts the site on the map."))
    languages = forms.MultipleChoiceField(
        label=_("Languages the team speaks"),
        choices=[*SPOKEN_LANGUAGES.items()],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    target_groups = forms.MultipleChoiceField(
        label=_("For whom"),
        choices=TargetGroup.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    kinds = FlagsField(
        label=_("Kinds of tandem"),
        choices=TandemKind.choices,
    )

    class Meta:
        model = Site
        fields = (
            "name",
            "about",
            "street",
            "postcode",
            "catchment_km",
            "kinds",
            "target_groups",
            "languages",
            "capacity",
            "mail",
            "phone",
            "opening",
            "is_public",
        )
        help_texts: ClassVar[dict[str, Any]] = {
            "about": _("Two or three sentences for the public page."),
            "catchment_km": _("How far people may live from the site: 1 to 200 kilometres."),
            "capacity": _("How many tandems the team can accompany at the same time."),
            "opening": _("In words, for example «Tuesday and Thursday, 10 to 16»."),
        }
        widgets: ClassVar[dict[str, Any]] = {
            "about": forms.Textarea(attrs={"rows": 4}),
            "phone": forms.TextInput(attrs={"type": "tel"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        at_most(self, "about", 2000)
        for name, most in (("catchment_km", 200), ("capacity", 5000)):
            self.fields[name] = forms.IntegerField(
                label=self.fields[name].label,
                help_text=self.fields[name].help_text,
                initial=self.fields[name].initial,
                min_value=1,
                max_value=most,
            )

    def clean_phone(self) -> str:
        return clean_phone(self.cleaned_data["phone"])

    @property
    def chosen_languages(self) -> list[Any]:
        """Return the names of the languages that are ticked, in the order of the list."""
        chosen = set(self["languages"].value() or ())
        return [name for code, name in SPOKEN_LANGUAGES.items() if code in chosen]

    def values(self) -> dict[str, Any]:
        """Return the checked values with what follows from the postcode."""
        place = find_place(self.cleaned_data["postcode"])
        assert place is not None  # noqa: S101 the field has found it
        return self.cleaned_data | {
            "place": place.name,
            "land": place.land,
            "latitude": place.lat,
            "longitude": place.lon,
        }


class CarrierForm(forms.ModelForm[Carrier]):
    """A carrier and the rhythm its sites accompany in."""

    website = forms.URLField(
        label=_("Website"),
        required=False,
        max_length=200,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"class": "ltr"}),
    )
    checkin_days = forms.CharField(
        label=_("First check-ins, days after the start"),
        help_text=_("Numbers with a comma between them, for example 14, 42."),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"class": "ltr"}),
    )

    class Meta:
        model = Carrier
        fields = (
            "name",
            "about",
            "website",
            "mail",
            "checkin_days",
            "checkin_every_days",
            "remind_after_days",
            "expire_after_days",
        )
        help_texts: ClassVar[dict[str, Any]] = {
            "about": _("Two or three sentences for the public page."),
            "checkin_every_days": _("After the first ones: 91 days are a quarter of a year."),
            "remind_after_days": _("A proposal without an answer is sent again after this time."),
            "expire_after_days": _("After this time it ends, and both are free again."),
        }
        widgets: ClassVar[dict[str, Any]] = {"about": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        at_most(self, "about", 2000)
        days = self.instance.checkin_days if self.instance.pk else [14, 42]
        self.initial["checkin_days"] = ", ".join(str(day) for day in days)
        for name, least, most in (
            ("checkin_every_days", 14, 365),
            ("remind_after_days", 1, 60),
            ("expire_after_days", 2, 90),
        ):
            self.fields[name] = forms.IntegerField(
                label=self.fields[name].label,
                help_text=self.fields[name].help_text,
                initial=self.fields[name].initial,
                min_value=least,
                max_value=most,
            )

    def clean_checkin_days(self) -> list[int]:
        parts = [part.strip() for part in self.cleaned_data["checkin_days"].split(",")]
        typed = [part for part in parts if part]
        if not all(part.isascii() and part.isdigit() for part in typed):
            raise forms.ValidationError(_("Please write whole numbers with commas between them."))
        days = sorted({int(part) for part in typed})
        if len(days) > MOST_CHECKINS or any(not 1 <= day <= LONGEST_CHECKIN for day in days):
            raise forms.ValidationError(
                _("At most %(most)s check-ins, each between 1 and %(longest)s days."),
                params={"most": MOST_CHECKINS, "longest": LONGEST_CHECKIN},
            )
        return days

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        remind, expire = data.get("remind_after_days"), data.get("expire_after_days")
        if remind and expire and remind >= expire:
            self.add_error("remind_after_days", _("The reminder must come before the end."))
        return data


class FundingForm(forms.ModelForm[FundingPeriod]):
    """What a carrier has agreed with the funder for one year."""

    year = forms.IntegerField(label=_("Year"), min_value=2016, max_value=2100)
    rate = forms.DecimalField(
        label=_("Euros per tandem"), min_value=0, max_value=100_000, decimal_places=2
    )
    contingent = forms.IntegerField(label=_("Agreed tandems"), min_value=0, max_value=1_000_000)
    min_months = forms.IntegerField(
        label=_("Months that a tandem lasts at least"), min_value=1, max_value=24, initial=3
    )

    class Meta:
        model = FundingPeriod
        fields = ("contingent", "max_tandems_per_volunteer", "min_months", "proof")
        widgets: ClassVar[dict[str, Any]] = {"proof": forms.Textarea(attrs={"rows": 3})}
        help_texts: ClassVar[dict[str, Any]] = {
            "proof": _("What the funder wants to see, in your words."),
            "max_tandems_per_volunteer": _("At the same time: 1 to 3."),
        }

    field_order = (
        "year",
        "rate",
        "contingent",
        "max_tandems_per_volunteer",
        "min_months",
        "proof",
    )

    def __init__(self, *args: Any, carrier: Carrier, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.carrier = carrier
        at_most(self, "proof", 2000)
        if self.instance.pk:
            self.initial["rate"] = Decimal(self.instance.rate_cents) / CENTS
            self.initial["year"] = self.instance.year
            self.fields["year"].disabled = True

    def clean_year(self) -> int:
        year = int(self.cleaned_data["year"])
        others = self.carrier.funding_periods.exclude(pk=self.instance.pk)
        if others.filter(year=year).exists():
            raise forms.ValidationError(_("There is a funding period for this year already."))
        return year

    def values(self) -> dict[str, Any]:
        """Return the checked values as the service takes them."""
        data = {**self.cleaned_data}
        data["rate_cents"] = int(data.pop("rate") * CENTS)
        return data
