"""The kernels of the assignment: bidders, places with prices, and nobody who would rather change.

Compiled by Numba. All numbers are integers (scores in millionths), so nothing is rounded.

*Exact bidding.* Every bidder wants one place, and ``capacity`` of them can have the same. A bidder
takes the place that leaves it most after the price. Where that is full, whoever of those who hold
it and the bidder would give it up first has to go, and the price rises to just what that one would
have paid: then all who stay still have no better choice (complementary slackness holds exactly, at
every step), and a place that was never full still costs nothing. This is the auction of Bertsekas
(Annals of Operations Research 14, 1988) with an increment of zero and similar places as one
(Bertsekas and Castañon, Annals of Operations Research 20, 1989), which is exact but may go in
circles between equals; so a bidder has patience for so many bids only.

*Shortest paths.* Whoever has lost patience gets a place by the shortest path of exchanges to a free
one, in the lengths that the prices leave (Dijkstra; the last stage of Jonker and Volgenant,
Computing 38, 1987). The prices then rise along the path, and slackness still holds.

At the end prices and bidders' gains are a dual solution of the same worth, and by duality no
assignment is better. ``verification`` proves that again, with code of its own.
"""

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
from numba import njit

IntArray = npt.NDArray[np.int64]

#: Farther than any path, and more than any price.
FAR: Final = np.int64(2**60)
NOBODY: Final = -1


class Market(NamedTuple):
    """Who may have what, and who holds what at present.

    The candidates of bidder ``b`` are those from ``begin[b]`` to before ``end[b]``: places
    ``target`` worth ``weight``. Place ``p`` has the slots from ``first[p]`` on; ``held[p]`` of them
    are taken, by the bidders in ``holder``. ``mate[b]`` is what ``b`` has of its candidates, or
    NOBODY.
    """

    begin: IntArray
    end: IntArray
    target: npt.NDArray[np.int32]
    weight: IntArray
    capacity: IntArray
    first: IntArray
    holder: IntArray
    held: IntArray
    price: IntArray
    mate: IntArray


def open_market(
    begin: IntArray,
    end: IntArray,
    target: npt.NDArray[np.int32],
    weight: IntArray,
    capacity: IntArray,
) -> Market:
    """Return a market in which nothing is taken and everything costs nothing."""
    first = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(capacity)])
    return Market(
        begin=begin,
        end=end,
        target=target,
        weight=weight,
        capacity=capacity,
        first=first,
        holder=np.full(int(first[-1]), NOBODY, dtype=np.int64),
        held=np.zeros(len(capacity), dtype=np.int64),
        price=np.zeros(len(capacity), dtype=np.int64),
        mate=np.full(len(begin), NOBODY, dtype=np.int64),
    )


# ------------------------------------------------------------------ as many as possible


class _Paths(NamedTuple):
    """What a search of alternating paths knows.

    ``reached`` and ``tried`` are the places and bidders of searches in vain. Of the search that
    goes on, a place was seen from the candidate ``came`` of the bidder ``by``, in this ``order``.
    """

    reached: npt.NDArray[np.bool_]
    tried: npt.NDArray[np.bool_]
    came: IntArray
    by: IntArray
    order: IntArray


