"""The tables of this room, by what they are about."""

from tandemwerk.tandems.models.checkins import CheckIn
from tandemwerk.tandems.models.runs import DeclinedPair, PairingRun, Suggestion
from tandemwerk.tandems.models.tandem import Answer, Meeting, Note, Tandem, TandemMove

__all__ = [
    "Answer",
    "CheckIn",
    "DeclinedPair",
    "Meeting",
    "Note",
    "PairingRun",
    "Suggestion",
    "Tandem",
    "TandemMove",
]
