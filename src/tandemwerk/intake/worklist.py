"""What this room puts on a team's worklist: lists to look through, people to ask."""

from datetime import datetime
from typing import Any

from django.db.models import Count, Min
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tandemwerk.core.worklist import Work, WorkItem, source, work_of
from tandemwerk.intake.enums import ImportState, ParticipationState
from tandemwerk.intake.models import ImportBatch, Participation
from tandemwerk.programme.models import written_sites


@source
def lists_to_look_through(user: Any, _at: datetime, limit: int) -> Work:
    """Return lists that were read and wait for somebody to look."""
    waiting = ImportBatch.objects.visible_to(user).filter(state=ImportState.REVIEW)
    return work_of(waiting.select_related("site").order_by("moved_at", "pk"), limit, _list)


def _list(batch: ImportBatch) -> WorkItem:
    return WorkItem(
        key=f"import-{batch.pk}",
        title=_("Look through «%(list)s»") % {"list": batch.filename},
        reason=_("The list is read. Nobody is taken in before you say so."),
        url=reverse("intake:import", args=[batch.pk]),
        button=_("Look through the rows"),
        urgency="soon",
        since=batch.moved_at,
        icon="file-earmark-spreadsheet",
    )


@source
def people_to_ask(user: Any, _at: datetime, limit: int) -> Work:
    """Return, for each site, that there are people of whom something is still to ask."""
    open_questions = (
        Participation.objects.filter(
            site__in=written_sites(user),
            state=ParticipationState.OPEN,
            person__erased_at=None,
        )
        .exclude(questions=[])
        .values("site__slug", "site__name")
        .annotate(number=Count("pk"), since=Min("created_at"))
        .order_by("since", "site__slug")
    )
    found = list(open_questions)
    items = [
        WorkItem(
            key=f"ask-{each['site__slug']}",
            title=ngettext(
                "Ask %(number)s person what is missing",
                "Ask %(number)s people what is missing",
                each["number"],
            )
            % {"number": each["number"]},
            reason=_("Without languages, times or postcode nobody can be found for them."),
            url=reverse("intake:people", args=[each["site__slug"]]) + "?ask=true",
            button=_("Show people"),
            urgency="later",
            since=each["since"],
            icon="question-circle",
        )
        for each in found[:limit]
    ]
    return Work(items=items, count=len(found))