@njit(cache=True)
def fill(market: Market) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Give as many bidders a place as any assignment could.

    Returns for each place and for each bidder whether alternating paths lead there from somebody
    without a place: of those places there are too few, and they are full in every assignment of
    that many (Dulmage and Mendelsohn, Canadian Journal of Mathematics 10, 1958). Paths are
    searched breadth first; what a search in vain has seen is never looked at again (Hungarian
    trees), so that all of those together take one pass.
    """
    places, bidders = len(market.capacity), len(market.mate)
    for bidder in range(bidders):
        for edge in range(market.begin[bidder], market.end[bidder]):
            place = market.target[edge]
            if market.held[place] < market.capacity[place]:
                _seat(market, bidder, edge, market.first[place] + market.held[place])
                market.held[place] += 1
                break
    paths = _Paths(
        np.zeros(places, np.bool_),
        np.zeros(bidders, np.bool_),
        np.full(places, NOBODY, np.int64),
        np.full(places, NOBODY, np.int64),
        np.empty(places, np.int64),
    )
    for root in range(bidders):
        if market.mate[root] == NOBODY:
            free, seen = _search(market, paths, root)
            if free == NOBODY:
                _give_up(market, paths, root, seen)
            else:
                _shift(market, free, root, paths.came, paths.by)
            for index in range(seen):
                paths.came[paths.order[index]] = NOBODY
    return paths.reached, paths.tried


@njit(cache=True)
def _seat(market: Market, bidder: int, edge: int, slot: int) -> None:
    market.mate[bidder] = edge
    market.holder[slot] = bidder


@njit(cache=True)
def _search(market: Market, paths: _Paths, root: int) -> tuple[int, int]:
    """Look for a free place by exchanges. Return it, or NOBODY, and how many places were seen."""
    seen = looked = slot = 0
    bidder = root
    while True:
        for edge in range(market.begin[bidder], market.end[bidder]):
            place = market.target[edge]
            if paths.reached[place] or paths.came[place] != NOBODY:
                continue
            paths.came[place] = edge
            paths.by[place] = bidder
            paths.order[seen] = place
            seen += 1
            if market.held[place] < market.capacity[place]:
                return place, seen
        # the next of those who hold a place that was seen
        while looked < seen and slot == market.held[paths.order[looked]]:
            looked += 1
            slot = 0
        if looked == seen:
            return NOBODY, seen
        bidder = market.holder[market.first[paths.order[looked]] + slot]
        slot += 1


@njit(cache=True)
def _give_up(market: Market, paths: _Paths, root: int, seen: int) -> None:
    """Note what a search in vain has seen."""
    paths.tried[root] = True
    for index in range(seen):
        place = paths.order[index]
        paths.reached[place] = True
        for slot in range(market.first[place], market.first[place] + market.held[place]):
            paths.tried[market.holder[slot]] = True


@njit(cache=True)
def _shift(market: Market, free: int, root: int, came: IntArray, by: IntArray) -> None:
    """Move everybody along the path to ``free`` by one, so that ``root`` has a place."""
    place = free
    slot = market.first[place] + market.held[place]
    market.held[place] += 1
    while True:
        mover = by[place]
        before = market.mate[mover]
        _seat(market, mover, came[place], slot)
        if mover == root:
            return
        place = market.target[before]
        slot = market.first[place]
        while market.holder[slot] != mover:
            slot += 1


# ------------------------------------------------------------------ exact bidding


@njit(cache=True)
def bid(market: Market, patience: int) -> IntArray:
    """Let everybody bid until they have a place or have bid ``patience`` times.

    Returns the bidders who have none yet. Each must be able to get one (see ``fill``).
    """
    bidders = len(market.mate)
    bids = np.zeros(bidders, dtype=np.int64)
    #: What each holder would pay at most; at least that, since other prices only rise.
    limit = np.zeros(len(market.holder), dtype=np.int64)
    without = np.empty(bidders, dtype=np.int64)
    count = 0
    for newcomer in range(bidders):
        bidder = newcomer
        while bidder != NOBODY:
            if bids[bidder] == patience:
                without[count] = bidder
                count += 1
                break
            bids[bidder] += 1
            edge, most = _choose(market, bidder, bids[bidder])
            bidder = _take(market, limit, bidder, edge, most)
    return without[:count]


@njit(cache=True)
def _choose(market: Market, bidder: int, turn: int) -> tuple[int, int]:
    """Return the best candidate and what the bidder would pay for its place at most.

    Between equals the turn decides, so that a bidder tries each of them.
    """
    begin, end = market.begin[bidder], market.end[bidder]
    best = second = -FAR
    chosen = begin
    edge = begin + turn % (end - begin)
    for _ in range(begin, end):
        place = market.target[edge]
        value = market.weight[edge] - market.price[place]
        if value > best:
            if place != market.target[chosen]:
                second = best
            best = value
            chosen = edge
        elif value > second and place != market.target[chosen]:
            second = value
        edge += 1
        if edge == end:
            edge = begin
    if second == -FAR:
        return chosen, FAR
    return chosen, market.weight[chosen] - second


@njit(cache=True)
def _take(market: Market, limit: IntArray, bidder: int, edge: int, most: int) -> int:
    """Let ``bidder``, who would pay ``most``, try for a place. Return who is without one now."""
    place = market.target[edge]
    begin, end = market.first[place], market.first[place] + market.capacity[place]
    if market.held[place] < market.capacity[place]:
        slot = begin + market.held[place]
        market.held[place] += 1
        limit[slot] = most
        _seat(market, bidder, edge, slot)
        return NOBODY
    while True:
        weakest = begin
        for slot in range(begin + 1, end):
            if limit[slot] < limit[weakest]:
                weakest = slot
        if limit[weakest] >= most:
            market.price[place] = most
            return bidder
        # what was known of the weakest may be long ago
        true = _limit(market, market.holder[weakest], place)
        if true == limit[weakest]:
            break
        limit[weakest] = true
    evicted = market.holder[weakest]
    market.price[place] = limit[weakest]
    market.mate[evicted] = NOBODY
    limit[weakest] = most
    _seat(market, bidder, edge, weakest)
    return evicted


@njit(cache=True)
def _limit(market: Market, bidder: int, place: int) -> int:
    """Return what ``bidder`` would pay for ``place`` before preferring another."""
    own = other = -FAR
    for edge in range(market.begin[bidder], market.end[bidder]):
        target = market.target[edge]
        if target == place:
            own = max(own, market.weight[edge])
        else:
            other = max(other, market.weight[edge] - market.price[target])
    return FAR if other == -FAR else own - other


# ------------------------------------------------------------------ shortest paths


class _Tree(NamedTuple):
    """The shortest paths from one bidder: places with their distance, and how they were reached.

    ``settled`` are those whose distance is final, listed in ``order``; ``touched`` lists all that
    have a distance.
    """

    distance: IntArray
    came: IntArray
    by: IntArray
    settled: npt.NDArray[np.bool_]
    order: IntArray
    touched: IntArray


@njit(cache=True)
def exchange(market: Market, without: IntArray, budget: int) -> bool:
    """Give each of ``without`` a place by the shortest path of exchanges.

    Looks at the candidates of about ``budget`` bidders at most. Returns whether that was enough;
    if not, the market is left half done and of no use.
    """
    places = len(market.capacity)
    tree = _Tree(
        np.full(places, FAR, np.int64),
        np.full(places, NOBODY, np.int64),
        np.full(places, NOBODY, np.int64),
        np.zeros(places, np.bool_),
        np.empty(places, np.int64),
        np.empty(places, np.int64),
    )
    for root in without:
        free, bound, settled, touched, looks = _shortest(market, tree, root, budget)
        budget -= looks
        if free == NOBODY or budget < 0:
            return False
        for index in range(settled):
            place = tree.order[index]
            market.price[place] += bound - tree.distance[place]
        _shift(market, free, root, tree.came, tree.by)
        for index in range(touched):
            tree.distance[tree.touched[index]] = FAR
            tree.settled[tree.touched[index]] = False
    return True


@njit(cache=True)
def _shortest(
    market: Market, tree: _Tree, root: int, budget: int
) -> tuple[int, int, int, int, int]:
    """Find the free place nearest to ``root``.

    Returns it, its distance, how many places were settled, how many touched, and how many bidders
    were looked at.
    """
    keys, items = np.empty(1024, np.int64), np.empty(1024, np.int64)
    bound, free, here = FAR, NOBODY, NOBODY
    settled = touched = size = looks = 0
    base = np.int64(0)
    while looks <= budget:
        for index in range(1 if here == NOBODY else market.held[here]):
            bidder = root if here == NOBODY else market.holder[market.first[here] + index]
            gain = base + _gain(market, bidder)
            looks += 1
            for edge in range(market.begin[bidder], market.end[bidder]):
                place = market.target[edge]
                far = gain - market.weight[edge] + market.price[place]
                if tree.settled[place] or far >= bound or far >= tree.distance[place]:
                    continue
                if tree.distance[place] == FAR:
                    tree.touched[touched] = place
                    touched += 1
                tree.distance[place] = far
                tree.came[place] = edge
                tree.by[place] = bidder
                if market.held[place] < market.capacity[place]:
                    bound, free = far, place
                else:
                    keys, items = _room(keys, items, size)
                    size = _push(keys, items, size, far, place)
        here = NOBODY
        while size > 0 and here == NOBODY:
            base, place = keys[0], items[0]
            size = _pop(keys, items, size)
            if not tree.settled[place] and base == tree.distance[place]:
                here = place
        if here == NOBODY or base >= bound:
            break
        tree.settled[here] = True
        tree.order[settled] = here
        settled += 1
    return free, bound, settled, touched, looks


@njit(cache=True)
def _gain(market: Market, bidder: int) -> int:
    """Return the most that a place leaves ``bidder`` at present prices; who has one has that."""
    held = market.mate[bidder]
    if held != NOBODY:
        return market.weight[held] - market.price[market.target[held]]
    best = -FAR
    for edge in range(market.begin[bidder], market.end[bidder]):
        best = max(best, market.weight[edge] - market.price[market.target[edge]])
    return best


@njit(cache=True)
def _room(keys: IntArray, items: IntArray, size: int) -> tuple[IntArray, IntArray]:
    """Return the heap's arrays with room for one more."""
    if size < len(keys):
        return keys, items
    wider_keys, wider_items = np.empty(2 * size, np.int64), np.empty(2 * size, np.int64)
    wider_keys[:size], wider_items[:size] = keys, items
    return wider_keys, wider_items


@njit(cache=True)
def _push(keys: IntArray, items: IntArray, size: int, key: int, item: int) -> int:
    """Put one entry into the binary heap; return its size."""
    at = size
    while at > 0 and keys[(at - 1) >> 1] > key:
        above = (at - 1) >> 1
        keys[at], items[at] = keys[above], items[above]
        at = above
    keys[at], items[at] = key, item
    return size + 1


@njit(cache=True)
def _pop(keys: IntArray, items: IntArray, size: int) -> int:
    """Take the least entry off the binary heap; return its size."""
    size -= 1
    key, item = keys[size], items[size]
    at = 0
    while 2 * at + 1 < size:
        below = 2 * at + 1
        if below + 1 < size and keys[below + 1] < keys[below]:
            below += 1
        if keys[below] >= key:
            break
        keys[at], items[at] = keys[below], items[below]
        at = below
    keys[at], items[at] = key, item
    return size
