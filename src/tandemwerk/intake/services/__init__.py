"""Every write about taking part, and about lists of people that are imported."""

from tandemwerk.intake.services.lists import correct_sheet, read_list, upload_list
from tandemwerk.intake.services.participations import (
    add_participation,
    answer_question,
    change_participation,
    erase_participant,
    hand_over,
    move_participation,
    record_export,
    withdraw_consent,
)
from tandemwerk.intake.services.taking import (
    confirm_row,
    start_taking,
    take_import,
    take_rows,
)
from tandemwerk.intake.services.undoing import (
    drop_import,
    forget_old_lists,
    held_participations,
    undo_import,
)

__all__ = [
    "add_participation",
    "answer_question",
    "change_participation",
    "confirm_row",
    "correct_sheet",
    "drop_import",
    "erase_participant",
    "forget_old_lists",
    "hand_over",
    "held_participations",
    "move_participation",
    "read_list",
    "record_export",
    "start_taking",
    "take_import",
    "take_rows",
    "undo_import",
    "upload_list",
    "withdraw_consent",
]
