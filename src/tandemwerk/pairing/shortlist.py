"""The way between a flow and bidding: the best candidates only, and prices that prove it enough.

Of fifty candidates a newcomer's best few decide nearly always. So only those are given to the flow,
and what it finds is priced: where every other candidate is worth no more than the prices of its
two people together, the optimum of the short list is the optimum of all (linear programming
duality). What is worth more goes on the list, and the list is solved again. This is column
generation (Dantzig and Wolfe, Operations Research 8, 1960) with the candidates as columns. Nothing
here is compiled, so it needs less memory than the whole flow, let alone a compiler.
"""

from typing import Final

import numpy as np

from tandemwerk.pairing.assignment import SCALE, Instance, IntArray, Ordered, greatest_flow

#: So many candidates of each newcomer are on the list at first.
BEST: Final = 10
#: The whole flow is faster where more than one in so many was missing on the list, where the list
#: would be solved more often, or where prices climb in so many steps.
GAP: Final = 100
ROUNDS: Final = 3
STEPS: Final = 1_000


def by_shortlist(
    instance: Instance, *, best: int = BEST, rounds: int = ROUNDS, gap: int = GAP
) -> IntArray | None:
    """Return the chosen candidates, or None where lists would not get there fast enough.

    Who of equals is on the list is decided by the order of newcomer and volunteer, so the result is
    the same however the candidates are listed. Meant for up to ``MIDDLE`` candidates. Time: that of
    one to ``rounds`` flows over ``best`` candidates a newcomer; memory: about 40 bytes a candidate
    beside what is given, in order.
    """
    ordered, base = instance.in_order(), SCALE * instance.newcomers + 1
    listed = _best_of_each(ordered, best)
    for _ in range(rounds):
        short = ordered.only(listed)
        chosen = greatest_flow(short, instance.capacity, instance.newcomers)
        prices = _prices(short, chosen, base, len(instance.capacity), instance.newcomers)
        if prices is None:
            return None
        missing = _worth_more(ordered, *prices, base)
        if not len(missing):
            return ordered.positions(short.positions(chosen))
        if len(missing) * gap > len(listed):
            return None
        listed = np.union1d(listed, missing)
    return None


def _best_of_each(ordered: Ordered, most: int) -> IntArray:
    """Return the places of each newcomer's ``most`` best candidates, ascending."""
    count = len(ordered.weight)
    if not count:
        return np.empty(0, dtype=np.int64)
    begin = np.append(0, np.flatnonzero(np.diff(ordered.newcomer)) + 1)
    length = np.diff(begin, append=count)
    group = np.repeat(np.arange(len(begin)), length)
    nth = np.arange(count) - begin[group]
    width = int(length.max())
    # One number that sorts by newcomer, then what is missing to the best, then place: below 2^63,
    # because newcomers and the width of one can hardly both be large.
    key = np.maximum.reduceat(ordered.weight, begin)[group]
    key -= ordered.weight
    key += group * (SCALE + 1)
    key *= width
    key += nth
    key.sort()
    key %= width
    key += begin[group]
    return np.sort(key[nth < most])


def _prices(
    short: Ordered, chosen: IntArray, base: int, volunteers: int, newcomers: int
) -> tuple[IntArray, IntArray] | None:
    """Return the least price of each volunteer's places and the gain of each newcomer.

    With ``base`` more for every pair than any total, as in ``verification``; the optimum of the
    list is worth as much as its prices. A newcomer who has a volunteer would go to another for what
    that one is worth more, so a price is the longest such way from somebody who has none. None if
    that takes too many steps.
    """
    own, holder = np.zeros(newcomers, dtype=np.int64), np.full(newcomers, -1)
    own[short.newcomer[chosen]] = short.weight[chosen]
    holder[short.newcomer[chosen]] = short.volunteer[chosen]
    price = np.zeros(volunteers, dtype=np.int64)
    waits = holder[short.newcomer] < 0
    np.maximum.at(price, short.volunteer[waits], short.weight[waits] + base)
    whence, to = holder[short.newcomer[~waits]], short.volunteer[~waits]
    more = short.weight[~waits] - own[short.newcomer[~waits]]
    risen = np.ones(volunteers, dtype=bool)
    for _ in range(STEPS):
        before = price.copy()
        moved = np.flatnonzero(risen[whence])
        np.maximum.at(price, to[moved], price[whence[moved]] + more[moved])
        risen = price > before
        if not risen.any():
            paired = np.flatnonzero(holder >= 0)
            gain = np.zeros(newcomers, dtype=np.int64)
            gain[paired] = own[paired] + base - price[holder[paired]]
            return price, gain
    return None


def _worth_more(ordered: Ordered, price: IntArray, gain: IntArray, base: int) -> IntArray:
    """Return the places of the candidates that are worth more than their two people's prices."""
    over = price[ordered.volunteer]
    over += gain[ordered.newcomer]
    over -= ordered.weight
    return np.flatnonzero(over < base)
