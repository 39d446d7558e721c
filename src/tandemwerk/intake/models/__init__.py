"""Who takes part at a site, and the lists they came from."""

from tandemwerk.intake.models.imports import (
    ImportBatch,
    ImportRow,
    ImportSheet,
    RememberedMapping,
)
from tandemwerk.intake.models.participation import Participation, ParticipationQuerySet

__all__ = [
    "ImportBatch",
    "ImportRow",
    "ImportSheet",
    "Participation",
    "ParticipationQuerySet",
    "RememberedMapping",
]
