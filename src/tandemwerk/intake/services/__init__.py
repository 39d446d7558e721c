"""Every write about taking part, and about lists of people that are imported."""

from tandemwerk.intake.services.participations import (
    add_participation,
    answer_question,
    change_participation,
    erase_participant,
    move_participation,
    record_export,
    withdraw_consent,
)

__all__ = [
    "add_participation",
    "answer_question",
    "change_participation",
    "erase_participant",
    "move_participation",
    "record_export",
    "withdraw_consent",
]
