"""What this room keeps about a person: that and how they take part, and the lists they came in."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from tandemwerk.core.actors import Actor
from tandemwerk.core.privacy import PersonalData, register
from tandemwerk.intake.enums import GenderWish, ParticipationState
from tandemwerk.intake.models import ImportRow, Participation
from tandemwerk.people.enums import Topic
from tandemwerk.programme.enums import TandemKind


def _export_participations(person_id: int) -> list[dict[str, Any]]:
    rows = Participation.objects.filter(person_id=person_id).select_related("site").order_by("pk")
    return [
        {
            "site": row.site.name,
            "side": row.get_side_display(),
            "state": row.get_state_display(),
            "waiting_since": row.waiting_since.isoformat(),
            "kinds": [str(kind.label) for kind in TandemKind if row.kinds >> kind & 1],
            "topics": [str(topic.label) for topic in Topic if row.topics >> topic & 1],
            "wishes_gender": row.get_wishes_gender_display(),
            "max_km": row.max_km,
            "group_size": row.group_size,
            "volunteers_wanted": row.volunteers_wanted,
            "capacity": row.capacity,
            "max_group": row.max_group,
            "minors_ok": row.minors_ok,
            "is_minor": row.is_minor,
            "priority": row.priority,
            "questions": row.questions,
            "created_at": row.created_at.isoformat(),
        }
        for row in rows
    ]


def _erase_participations(person_id: int, _by: Actor, _at: datetime) -> None:
    """Keep that somebody took part, for the figures, and nothing of what they wished."""
    Participation.objects.filter(person_id=person_id).update(
        state=ParticipationState.LEFT,
        kinds=0,
        topics=0,
        wishes_gender=GenderWish.ANY,
        max_km=15,
        group_size=1,
        volunteers_wanted=1,
        max_group=None,
        minors_ok=False,
        is_minor=False,
        priority=0,
        questions=[],
    )


def _export_import_rows(person_id: int) -> list[dict[str, Any]]:
    rows = _import_rows(person_id).select_related("sheet__batch")
    return [
        {
            "file": row.sheet.batch.filename,
            "sheet": row.sheet.name,
            "row": row.number,
            "uploaded_at": row.sheet.batch.created_at.isoformat(),
            "cells": row.cells,
        }
        for row in rows.order_by("pk")
    ]


def _erase_import_rows(person_id: int, _by: Actor, _at: datetime) -> None:
    """Empty the row they became, and remove the rows that only repeat them."""
    _import_rows(person_id).filter(participation=None).delete()
    _import_rows(person_id).update(draft={}, cells=[], findings={})


def _import_rows(person_id: int) -> Any:
    became = ImportRow.objects.filter(participation__person_id=person_id)
    return became | ImportRow.objects.filter(same_as__person_id=person_id)


register(
    PersonalData(
        name="import_rows",
        title=_("Rows of imported lists"),
        purpose=_("To take people in from a list that the site kept before."),
        kept=_("Until the list is taken; what was handed back for 30 days at most."),
        models=("intake.ImportRow", "intake.ImportSheet", "intake.ImportBatch"),
        export=_export_import_rows,
        erase=_erase_import_rows,
    ),
    PersonalData(
        name="participations",
        title=_("Taking part"),
        purpose=_("To find a tandem that suits somebody."),
        kept=_("Until somebody leaves the programme and asks for it, or three years after that."),
        models=("intake.Participation",),
        export=_export_participations,
        erase=_erase_participations,
    ),
)
