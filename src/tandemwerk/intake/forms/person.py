"""Somebody who takes part: taken in and changed by hand."""

from dataclasses import dataclass
from typing import Any, Final

import phonenumbers
from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from tandemwerk.core import clock
from tandemwerk.intake.enums import GenderWish, Side
from tandemwerk.intake.models import Participation
from tandemwerk.people.enums import (
    INTERESTS,
    SPOKEN_LANGUAGES,
    ConsentPurpose,
    ConsentWay,
    ContactPreference,
    Gender,
    Level,
    Topic,
)
from tandemwerk.people.models import Person
from tandemwerk.places import find_place, normalise_postcode
from tandemwerk.programme.enums import TandemKind
from tandemwerk.programme.models import Site
from tandemwerk.ui.forms import FlagsField, LevelRowsField, WeekGridField

FULL_AGE: Final = 18
OLDEST: Final = 110
_SHORT: Final = {"data-width": "short", "inputmode": "numeric"}
#: How somebody tells the team that they agree.
SAID_TO_THE_TEAM: Final = [(way.value, way.label) for way in (ConsentWay.PAPER, ConsentWay.SPOKEN)]


@dataclass(frozen=True)
class Group:
    """Fields that belong together, with a sentence on why they are asked."""

    title: Any
    why: Any
    fields: list[BoundField]


_GROUPS: Final = (
    (_("Who"), "", ("given_name", "family_name", "birth_year", "gender")),
    (
        _("Contact"),
        _("So that the team and the programme reach the person in the way they wish."),
        ("mail", "phone", "contact_preference", "language", "postcode"),
    ),
    (_("Languages"), _("Two people need one language in which both can talk."), ("languages",)),
    (_("Free times"), _("Two people need one time of the week in common."), ("availability",)),
    (
        _("Wishes"),
        "",
        (
            "kinds",
            "topics",
            "interests",
            "wishes_gender",
            "max_km",
            "group_size",
            "volunteers_wanted",
            "capacity",
            "max_group",
            "minors_ok",
            "is_minor",
            "priority",
            "waiting_since",
        ),
    ),
    (_("Note"), _("Only the team of your site reads it."), ("note",)),
    (
        _("Consent"),
        _("Read the words to the person, or give them on paper."),
        ("consents", "way"),
    ),
)


