"""Those who are paired, as plain values. What has no place here is not used for pairing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from tandemwerk.pairing.errors import PairingInputError
from tandemwerk.pairing.vocabulary import (
    KINDS,
    MAX_PRIORITY,
    MAX_WANTED,
    SLOTS,
    TOPICS,
    Gender,
    GenderWish,
    Level,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """What volunteers and newcomers have in common.

    ``availability``, ``kinds`` and ``topics`` are masks over ``SLOTS``, ``KINDS`` and ``TOPICS``.
    ``languages`` maps an ISO 639 code to a :class:`Level`. ``max_km`` is how far the person would
    go. A group or family is one participant with a ``group_size`` above 1.
    """

    id: str
    postcode: str
    languages: Mapping[str, Level]
    availability: int
    kinds: int
    max_km: float
    gender: Gender = Gender.UNSAID
    wishes_gender: GenderWish = GenderWish.ANY
    birth_year: int | None = None
    interests: frozenset[str] = frozenset()
    topics: int = 0
    waiting_since: date | None = None
    group_size: int = 1

    def __post_init__(self) -> None:
        for name, vocabulary in (("availability", SLOTS), ("kinds", KINDS), ("topics", TOPICS)):
            if not 0 <= getattr(self, name) < 1 << len(vocabulary):
                raise PairingInputError(
                    f"{self.id}: {name} is not a mask of {len(vocabulary)} bits"
                )
        if not 0 <= self.max_km < float("inf"):
            raise PairingInputError(f"{self.id}: max_km is not a distance: {self.max_km}")
        if self.group_size < 1:
            raise PairingInputError(f"{self.id}: group_size is below 1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Volunteer(Participant):
    """Accompanies. ``capacity`` counts the open places; 0 means none at the moment.

    A group takes one place, however many people belong to it; ``max_group`` is the size of the
    greatest group that the volunteer would take, None where any is welcome.
    """

    capacity: int = 1
    minors_ok: bool = False
    max_group: int | None = None

    def __post_init__(self) -> None:
        Participant.__post_init__(self)
        if self.capacity < 0:
            raise PairingInputError(f"{self.id}: capacity is below 0")
        if self.max_group is not None and self.max_group < 1:
            raise PairingInputError(f"{self.id}: max_group is below 1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Newcomer(Participant):
    """Is accompanied. ``priority`` is set by the site, 0 to 3.

    A group can have more than one volunteer: ``volunteers_wanted``, 1 to 3, of whom it has
    ``volunteers_found`` already. Who has one comes after all who have none.
    """

    is_minor: bool = False
    priority: int = 0
    volunteers_wanted: int = 1
    volunteers_found: int = 0

    def __post_init__(self) -> None:
        Participant.__post_init__(self)
        if not 0 <= self.priority <= MAX_PRIORITY:
            raise PairingInputError(f"{self.id}: priority is not between 0 and {MAX_PRIORITY}")
        if not 1 <= self.volunteers_wanted <= MAX_WANTED:
            problem = f"volunteers_wanted is not between 1 and {MAX_WANTED}"
            raise PairingInputError(f"{self.id}: {problem}")
        if not 0 <= self.volunteers_found <= self.volunteers_wanted:
            problem = f"volunteers_found is not between 0 and {self.volunteers_wanted}"
            raise PairingInputError(f"{self.id}: {problem}")
