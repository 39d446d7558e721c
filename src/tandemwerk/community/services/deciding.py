"""Telling people what was decided about their words, and what came of what they reported."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils import translation

from tandemwerk.community.enums import DecisionKind, ReportState
from tandemwerk.community.models import Decision, Report
from tandemwerk.messaging.links import absolute
from tandemwerk.messaging.notices import notify
from tandemwerk.messaging.services.outbox import put_in


def tell_person(decision: Decision) -> None:
    """Send the reasons to the person, by mail and in the app; nobody can switch the mail off."""
    person = decision.person
    if person is None or person.pk == decision.by_id:
        return
    url = reverse("community:decision", args=[decision.pk])
    notify(
        key=f"community.decision:{decision.pk}",
        kind="community.decision",
        to=[person.pk],
        url=url,
        context={"kind": decision.kind, "about": about(decision)},
        at=decision.at,
    )
    if decision.kind == DecisionKind.APPROVE:
        return
    with translation.override(person.language):
        link = absolute(reverse("community:decision", args=[decision.pk]))
    put_in(
        key=f"community.decision:{decision.pk}",
        kind="community_decision",
        to=person,
        context={
            "kind": DecisionKind(decision.kind),
            "about": about(decision),
            "reason": decision.reason.replace("\n", "\n> "),
            "until": decision.until,
            "space": decision.space,
            "link": link,
        },
        at=decision.at,
        scope=decision.audit_scope,
    )


def about(decision: Decision) -> str:
    """Return what a decision is about: the title of the topic, or the space."""
    return str(decision.topic or decision.space)


def tell_reporters(reports: Iterable[Report], *, to: ReportState, at: datetime) -> None:
    """Tell everybody who reported a post what came of it."""
    for report in reports:
        if report.reporter_id is not None:
            notify(
                key=f"community.report_settled:{report.pk}",
                kind="community.report_settled",
                to=[report.reporter_id],
                url=reverse("community:decisions"),
                context={"state": to.value, "topic": report.post.topic.title},
                at=at,
            )
