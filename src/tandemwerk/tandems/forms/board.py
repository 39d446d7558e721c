"""The board's filter and decisions, and choosing two people by hand."""

from datetime import date
from typing import Any

import django_filters
from django import forms
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from tandemwerk.intake.enums import Side
from tandemwerk.intake.models import Participation
from tandemwerk.programme.enums import TandemKind
from tandemwerk.programme.models import Site
from tandemwerk.tandems.enums import DeclineReason
from tandemwerk.tandems.models import DeclinedPair, Suggestion
from tandemwerk.tandems.queries.candidates import people_to_pair
from tandemwerk.tandems.reasons import language_name


class SuggestionFilter(django_filters.FilterSet):
    """Which suggestions to see: of somebody, in a language, of a kind."""

    person = django_filters.CharFilter(label=_("Name"), method="_of_person")
    language = django_filters.ChoiceFilter(label=_("Common language"))
    kind = django_filters.TypedChoiceFilter(
        label=_("Kind of tandem"), choices=TandemKind.choices, coerce=int, method="_of_kind"
    )

    class Meta:
        model = Suggestion
        fields = ("person", "language", "kind")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        codes = self.queryset.exclude(language="").order_by("language")
        spoken = codes.values_list("language", flat=True).distinct()
        choices = sorted(((code, language_name(code)) for code in spoken), key=lambda row: row[1])
        self.filters["language"].extra["choices"] = choices

    def _of_person(
        self, suggestions: QuerySet[Suggestion], _name: str, value: str
    ) -> QuerySet[Suggestion]:
        wanted = Q()
        for word in value.split():
            either = Q()
            for field in ("given_name", "family_name"):
                for side in Side:
                    either |= Q(**{f"{side}__person__{field}__icontains": word})
            wanted &= either
        return suggestions.filter(wanted)

    def _of_kind(
        self, suggestions: QuerySet[Suggestion], _name: str, value: int
    ) -> QuerySet[Suggestion]:
        wanted = {f"{side}_wants": F(f"{side}__kinds").bitand(1 << value) for side in Side}
        return suggestions.annotate(**wanted).filter(**{f"{name}__gt": 0 for name in wanted})


class DeclineForm(forms.Form):
    """Why two people are not suggested to each other again."""

    reason = forms.TypedChoiceField(
        label=_("Why not?"),
        choices=[
            (reason.value, reason.label)
            for reason in DeclineReason
            if reason is not DeclineReason.ANSWER
        ],
        coerce=DeclineReason,
    )
    note = forms.CharField(
        label=_("Note"),
        help_text=_("For your team, if the reason needs a word more."),
        max_length=DeclinedPair._meta.get_field("note").max_length,
        required=False,
    )


class PersonField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not generic when it runs
    """Somebody who may get a tandem, by name."""

    def label_from_instance(self, obj: Participation) -> str:
        """Return the name as the list shows it."""
        return f"{obj.person.family_name}, {obj.person.given_name}".strip(", ")


class PairForm(forms.Form):
    """Two people of a site; one alone asks who would fit."""

    volunteer = PersonField(
        label=_("Volunteer"), empty_label=_("nobody chosen"), queryset=None, required=False
    )
    newcomer = PersonField(
        label=_("Newcomer"), empty_label=_("nobody chosen"), queryset=None, required=False
    )

    def __init__(self, *args: Any, site: Site, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = people_to_pair(site, on=on).prefetch_related(None)
        for side in Side:
            self.fields[side].queryset = people.filter(side=side).order_by(  # type: ignore[attr-defined]  # a ModelChoiceField
                "person__family_name", "person__given_name", "pk"
            )


class WithdrawForm(forms.Form):
    """Why a proposal is taken back; for the team only."""

    reason = forms.CharField(label=_("Reason"), max_length=200, required=False)
