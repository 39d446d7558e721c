"""What this room's actions and tables are called in the audit trail."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from tandemwerk.core.naming import name_actions, name_tables, namer
from tandemwerk.intake.models import Participation

name_tables({"intake.participation": _("participation"), "intake.importbatch": _("import")})
name_actions(
    {
        "intake.add_participation": _("took somebody in as a participant"),
        "intake.change_participation": _("changed what somebody wishes or offers"),
        "intake.move_participation": _("changed whether somebody takes part"),
        "intake.hand_over": _("handed somebody over to another site"),
        "intake.answer_question": _("wrote down an answer that was missing"),
        "intake.upload_list": _("brought a list"),
        "intake.correct_sheet": _("corrected how a list is read"),
        "intake.confirm_row": _("said whether a row is somebody who is there already"),
        "intake.take_import": _("took the people of a list in"),
        "intake.undo_import": _("undid an import"),
        "intake.drop_import": _("threw a list away"),
        "intake.export_people": _("took the list of people out as a file"),
        "intake.read_participation": _("read somebody's details"),
    }
)


@namer("intake.participation")
def names_of_participations(reader: Any, numbers: Iterable[int]) -> dict[int, str]:
    """Name those who take part at the sites of the reader's own teams."""
    seen = Participation.objects.visible_to(reader).filter(pk__in=numbers)
    return {row.pk: str(row.person) for row in seen.select_related("person")}


@namer("people.person")
def names_of_persons(reader: Any, numbers: Iterable[int]) -> dict[int, str]:
    """Name persons who take part at the sites of the reader's own teams."""
    seen = Participation.objects.visible_to(reader).filter(person__in=numbers)
    return {row.person_id: str(row.person) for row in seen.select_related("person")}
