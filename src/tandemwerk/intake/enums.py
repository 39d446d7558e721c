"""Sides of a tandem, and the states of taking part and of an import."""

from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Side(TextChoices):
    VOLUNTEER = "volunteer", _("volunteer")
    NEWCOMER = "newcomer", _("newcomer")


class GenderWish(TextChoices):
    ANY = "any", _("does not matter")
    FEMALE = "f", _("a woman")
    MALE = "m", _("a man")
    DIVERSE = "d", _("a diverse person")


class ParticipationState(TextChoices):
    """Whether somebody wants a tandem at the site. That they have one is derived."""

    OPEN = "open", _("open for a tandem")
    PAUSED = "paused", _("taking a break")
    LEFT = "left", _("no longer taking part")


_P = ParticipationState
#: Which state may follow which. A state without an entry is final.
PARTICIPATION_MOVES: Final = {
    _P.OPEN: {_P.PAUSED, _P.LEFT},
    _P.PAUSED: {_P.OPEN, _P.LEFT},
    _P.LEFT: {_P.OPEN},
}


class ImportState(TextChoices):
    UPLOADED = "uploaded", _("being read")
    REVIEW = "review", _("to be looked through")
    TAKING = "taking", _("being taken")
    TAKEN = "taken", _("taken")
    UNDONE = "undone", _("undone")
    FAILED = "failed", _("failed")


_I = ImportState
#: Which state may follow which. A state without an entry is final.
IMPORT_MOVES: Final = {
    _I.UPLOADED: {_I.REVIEW, _I.FAILED},
    _I.REVIEW: {_I.UPLOADED, _I.TAKING},
    _I.TAKING: {_I.TAKEN, _I.FAILED},
    _I.TAKEN: {_I.UNDONE},
}


class RowState(TextChoices):
    """What becomes of one row of a list. Whether it was taken says its participation."""

    CLEAN = "clean", _("ready")
    WRONG = "wrong", _("to correct")
    DUPLICATE = "duplicate", _("there already")
    SKIPPED = "skipped", _("nobody in this row")
