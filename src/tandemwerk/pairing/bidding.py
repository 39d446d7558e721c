"""The fast way to an exact assignment: two problems that can be filled, solved by bidding."""

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from tandemwerk.pairing.assignment import Instance, IntArray
from tandemwerk.pairing.market import Market, bid, exchange, fill, open_market

Int32Array = npt.NDArray[np.int32]

#: So many bids before somebody without a place is given one by the shortest path.
PATIENCE: Final = 64
#: Where a flow is faster than shortest paths: beyond so many bidders looked at for each there is;
#: never among so few.
LOOKS: Final = 30
FEW: Final = 2_000


def by_bidding(instance: Instance, *, patience: int = PATIENCE) -> IntArray | None:
    """Return the chosen candidates, or None where bidding does not get there fast enough.

    Where there are too few volunteers, every place there is taken in any assignment of greatest
    count (Dulmage and Mendelsohn), so the places bid for newcomers; everywhere else every newcomer
    gets one, and newcomers bid for places. No candidate that leads from one part to the other can
    be chosen, so the parts are solved on their own.
    """
    ordered = instance.in_order()
    edges = _Edges(
        ordered.newcomer,
        ordered.volunteer.astype(np.int32),
        ordered.weight,
        np.minimum(instance.capacity, instance.newcomers),
    )
    market = edges.market(instance.newcomers)
    short_of, tried = fill(market)
    if not tried.any():
        chosen = _bidding(market, patience)
        return None if chosen is None else ordered.positions(chosen)
    among, apart = tried[edges.newcomer], ~tried[edges.newcomer] & ~short_of[edges.volunteer]
    enough = _newcomers_bid(edges, np.flatnonzero(apart), patience)
    scarce = _places_bid(edges, np.flatnonzero(among), patience)
    if enough is None or scarce is None:
        return None
    return ordered.positions(np.concatenate([enough, scarce]))


class _Edges(NamedTuple):
    """Candidates in order, with the places of each volunteer."""

    newcomer: IntArray
    volunteer: Int32Array
    weight: IntArray
    places: IntArray

    def market(self, newcomers: int) -> Market:
        """Return the market in which newcomers want places."""
        begin, end = _ranges(self.newcomer, newcomers)
        return open_market(begin, end, self.volunteer, self.weight, self.places)


def _ranges(owner: IntArray, owners: int) -> tuple[IntArray, IntArray]:
    """Return where the candidates of each owner begin and end; ``owner`` ascends."""
    bounds = np.searchsorted(owner, np.arange(owners + 1)).astype(np.int64)
    return bounds[:-1], bounds[1:]


def _newcomers_bid(edges: _Edges, part: IntArray, patience: int) -> IntArray | None:
    """Solve the part with enough volunteers; all of its newcomers can be paired."""
    bidders, owner = np.unique(edges.newcomer[part], return_inverse=True)
    begin, end = _ranges(owner, len(bidders))
    market = open_market(begin, end, edges.volunteer[part], edges.weight[part], edges.places)
    chosen = _bidding(market, patience)
    return None if chosen is None else part[chosen]


def _places_bid(edges: _Edges, part: IntArray, patience: int) -> IntArray | None:
    """Solve the part with too few volunteers; all of its places can be filled."""
    part = part[np.argsort(edges.volunteer[part], kind="stable")]
    givers, owner = np.unique(edges.volunteer[part], return_inverse=True)
    wanted, target = np.unique(edges.newcomer[part], return_inverse=True)
    begin, end = (bounds.repeat(edges.places[givers]) for bounds in _ranges(owner, len(givers)))
    single = np.ones(len(wanted), dtype=np.int64)
    market = open_market(begin, end, target.astype(np.int32), edges.weight[part], single)
    chosen = _bidding(market, patience)
    return None if chosen is None else part[chosen]


def _bidding(market: Market, patience: int) -> IntArray | None:
    """Give every bidder a place at the greatest total, in a market that has room for them.

    Returns None where shortest paths would take longer than a flow does: where there is hardly one
    place more than there are bidders. To find that out takes no longer than the bidding did.
    """
    market = open_market(market.begin, market.end, market.target, market.weight, market.capacity)
    without = bid(market, patience)
    bidders = len(market.mate)
    is_done = exchange(market, without, FEW + LOOKS * bidders)
    return market.mate if is_done else None
