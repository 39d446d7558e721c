"""What members tell about themselves, and what the directory is searched by."""

from collections.abc import Iterable
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from tandemwerk.community.models import Profile
from tandemwerk.community.queries import directory
from tandemwerk.knowledge.models import Term
from tandemwerk.people.enums import SPOKEN_LANGUAGES
from tandemwerk.places import land_choices


def current_terms() -> QuerySet[Term]:
    """Return the tags that are offered."""
    return Term.objects.filter(is_retired=False).order_by("order", "slug")


def _language_choices() -> Iterable[tuple[str, Any]]:
    return sorted(SPOKEN_LANGUAGES.items(), key=lambda pair: str(pair[1]))


class ProfileForm(forms.Form):
    """One's own entry. Nothing is shown before one says so."""

    ask_me_about = forms.CharField(
        label=_("Ask me about"),
        help_text=_("For example: first meetings, rooms for free, talking with schools."),
        max_length=300,
        required=False,
    )
    about = forms.CharField(
        label=_("About me"),
        help_text=_("Two or three sentences. Please leave phone and mail out: we pass mail on."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "maxlength": 500}),
    )
    expertise = forms.ModelMultipleChoiceField(
        label=_("What I know well"),
        queryset=Term.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages in which I can answer"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    hosts_visits = forms.BooleanField(
        label=_("Others may visit us"),
        help_text=_("Members can ask to see for a day how you work."),
        required=False,
    )
    takes_questions = forms.BooleanField(
        label=_("Questions may be offered to me"),
        help_text=_("When nobody has answered for two days, and it fits what you know."),
        required=False,
    )
    is_listed = forms.BooleanField(
        label=_("Show me in the directory"),
        help_text=_("All members can find you then and write to you through us."),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["expertise"].queryset = current_terms()  # type: ignore[attr-defined]
        self.fields["languages"].choices = _language_choices()  # type: ignore[attr-defined]


class DirectoryFilter(django_filters.FilterSet):
    """The directory by words, knowledge, language, region and visits."""

    q = django_filters.CharFilter(label=_("Words"), method="by_words")
    term = django_filters.ModelChoiceFilter(
        label=_("Knows about"),
        queryset=Term.objects.none(),
        to_field_name="slug",
        method="by_term",
        empty_label=_("everything"),
    )
    language = django_filters.ChoiceFilter(
        label=_("Speaks"), method="by_language", empty_label=_("all languages")
    )
    land = django_filters.ChoiceFilter(
        label=_("Land"),
        choices=land_choices,
        method="by_land",
        empty_label=_("the whole of Germany"),
    )
    visits = django_filters.BooleanFilter(
        label=_("Hosts visits"), method="by_visits", widget=forms.CheckboxInput
    )

    class Meta:
        model = Profile
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["term"].extra["queryset"] = current_terms()
        self.filters["language"].extra["choices"] = list(_language_choices())

    def by_words(self, rows: QuerySet[Profile], _name: str, value: str) -> QuerySet[Profile]:
        """Keep whose name or words have all of the words."""
        return directory.saying(rows, value)

    def by_term(self, rows: QuerySet[Profile], _name: str, value: Term) -> QuerySet[Profile]:
        """Keep who says or has shown that they know about it."""
        return directory.knows(rows, value)

    def by_language(self, rows: QuerySet[Profile], _name: str, value: str) -> QuerySet[Profile]:
        """Keep who speaks the language."""
        return directory.speaking(rows, value)

    def by_land(self, rows: QuerySet[Profile], _name: str, value: str) -> QuerySet[Profile]:
        """Keep who works there."""
        return directory.from_land(rows, value)

    def by_visits(self, rows: QuerySet[Profile], _name: str, value: bool) -> QuerySet[Profile]:
        """Keep who hosts visits."""
        return rows.filter(hosts_visits=True) if value else rows
