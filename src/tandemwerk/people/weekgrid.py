"""The week as 21 slots: seven days, three parts each, one bit per slot from Monday morning on."""

from collections.abc import Iterator

from tandemwerk.people.enums import Day, Part


def bit(day: Day, part: Part) -> int:
    """Return the position of a slot in the mask.

    >>> bit(Day.TUESDAY, Part.EVENING)
    5
    """
    return day * len(Part) + part


def slots(mask: int) -> Iterator[tuple[Day, Part]]:
    """Yield the slots of ``mask`` in the order of the week."""
    for day in Day:
        for part in Part:
            if mask >> bit(day, part) & 1:
                yield day, part


def slots_in_words(mask: int) -> list[str]:
    """Return the slots as people say them: «Tuesday evening»."""
    return [f"{day.label} {part.label}" for day, part in slots(mask)]
