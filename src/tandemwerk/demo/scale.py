"""How much is made: the small programme of the first start, and the whole country."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, kw_only=True)
class Scale:
    """Sizes of a programme. ``tandems`` counts every tandem that was ever proposed."""

    name: str
    carriers: int
    sites: int
    volunteers: int
    newcomers: int
    #: Live and past tandems by state.
    proposed: int
    trial: int
    active: int
    paused: int
    ended: int
    declined: int
    expired: int
    #: Rounds of check-ins of a tandem that ended.
    rounds: int
    #: Share of all live tandems at the first site, where the demo's coordinator works.
    first_site: float

    @property
    def tandems(self) -> int:
        return (
            self.proposed
            + self.trial
            + self.active
            + self.paused
            + self.ended
            + self.declined
            + self.expired
        )


SCALES: Final = {
    "demo": Scale(
        name="demo",
        carriers=6,
        sites=24,
        volunteers=300,
        newcomers=300,
        proposed=14,
        trial=22,
        active=108,
        paused=10,
        ended=52,
        declined=8,
        expired=6,
        rounds=3,
        first_site=0.26,
    ),
    # PROGRAMME.md: 28 carriers, 900 sites, 240,000 tandems (30,000 running), 300,000 people,
    # 3,000,000 check-ins, 20,000 open requests on each side.
    "programme": Scale(
        name="programme",
        carriers=28,
        sites=900,
        volunteers=120_000,
        newcomers=180_000,
        proposed=1_500,
        trial=3_000,
        active=25_000,
        paused=2_000,
        ended=205_000,
        declined=2_500,
        expired=1_000,
        rounds=7,
        first_site=0.0027,
    ),
}
#: People without a tandem who wait for one, on each side, as a share of the side at small scale.
WAITING: Final = {"demo": 96, "programme": 20_000}
