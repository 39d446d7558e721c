"""Handing somebody over to another site."""

from django import forms
from django.utils.translation import gettext_lazy as _

from tandemwerk.people.enums import ConsentWay

#: How somebody tells the team that they agree.
SAID_TO_THE_TEAM = [(way.value, way.label) for way in (ConsentWay.PAPER, ConsentWay.SPOKEN)]


class HandOverForm(forms.Form):
    """How the person agreed, and that it is meant: this site cannot take it back."""

    way = forms.TypedChoiceField(
        label=_("How did the person agree?"),
        choices=SAID_TO_THE_TEAM,
        coerce=ConsentWay,
        widget=forms.RadioSelect,
    )
    is_meant = forms.BooleanField(
        label=_("The person knows what happens and agrees. I hand the person over for good."),
    )
