"""The contact form, and the form with which editors bring photos in."""

from typing import Any, Final

import phonenumbers
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import gettext_lazy as _
from wagtail.images.forms import BaseImageForm

from tandemwerk.core import uploads
from tandemwerk.programme.models import Site
from tandemwerk.website.enums import ContactTopic
from tandemwerk.website.services.contact import Letter

MOST_CHARACTERS: Final = 4_000


class ContactForm(forms.Form):
    """A message to the network office or to one site. It asks for no more than an answer needs."""

    topic = forms.ChoiceField(
        label=_("What is it about?"), choices=[("", _("Please choose")), *ContactTopic.choices]
    )
    text = forms.CharField(
        label=_("Your message"),
        help_text=_("In any language. Please write nothing about your health or your asylum case."),
        max_length=MOST_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 7}),
    )
    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    mail = forms.EmailField(
        label=_("E-mail"),
        help_text=_("So that we can answer. A phone number is enough as well."),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    phone = forms.CharField(
        label=_("Phone"),
        max_length=24,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    site = forms.ModelChoiceField(
        queryset=Site.objects.public(),
        to_field_name="slug",
        required=False,
        widget=forms.HiddenInput,
    )
    #: People do not see it; programs that fill in everything do.
    website = forms.CharField(required=False)

    def clean_name(self) -> str:
        """Return the name on one line."""
        return " ".join(str(self.cleaned_data["name"]).split())

    def clean_phone(self) -> str:
        """Return the number as written. Raises ValidationError when it cannot be called."""
        typed = " ".join(str(self.cleaned_data["phone"]).split())
        if typed:
            try:
                is_possible = phonenumbers.is_possible_number(phonenumbers.parse(typed, "DE"))
            except phonenumbers.NumberParseException:
                is_possible = False
            if not is_possible:
                raise ValidationError(_("This number cannot be called. Is a digit missing?"))
        return typed

    def clean(self) -> dict[str, Any]:
        """Ask for one way to answer."""
        cleaned = super().clean() or self.cleaned_data
        has_mistake = "mail" in self.errors or "phone" in self.errors
        if not (cleaned.get("mail") or cleaned.get("phone") or has_mistake):
            self.add_error("mail", _("Please give us an e-mail address or a phone number."))
        return cleaned

    @property
    def is_from_a_machine(self) -> bool:
        return bool(self.cleaned_data["website"])

    def letter(self, *, language: str) -> Letter:
        """Return what was written."""
        cleaned = self.cleaned_data
        return Letter(
            topic=ContactTopic(cleaned["topic"]),
            text=cleaned["text"],
            name=cleaned["name"],
            mail=cleaned["mail"],
            phone=cleaned["phone"],
            language=language,
            site=cleaned["site"],
        )


class PhotoForm(BaseImageForm):
    """Takes a photo in without what cameras write into it: place, time, device."""

    def clean_file(self) -> Any:
        """Return the photo written anew, upright. Raises ValidationError."""
        file = self.cleaned_data["file"]
        if "file" not in self.changed_data:
            return file
        clean = uploads.take_in(file, kinds=uploads.IMAGES)
        return SimpleUploadedFile(clean.name, clean.content, clean.media_type)
