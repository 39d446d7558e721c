"""A count as a page shows it: whole for those who run the programme, protected for the funder."""

from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from tandemwerk.core.suppression import SMALL, Cell
from tandemwerk.ui.figures import grouped

#: Shown where a number is kept back although it is not small.
KEPT_BACK: Final = "·"


@dataclass(frozen=True)
class Shown:
    """A number, or why there is none."""

    value: int | None
    is_small: bool = False

    def __str__(self) -> str:
        if self.value is not None:
            return str(grouped(self.value))
        return _("< %(number)s") % {"number": SMALL} if self.is_small else KEPT_BACK

    @property
    def cell(self) -> int | str:
        """Return what stands in a spreadsheet."""
        return str(self) if self.value is None else self.value


def protected(cell: Cell) -> Shown:
    """Return a protected count as it is shown."""
    return Shown(cell.value, cell.is_small)
