"""Proposals that are on their way: who was asked, who answered, what is due."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from django.db.models import Prefetch, QuerySet

from tandemwerk.programme.models import Carrier, Site, Viewer
from tandemwerk.tandems.enums import ANSWER_MOVES, AnswerState, TandemState
from tandemwerk.tandems.models import Answer, Tandem
from tandemwerk.ui.parts import Tone

LinkState = Literal["open", "called", "answered", "closed"]


def link_state(answer: Answer, *, at: datetime) -> LinkState:
    """Return what a link can still do.

    ``called``: a call was asked for, yes and no are still possible. ``closed``: the time is over or
    the proposal came to nothing; the two look the same, so that nobody learns what the other said.
    """
    if answer.state in {AnswerState.YES, AnswerState.NO}:
        return "answered"
    if answer.tandem.state != TandemState.PROPOSED or answer.expires_at <= at:
        return "closed"
    return "called" if answer.state == AnswerState.CALL_ME else "open"


def answer_with_both(answer_id: int) -> Answer | None:
    """Return an answer with its site and everything that a portrait needs, in a few queries."""
    sides = ("tandem__volunteer__person", "tandem__newcomer__person")
    answers = Answer.objects.select_related("tandem__site__carrier", *sides).prefetch_related(
        *(f"{side}__{what}" for side in sides for what in ("languages", "consents"))
    )
    return answers.filter(pk=answer_id).first()


def open_proposals(site: Site, *, viewer: Viewer) -> QuerySet[Tandem]:
    """Return the proposals of a site with both people and answers, the longest open first."""
    proposed = Tandem.objects.accompanied_by(viewer).filter(site=site, state=TandemState.PROPOSED)
    return _with_answers(proposed).order_by("created_at", "pk")


#: States of a proposal that came to nothing.
CLOSED_STATES: Final = frozenset({TandemState.DECLINED, TandemState.EXPIRED})


def closed_proposals(viewer: Viewer) -> QuerySet[Tandem]:
    """Return the proposals that came to nothing, of the sites in whose team ``viewer`` is."""
    return _with_answers(Tandem.objects.accompanied_by(viewer).filter(state__in=CLOSED_STATES))


def _with_answers(tandems: QuerySet[Tandem]) -> QuerySet[Tandem]:
    answers = Answer.objects.order_by("-side")  # volunteer, newcomer: as everywhere
    return tandems.select_related("site", "volunteer__person", "newcomer__person").prefetch_related(
        Prefetch("answers", queryset=answers)
    )


def answers_to_remind(*, at: datetime) -> list[int]:
    """Return the answers whose carrier's days of patience are over and that may still come."""
    remind_after = Carrier.objects.values_list("remind_after_days", flat=True).distinct()
    due: list[int] = []
    for days in remind_after.order_by("remind_after_days"):
        late = Answer.objects.filter(
            state=AnswerState.WAITING,
            reminded_at=None,
            asked_at__lte=at - timedelta(days=days),
            expires_at__gt=at,
            tandem__state=TandemState.PROPOSED,
            tandem__site__carrier__remind_after_days=days,
        )
        due += late.order_by("pk").values_list("pk", flat=True)
    return due


def proposals_to_expire(*, at: datetime) -> list[int]:
    """Return the proposals that somebody has not answered in time."""
    late = Tandem.objects.filter(
        state=TandemState.PROPOSED,
        answers__state=AnswerState.WAITING,
        answers__expires_at__lte=at,
    )
    return list(late.order_by("pk").distinct().values_list("pk", flat=True))


@dataclass(frozen=True, kw_only=True)
class AskedSide:
    """One side of a proposal as the list shows it."""

    answer: Answer
    tone: Tone
    #: Gets no mail: the site gives the link itself, spoken or on paper.
    is_by_hand: bool
    is_open: bool


@dataclass(frozen=True, kw_only=True)
class ProposalCard:
    """A proposal with what both have said."""

    tandem: Tandem
    sides: list[AskedSide]
    is_wanted_by_both: bool


_TONES: Final[dict[str, Tone]] = {
    AnswerState.WAITING: "neutral",
    AnswerState.YES: "good",
    AnswerState.NO: "bad",
    AnswerState.CALL_ME: "careful",
}


def proposal_card(tandem: Tandem) -> ProposalCard:
    """Return a proposal of ``open_proposals`` as the list shows it."""
    answers = list(tandem.answers.all())
    return ProposalCard(
        tandem=tandem,
        sides=[
            AskedSide(
                answer=answer,
                tone=_TONES[answer.state],
                is_by_hand=not answer.participation.person.may_be_mailed,
                is_open=answer.state in ANSWER_MOVES,
            )
            for answer in answers
        ],
        is_wanted_by_both=all(answer.state == AnswerState.YES for answer in answers),
    )
