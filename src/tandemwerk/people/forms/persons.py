"""What is asked about a person; ``intake`` adds what is asked about taking part."""

from typing import Any, ClassVar

import phonenumbers
from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from tandemwerk.core import clock
from tandemwerk.people.enums import SPOKEN_LANGUAGES, ContactPreference, Level
from tandemwerk.people.models import Person
from tandemwerk.places import find_place, normalise_postcode
from tandemwerk.ui.forms import LevelRowsField, WeekGridField

OLDEST = 110


def clean_phone(typed: str) -> str:
    """Return a phone number as ``+4930123456``. Raises ValidationError; empty stays empty."""
    if not typed.strip():
        return ""
    try:
        number = phonenumbers.parse(typed, "DE")
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_possible_number(number):
        raise forms.ValidationError(_("This is no phone number that we can read."))
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def at_most(form: forms.BaseForm, name: str, length: int) -> None:
    """Keep a long text in ``form`` within ``length`` characters."""
    field = form.fields[name]
    field.validators.append(MaxLengthValidator(length))
    field.widget.attrs["maxlength"] = str(length)


class PostcodeField(forms.CharField):
    """A German postcode as people type it («D-86150» is understood). Cleans to five digits."""

    default_error_messages: ClassVar[dict[str, Any]] = {
        "unknown": _("We do not know this postcode. Postcodes of PO boxes have no place."),
        "digits": _("A postcode has five digits."),
    }

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "numeric", "class": "ltr"})
        super().__init__(max_length=20, widget=widget, **kwargs)

    def clean(self, value: Any) -> str:
        typed = super().clean(value)
        if not typed:
            return ""
        postcode = normalise_postcode(typed)
        if postcode is None:
            raise forms.ValidationError(self.error_messages["digits"], code="digits")
        if find_place(postcode) is None:
            raise forms.ValidationError(self.error_messages["unknown"], code="unknown")
        return postcode


class PersonForm(forms.ModelForm[Person]):
    """Name, ways to reach somebody, languages and free time.

    ``values()`` is what ``people.services.create_person`` and ``update_person`` take.
    """

    postcode = PostcodeField(
        label=_("Postcode"),
        help_text=_("It tells how far apart two people live; nobody else sees it."),
        required=False,
    )
    languages = LevelRowsField(
        label=_("Languages"),
        help_text=_("Which languages does the person speak, and how well?"),
        choices=SPOKEN_LANGUAGES.items(),
        levels=Level.choices,
        coerce_level=int,
    )
    availability = WeekGridField(
        label=_("Free time"),
        help_text=_("When could they meet? Several ticks help to find somebody."),
        required=False,
    )

    class Meta:
        model = Person
        fields = (
            "given_name",
            "family_name",
            "mail",
            "phone",
            "contact_preference",
            "language",
            "postcode",
            "birth_year",
            "gender",
            "languages",
            "availability",
            "note",
        )
        help_texts: ClassVar[dict[str, Any]] = {
            "language": _("Mails, links and printed pages come in this language."),
            "gender": _("As the person says it."),
            "note": _("For the team only. Please nothing about health, religion or asylum."),
        }
        widgets: ClassVar[dict[str, Any]] = {
            "mail": forms.EmailInput(attrs={"class": "ltr"}),
            "phone": forms.TextInput(attrs={"type": "tel", "class": "ltr"}),
            "note": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["languages"] = [
                (each.code, each.level) for each in self.instance.languages.order_by("-level", "pk")
            ]
        at_most(self, "note", 2000)

    def clean_phone(self) -> str:
        return clean_phone(self.cleaned_data["phone"])

    def clean_mail(self) -> str:
        return str(self.cleaned_data["mail"]).lower()

    def clean_birth_year(self) -> int | None:
        year: int | None = self.cleaned_data["birth_year"]
        this_year = clock.today().year
        if year is not None and not this_year - OLDEST <= year <= this_year:
            raise forms.ValidationError(_("Please write the year with four digits."))
        return year

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        preference = data.get("contact_preference")
        wants_mail = preference in {ContactPreference.MAIL, ContactPreference.BOTH}
        if preference == ContactPreference.MAIL and "mail" in data and not data["mail"]:
            self.add_error("mail", _("To be reached by e-mail, an address is needed."))
        if preference == ContactPreference.PHONE and "phone" in data and not data["phone"]:
            self.add_error("phone", _("To be reached by phone, a number is needed."))
        if wants_mail and not data.get("mail") and not data.get("phone") and not self.errors:
            self.add_error(
                "contact_preference",
                _("Without address and number the person can only be reached at the site."),
            )
        return data

    def values(self) -> dict[str, Any]:
        """Return the checked values; ``languages`` as code -> level."""
        return self.cleaned_data | {"languages": dict(self.cleaned_data["languages"])}
