"""The tables of this room, by what they are about."""

from tandemwerk.tandems.models.checkins import CheckIn
from tandemwerk.tandems.models.reach import ReachRequest
from tandemwerk.tandems.models.runs import DeclinedPair, PairingRun, Suggestion
from tandemwerk.tandems.models.tandem import Answer, Meeting, Note, Tandem, TandemMove
from tandemwerk.tandems.models.terms import PairingNight, PairingTerms, PairingWeights

__all__ = [
    "Answer",
    "CheckIn",
    "DeclinedPair",
    "Meeting",
    "Note",
    "PairingNight",
    "PairingRun",
    "PairingTerms",
    "PairingWeights",
    "ReachRequest",
    "Suggestion",
    "Tandem",
    "TandemMove",
]
