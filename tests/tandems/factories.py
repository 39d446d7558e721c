"""Rows of a tandem's life."""

from datetime import timedelta

import factory

from tandemwerk.intake.enums import Side
from tandemwerk.tandems.enums import AnswerState, MeetingKind, Mood, TandemState
from tandemwerk.tandems.models import Answer, CheckIn, Meeting, Tandem, TandemMove
from tests.factories import NOON, TandemFactory


class AnswerFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Answer

    tandem = factory.SubFactory(TandemFactory, state=TandemState.PROPOSED, founded_on=None)
    side = Side.VOLUNTEER
    state = AnswerState.YES
    nonce = "nonce-of-an-answer"
    asked_at = NOON - timedelta(days=2)
    expires_at = NOON + timedelta(days=8)
    answered_at = NOON - timedelta(days=1)


class MeetingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Meeting

    tandem = factory.SubFactory(TandemFactory)
    kind = MeetingKind.REGULAR
    starts_at = NOON - timedelta(days=3)
    place = "Standort"


class MoveFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = TandemMove

    tandem = factory.SubFactory(TandemFactory)
    from_state = TandemState.PROPOSED
    to_state = TandemState.TRIAL
    at = NOON - timedelta(days=60)
    by_kind = "system"


class CheckInFactory(factory.django.DjangoModelFactory):
    """A question that was asked yesterday and waits for its answer."""

    class Meta:
        model = CheckIn

    tandem = factory.SubFactory(TandemFactory)
    side = Side.NEWCOMER
    due_on = (NOON - timedelta(days=1)).date()
    nonce = "nonce-of-a-checkin"
    asked_at = NOON - timedelta(days=1)
    expires_at = NOON + timedelta(days=13)

    class Params:
        answered = factory.Trait(mood=Mood.ALL_RIGHT, answered_at=NOON - timedelta(hours=2))
        hard = factory.Trait(
            mood=Mood.HARD,
            line="Es ist gerade viel.",
            answered_at=NOON - timedelta(hours=2),
        )


def wanted_by_both(**fields) -> Tandem:
    """Make a proposal with two times yes."""
    tandem = TandemFactory(state=TandemState.PROPOSED, founded_on=None, **fields)
    for side in Side:
        AnswerFactory(tandem=tandem, side=side)
    return tandem
