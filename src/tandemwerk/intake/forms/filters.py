"""How the list of a site's people is narrowed down."""

from typing import Final

import django_filters as filters
from django import forms
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from tandemwerk.intake.enums import ParticipationState, Side
from tandemwerk.intake.models import Participation
from tandemwerk.people.enums import SPOKEN_LANGUAGES
from tandemwerk.places import search_places
from tandemwerk.programme.enums import TandemKind

_MOST_WORDS: Final = 4
_MOST_PLACES: Final = 400
_FEWEST_DIGITS: Final = 3
_STATES: Final = ParticipationState.choices


class PeopleFilter(filters.FilterSet):
    """Side, state, language, kind, place, what is still to ask, and a search.

    Those who no longer take part are shown only when asked for.
    """

    q = filters.CharFilter(label=_("Name, e-mail or phone"), method="by_words", max_length=80)
    side = filters.ChoiceFilter(label=_("Side"), choices=Side.choices, empty_label=_("both sides"))
    state = filters.MultipleChoiceFilter(
        label=_("State"),
        choices=_STATES,
        widget=forms.CheckboxSelectMultiple,
        method="by_state",
    )
    language = filters.ChoiceFilter(
        label=_("Language"),
        choices=[*SPOKEN_LANGUAGES.items()],
        field_name="person__languages__code",
        empty_label=_("all languages"),
    )
    kind = filters.ChoiceFilter(
        label=_("Kind of tandem"),
        choices=TandemKind.choices,
        method="by_kind",
        empty_label=_("all kinds"),
    )
    place = filters.CharFilter(label=_("Postcode or place"), method="by_place", max_length=40)
    ask = filters.BooleanFilter(
        label=_("Still to ask"),
        method="by_questions",
        widget=forms.Select(choices=[("", "—"), ("true", _("yes")), ("false", _("no"))]),
    )

    class Meta:
        model = Participation
        fields: list[str] = []

    def filter_queryset(self, queryset: QuerySet[Participation]) -> QuerySet[Participation]:
        """Leave out those who left unless they are asked for."""
        found: QuerySet[Participation] = super().filter_queryset(queryset)
        if self.form.cleaned_data.get("state"):
            return found
        return found.exclude(state=ParticipationState.LEFT)

    def by_words(
        self, people: QuerySet[Participation], _name: str, value: str
    ) -> QuerySet[Participation]:
        """Keep those where each word is part of a name or the mail, or its digits of the phone."""
        words = value.replace("\x00", "").split()
        digits = "".join(filter(str.isdigit, value))
        if len(digits) >= _FEWEST_DIGITS and not any(map(str.isalpha, value)):
            return people.filter(person__phone__contains=digits.lstrip("0"))
        for word in words[:_MOST_WORDS]:
            people = people.filter(
                Q(person__given_name__icontains=word)
                | Q(person__family_name__icontains=word)
                | Q(person__mail__icontains=word)
            )
        return people

    def by_state(
        self, people: QuerySet[Participation], _name: str, value: list[str]
    ) -> QuerySet[Participation]:
        """Keep those in one of the states."""
        return people.filter(state__in=value) if value else people

    def by_kind(
        self, people: QuerySet[Participation], _name: str, value: str
    ) -> QuerySet[Participation]:
        """Keep those who wish that kind."""
        return people.alias(wished=F("kinds").bitand(1 << int(value))).filter(wished__gt=0)

    def by_place(
        self, people: QuerySet[Participation], _name: str, value: str
    ) -> QuerySet[Participation]:
        """Keep those whose postcode begins so, or belongs to a place of that name."""
        digits = "".join(filter(str.isdigit, value))
        if digits:
            return people.filter(person__postcode__startswith=digits[:5])
        found = search_places(value, _MOST_PLACES)
        return people.filter(person__postcode__in={place.postcode for place in found})

    def by_questions(
        self, people: QuerySet[Participation], _name: str, value: bool
    ) -> QuerySet[Participation]:
        """Keep those with questions, or those without."""
        return people.exclude(questions=[]) if value else people.filter(questions=[])
