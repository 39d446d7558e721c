"""The tables of this room, by what they are about."""

from tandemwerk.tandems.models.checkins import CheckIn
from tandemwerk.tandems.models.reach import AcrossOffer, ReachRequest
from tandemwerk.tandems.models.runs import DeclinedPair, PairingRun, Suggestion
from tandemwerk.tandems.models.tandem import Answer, Meeting, Note, Tandem, TandemMove
from tandemwerk.tandems.models.terms import PairingRound, PairingTerms, PairingWeights

__all__ = [
    "AcrossOffer",
    "Answer",
    "CheckIn",
    "DeclinedPair",
    "Meeting",
    "Note",
    "PairingRound",
    "PairingRun",
    "PairingTerms",
    "PairingWeights",
    "ReachRequest",
    "Suggestion",
    "Tandem",
    "TandemMove",
]
