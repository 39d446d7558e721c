"""Who speaks in the demo: the names in the texts, as accounts with the team they speak for."""

from dataclasses import dataclass
from typing import Final

from tandemwerk.people.models import User
from tandemwerk.programme.models import Membership, Site

#: The sites after the first, in the order of ``words.SITES``, as the texts call them.
TOWNS: Final = (
    *("leipzig", "bremen", "koeln", "rostock", "kassel", "hamburg", "dresden", "stuttgart"),
    *("erfurt", "saarbruecken", "muenster", "magdeburg", "freiburg", "neukoelln", "wedding"),
    *("nuernberg", "mainz", "kiel", "schwerin", "potsdam", "hannover", "dortmund", "frankfurt"),
)
_FIRST_TOWN: Final = 2


@dataclass(frozen=True, kw_only=True)
class Voice:
    """Somebody who writes: an account, and for whom it speaks."""

    user: User
    site: Site | None
    carrier_id: int | None

    @property
    def pk(self) -> int:
        return self.user.pk

    @property
    def site_id(self) -> int | None:
        return self.site.pk if self.site else None

    @property
    def land(self) -> str:
        return self.site.land if self.site else ""


def mail_of(name: str) -> str:
    """Return the address of the account that the texts call ``name``."""
    if name in TOWNS:
        return f"koordination{TOWNS.index(name) + _FIRST_TOWN}@demo.example"
    if name.startswith("lead"):
        return f"leitung{name.removeprefix('lead')}@demo.example"
    return f"{name}@demo.example"


def the_cast() -> dict[str, Voice]:
    """Return everybody in a team by the name that the texts use."""
    memberships = Membership.objects.select_related("user", "site", "carrier").order_by("pk")
    by_mail: dict[str, Voice] = {}
    for each in memberships:
        carrier = each.carrier_id or (each.site.carrier_id if each.site else None)
        by_mail[each.user.email] = Voice(user=each.user, site=each.site, carrier_id=carrier)
    roles = ("network", "moderation", "editor", "ministry", "carrier", "coordinator", "speaker")
    leads = [f"lead{number}" for number in range(2, len(by_mail))]
    return {
        name: by_mail[mail]
        for name in (*roles, *TOWNS, *leads)
        if (mail := mail_of(name)) in by_mail
    }