class PersonForm(forms.Form):
    """Everything the site knows of somebody. ``side`` decides about a few of the fields."""

    given_name = forms.CharField(label=_("Given name"), max_length=80, required=False)
    family_name = forms.CharField(label=_("Family name"), max_length=80)
    birth_year = forms.IntegerField(
        label=_("Year of birth"), required=False, widget=forms.NumberInput(attrs=_SHORT)
    )
    gender = forms.ChoiceField(
        label=_("Gender"),
        help_text=_("As the person says it."),
        choices=Gender.choices,
        widget=forms.RadioSelect,
    )
    mail = forms.EmailField(label=_("E-mail"), max_length=254, required=False)
    phone = forms.CharField(
        label=_("Phone"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel"}),
    )
    contact_preference = forms.ChoiceField(
        label=_("How to reach the person"),
        choices=ContactPreference.choices,
        widget=forms.RadioSelect,
    )
    language = forms.ChoiceField(label=_("Language of messages"))
    postcode = forms.CharField(
        label=_("Postcode"),
        help_text=_("Without it we cannot find anybody near by."),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs=_SHORT),
    )
    languages = LevelRowsField(
        label=_("Languages"),
        choices=SPOKEN_LANGUAGES.items(),
        levels=Level.choices,
        coerce_level=int,
        required=False,
    )
    availability = WeekGridField(
        label=_("Free times"), help_text=_("Tick as many as you like."), required=False
    )
    kinds = FlagsField(label=_("Kinds of tandem"), choices=TandemKind.choices)
    topics = FlagsField(label=_("Topics"), choices=Topic.choices, required=False)
    interests = forms.MultipleChoiceField(
        label=_("Interests"),
        choices=[*INTERESTS.items()],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    wishes_gender = forms.ChoiceField(
        label=_("The other person should be"),
        choices=GenderWish.choices,
        widget=forms.RadioSelect,
    )
    max_km = forms.IntegerField(
        label=_("Distance at most (km)"),
        min_value=1,
        max_value=200,
        widget=forms.NumberInput(attrs=_SHORT),
    )
    group_size = forms.IntegerField(
        label=_("How many people"),
        help_text=_("More than one if a family or a group takes part together."),
        min_value=1,
        max_value=20,
        widget=forms.NumberInput(attrs=_SHORT),
    )
    volunteers_wanted = forms.IntegerField(
        label=_("How many volunteers"),
        help_text=_("More than one if a family or a group needs several people. Most need one."),
        min_value=1,
        max_value=3,
        widget=forms.NumberInput(attrs=_SHORT),
    )
    capacity = forms.IntegerField(
        label=_("Tandems at the same time"),
        min_value=1,
        max_value=3,
        widget=forms.NumberInput(attrs=_SHORT),
    )
    max_group = forms.IntegerField(
        label=_("Groups of up to so many people"),
        help_text=_("1 if only single people. Empty if a family of any size is welcome."),
        min_value=1,
        max_value=20,
        required=False,
        widget=forms.NumberInput(attrs=_SHORT),
    )
    minors_ok = forms.BooleanField(
        label=_("May work with minors"),
        help_text=_("Only after you have seen the extended certificate of good conduct."),
        required=False,
    )
    is_minor = forms.BooleanField(label=_("Is a minor"), required=False)
    priority = forms.TypedChoiceField(
        label=_("Urgency"),
        choices=[(0, _("normal")), (1, _("soon")), (2, _("urgent")), (3, _("very urgent"))],
        coerce=int,
    )
    waiting_since = forms.DateField(
        label=_("Waiting since"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    note = forms.CharField(
        label=_("Note"),
        max_length=10_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    consents = forms.MultipleChoiceField(
        label=_("The person agrees to"),
        choices=ConsentPurpose.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    way = forms.ChoiceField(
        label=_("How they said so"), choices=SAID_TO_THE_TEAM, widget=forms.RadioSelect
    )
    is_somebody_else = forms.BooleanField(
        label=_("This is somebody else. Take the person in."), required=False
    )

    def __init__(self, *args: Any, side: str, is_new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_new = is_new
        self.fields["language"].choices = Person._meta.get_field("language").choices  # type: ignore[attr-defined]  # a ChoiceField
        others = (
            ("volunteers_wanted", "is_minor", "priority")
            if side == Side.VOLUNTEER
            else ("capacity", "max_group", "minors_ok")
        )
        for name in others:
            del self.fields[name]
        if not is_new:
            for name in ("consents", "way", "is_somebody_else"):
                del self.fields[name]

    @property
    def groups(self) -> list[Group]:
        """Return the fields in groups, as the page shows them."""
        return [
            Group(title, why, bound)
            for title, why, names in _GROUPS
            if (bound := [self[name] for name in names if name in self.fields])
        ]

    def clean_birth_year(self) -> int | None:
        year: int | None = self.cleaned_data["birth_year"]
        this_year = clock.today().year
        if year is not None and not this_year - OLDEST <= year <= this_year:
            raise forms.ValidationError(_("Please write the year with four digits, like 1985."))
        return year

    def clean_phone(self) -> str:
        """Return the number as the world knows it: +49821123456."""
        text = self.cleaned_data["phone"]
        if not text:
            return ""
        try:
            number = phonenumbers.parse(text, "DE")
        except phonenumbers.NumberParseException:
            number = None
        if number is None or not phonenumbers.is_possible_number(number):
            raise forms.ValidationError(_("This is no phone number."))
        return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))

    def clean_postcode(self) -> str:
        text = self.cleaned_data["postcode"]
        postcode = normalise_postcode(text) if text else ""
        if postcode is None or (postcode and find_place(postcode) is None):
            raise forms.ValidationError(_("This is no German postcode."))
        return postcode

    def clean_waiting_since(self) -> Any:
        day = self.cleaned_data["waiting_since"]
        if day is not None and day > clock.today():
            raise forms.ValidationError(_("This day is still to come."))
        return day

    def clean_consents(self) -> list[str]:
        """Nobody is taken in who did not agree."""
        chosen: list[str] = self.cleaned_data["consents"]
        if ConsentPurpose.PARTICIPATION not in chosen:
            raise forms.ValidationError(
                _("Without consent to take part you may not store anything about the person.")
            )
        return chosen

    def clean(self) -> dict[str, Any]:
        """Hold the wish how to be reached to what is known."""
        data = self.cleaned_data
        preference = data.get("contact_preference")
        mail_needed = preference == ContactPreference.MAIL
        phone_needed = preference == ContactPreference.PHONE
        if mail_needed and not data.get("mail") and "mail" not in self.errors:
            self.add_error("mail", _("The person wants e-mail, so an address is needed."))
        if phone_needed and not data.get("phone") and "phone" not in self.errors:
            self.add_error("phone", _("The person wants calls, so a phone number is needed."))
        neither = not data.get("mail") and not data.get("phone")
        if preference == ContactPreference.BOTH and neither and not self.errors:
            self.add_error(
                "contact_preference",
                _("There is neither e-mail nor phone: choose «at the site only»."),
            )
        year = data.get("birth_year")
        if "is_minor" in self.fields and year and clock.today().year - year < FULL_AGE:
            data["is_minor"] = True
        return data

    def for_service(self) -> dict[str, Any]:
        """Return what ``add_participation`` and ``change_participation`` take."""
        data = dict(self.cleaned_data)
        data["languages"] = dict(data["languages"])
        data.pop("is_somebody_else", None)
        if self.is_new:
            data["consents"] = [ConsentPurpose(each) for each in data["consents"]]
            data["way"] = ConsentWay(data["way"])
        elif data["waiting_since"] is None:
            del data["waiting_since"]
        return data


def initial_for_new(site: Site, language: str) -> dict[str, Any]:
    """Return what a form about a new person starts with."""
    return {
        "gender": Gender.UNSAID,
        "contact_preference": ContactPreference.BOTH,
        "language": language,
        "kinds": site.kinds,
        "wishes_gender": GenderWish.ANY,
        "max_km": site.catchment_km,
        "group_size": 1,
        "volunteers_wanted": 1,
        "capacity": 1,
        "priority": 0,
        "waiting_since": clock.today(),
        "way": ConsentWay.PAPER,
    }


def initial_of(participation: Participation) -> dict[str, Any]:
    """Return what is known of somebody, as the form wants it."""
    person = participation.person
    of_person = (
        "given_name",
        "family_name",
        "birth_year",
        "gender",
        "mail",
        "phone",
        "contact_preference",
        "language",
        "postcode",
        "availability",
        "interests",
        "note",
    )
    of_participation = (
        "kinds",
        "topics",
        "wishes_gender",
        "max_km",
        "group_size",
        "volunteers_wanted",
        "capacity",
        "max_group",
        "minors_ok",
        "is_minor",
        "priority",
        "waiting_since",
    )
    spoken = person.languages.order_by("-level", "code").values_list("code", "level")
    return (
        {name: getattr(person, name) for name in of_person}
        | {name: getattr(participation, name) for name in of_participation}
        | {"languages": list(spoken)}
    )


class MoveForm(forms.Form):
    """Why somebody pauses or leaves."""

    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("For the record. Please no health matters."),
        max_length=200,
        required=False,
    )


class ConsentForm(forms.Form):
    """Somebody agrees, on paper or in words."""

    way = forms.ChoiceField(
        label=_("How they said so"), choices=SAID_TO_THE_TEAM, widget=forms.RadioSelect
    )


class EraseForm(forms.Form):
    """Says that erasing is meant."""

    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("For example: the person asked for it. Please no names."),
        max_length=200,
        required=False,
    )
    is_meant = forms.BooleanField(label=_("Yes, erase everything about this person for good."))
