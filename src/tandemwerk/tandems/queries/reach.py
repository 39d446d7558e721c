"""Who of a tandem can be written to: the same question for answers and check-ins."""

from typing import Final

from django.db.models import Q

from tandemwerk.intake.enums import Side
from tandemwerk.people.enums import ContactPreference

_BY_MAIL: Final = (ContactPreference.MAIL, ContactPreference.BOTH)


def gets_mail() -> Q:
    """Return the condition on rows with ``tandem`` and ``side`` that this side gets mail."""
    return _side_gets_mail(Side.VOLUNTEER) | _side_gets_mail(Side.NEWCOMER)


def _side_gets_mail(side: Side) -> Q:
    person = f"tandem__{side}__person__"
    wants = Q(
        ("side", side),
        (f"{person}contact_preference__in", _BY_MAIL),
        (f"{person}erased_at", None),
    )
    return wants & ~Q((f"{person}mail", ""))
