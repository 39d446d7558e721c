"""Proposals that are on their way: who was asked, who answered, what is due."""

from datetime import datetime, timedelta

from django.db.models import Prefetch, QuerySet

from tandemwerk.programme.models import Carrier, Site, Viewer
from tandemwerk.tandems.enums import AnswerState, TandemState
from tandemwerk.tandems.models import Answer, Tandem


def open_proposals(site: Site, *, viewer: Viewer) -> QuerySet[Tandem]:
    """Return the proposals of a site with both people and answers, the longest open first."""
    answers = Answer.objects.order_by("-side")  # volunteer, newcomer: as everywhere
    return (
        Tandem.objects.accompanied_by(viewer)
        .filter(site=site, state=TandemState.PROPOSED)
        .select_related("site", "volunteer__person", "newcomer__person")
        .prefetch_related(Prefetch("answers", queryset=answers))
        .order_by("created_at", "pk")
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
