"""What each role gets at the addresses of the portal."""

from typing import Any

from tests.matrix import NETWORK, TEAM, Row
from tests.world import World

CARRIERS = ("carrier_lead", "foreign_carrier_lead")


def site(world: World) -> dict[str, Any]:
    return {"slug": world.mine.slug}


ROWS: list[Row] = [
    Row(name="portal:start", others=200),
    Row(name="portal:work", others=200),
    Row(name="portal:site", kwargs=site, allowed={TEAM: 200}),
    Row(
        name="portal:overview",
        allowed={(*NETWORK, *CARRIERS, "ministry", "administrator"): 200},
        others=403,
    ),
    Row(
        name="portal:overview",
        query="?export=csv",
        allowed={(*NETWORK, *CARRIERS, "ministry", "administrator"): 200},
        others=403,
        is_page=False,
    ),
    Row(
        name="portal:site_numbers",
        allowed={(*NETWORK, *CARRIERS, "administrator"): 200},
        others=403,
    ),
    Row(name="portal:search", query="?q=Muster", others=200, anonymous=200),
]
