"""The board's filter and decisions, and choosing two people by hand."""

from datetime import date, timedelta
from typing import Any, Final

import django_filters
from django import forms
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from tandemwerk.core import clock
from tandemwerk.intake.enums import Side
from tandemwerk.intake.models import Participation
from tandemwerk.pairing import DAYS
from tandemwerk.programme.enums import TandemKind
from tandemwerk.programme.models import Site
from tandemwerk.tandems.enums import DeclineReason
from tandemwerk.tandems.models import DeclinedPair, Suggestion
from tandemwerk.tandems.queries.candidates import people_to_pair, willing_people
from tandemwerk.tandems.queries.simulation import Trial, What
from tandemwerk.tandems.reasons import FITS, language_name
from tandemwerk.ui.forms import DAYS as DAY_WORDS

#: Somebody who has been waiting for so long should not be overlooked.
LONG: Final = timedelta(days=90)


class SuggestionFilter(django_filters.FilterSet):
    """Which suggestions to see: of somebody, in a language, of a kind."""

    person = django_filters.CharFilter(label=_("Name"), method="_of_person")
    language = django_filters.ChoiceFilter(label=_("Common language"))
    kind = django_filters.ChoiceFilter(
        label=_("Kind of tandem"), choices=TandemKind.choices, method="_of_kind"
    )

    waiting = django_filters.ChoiceFilter(
        label=_("Waiting for long"),
        choices=[
            (Side.NEWCOMER.value, _("the newcomer, 3 months or more")),
            (Side.VOLUNTEER.value, _("the volunteer, 3 months or more")),
        ],
        method="_of_long",
    )
    fit = django_filters.ChoiceFilter(
        label=_("Fits at least"),
        choices=[(fit.steps, fit.word) for _least, fit in FITS[:-1]],
        method="_of_fit",
    )

    class Meta:
        model = Suggestion
        fields = ("person", "language", "kind", "waiting", "fit")

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
        self, suggestions: QuerySet[Suggestion], _name: str, value: str
    ) -> QuerySet[Suggestion]:
        bit = 1 << int(value)
        wanted = {f"{side}_wants": F(f"{side}__kinds").bitand(bit) for side in Side}
        return suggestions.annotate(**wanted).filter(**{f"{name}__gt": 0 for name in wanted})

    def _of_long(
        self, suggestions: QuerySet[Suggestion], _name: str, value: str
    ) -> QuerySet[Suggestion]:
        return suggestions.filter(**{f"{value}__waiting_since__lte": clock.today() - LONG})

    def _of_fit(
        self, suggestions: QuerySet[Suggestion], _name: str, value: str
    ) -> QuerySet[Suggestion]:
        least = next(least for least, fit in FITS if str(fit.steps) == value)
        return suggestions.filter(score__gte=least)


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


class TrialForm(forms.Form):
    """One change to try: of one person, or of everybody at the site."""

    person = PersonField(
        label=_("Who"), empty_label=_("everybody at the site"), queryset=None, required=False
    )
    what = forms.TypedChoiceField(label=_("What"), choices=What.choices, coerce=What)
    day = forms.ChoiceField(
        label=_("Day"),
        choices=[("", _("no day")), *zip(DAYS, DAY_WORDS, strict=True)],
        required=False,
        help_text=_("Only for one more day."),
    )
    km = forms.IntegerField(
        label=_("Kilometres"),
        min_value=1,
        max_value=500,
        required=False,
        widget=forms.NumberInput(attrs={"data-width": "short"}),
        help_text=_("Only for another distance."),
    )

    def __init__(self, *args: Any, site: Site, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = willing_people(site, on=on).prefetch_related(None)
        self.fields["person"].queryset = people.order_by(  # type: ignore[attr-defined]  # a ModelChoiceField
            "person__family_name", "person__given_name", "pk"
        )

    def clean(self) -> dict[str, Any]:
        """Ask for the day or the kilometres where the change needs them."""
        cleaned: dict[str, Any] = super().clean() or {}
        what, person = cleaned.get("what"), cleaned.get("person")
        if what == What.DAY and not cleaned.get("day") and "day" not in self.errors:
            self.add_error("day", _("Please choose a day."))
        if what == What.KM and not cleaned.get("km") and "km" not in self.errors:
            self.add_error("km", _("Please say how many kilometres."))
        if what == What.PLACE and person is not None and not person.is_volunteer:
            self.add_error("what", _("Only a volunteer can take one tandem more."))
        return cleaned

    @property
    def trial(self) -> Trial:
        """Return the change that was asked for. Only of a valid form."""
        fields = self.cleaned_data
        return Trial(
            what=fields["what"],
            person=fields["person"],
            day=fields["day"],
            km=fields["km"] or 0,
        )


class WithdrawForm(forms.Form):
    """Why a proposal is taken back; for the team only."""

    reason = forms.CharField(label=_("Reason"), max_length=200, required=False)
