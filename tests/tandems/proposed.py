"""Proposals and runs for tests; a test says only what matters to it."""

from datetime import timedelta

import factory

from tandemwerk.intake.enums import Side
from tandemwerk.intake.models import Participation
from tandemwerk.tandems.enums import RunState, TandemState
from tandemwerk.tandems.models import Answer, PairingRun, ReachRequest, Suggestion, Tandem
from tests.factories import NOON, ParticipationFactory, SiteFactory, TandemFactory

#: What the engine says of a pair, as it is stored.
REASONS = [
    {"rule": "language", "values": {"code": "fa", "volunteer": "B1", "newcomer": "L1"}},
    {"rule": "distance", "values": {"km": 4.2}},
    {"rule": "slot", "values": {"slot": "tue-evening"}},
    {"rule": "topic", "values": {"topic": "school"}},
]


class AnswerFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Answer

    tandem = factory.SubFactory(TandemFactory, state=TandemState.PROPOSED, founded_on=None)
    side = Side.VOLUNTEER
    nonce = factory.Sequence(lambda n: f"nonce{n}")
    asked_at = NOON
    expires_at = NOON + timedelta(days=10)


class RunFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PairingRun

    site = factory.SubFactory(SiteFactory)
    state = RunState.DONE
    created_at = NOON
    finished_at = NOON
    weights = factory.LazyFunction(lambda: {"weights": {"language": 20, "age": 0}})
    summary = factory.LazyFunction(
        lambda: {
            "counts": {"volunteers": 3, "newcomers": 4, "tandems": 2, "unlocated": 1},
            "total": 1.2,
            "seconds": {"assignment": 0.01},
        }
    )


class SuggestionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Suggestion

    run = factory.SubFactory(RunFactory)
    volunteer = factory.SubFactory(
        ParticipationFactory, site=factory.SelfAttribute("..run.site"), side=Side.VOLUNTEER
    )
    newcomer = factory.SubFactory(
        ParticipationFactory, site=factory.SelfAttribute("..run.site"), side=Side.NEWCOMER
    )
    score = 0.6
    km = 4.2
    language = "fa"
    reasons = factory.LazyFunction(lambda: list(REASONS))


def make_proposal(**fields: object) -> Tandem:
    """Make a proposal that both sides were asked about at ``NOON`` and have not answered."""
    tandem = TandemFactory(state=TandemState.PROPOSED, founded_on=None, **fields)
    for side in Side:
        AnswerFactory(tandem=tandem, side=side)
    return tandem


def make_request(asking: Participation, asked: Participation, **fields: object) -> ReachRequest:
    """Make a question of one site to another about a pair of theirs."""
    sites = {"asking_site": asking.site, "asked_site": asked.site}
    given = sites | {"asked_at": NOON} | fields
    return ReachRequest.objects.create(asking=asking, asked=asked, **given)


def answer_of(tandem: Tandem, side: Side) -> Answer:
    return tandem.answers.get(side=side)
