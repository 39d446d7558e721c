"""Makes the invented data set of a scale. The same seed and day make the same data."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date, datetime, timedelta
from itertools import cycle
from random import Random
from time import perf_counter
from typing import Final

from django.contrib.auth.hashers import make_password
from django.db import connection, transaction

from tandemwerk.demo.organisation import SiteDraft, account_id, write_organisation
from tandemwerk.demo.persons import Draft, draft_people, write_people
from tandemwerk.demo.scale import WAITING, Scale
from tandemwerk.demo.tandem_rows import Pairing, draft_tandems, make_families, write_tandems
from tandemwerk.demo.writer import Writer
from tandemwerk.intake.enums import ParticipationState, Side
from tandemwerk.people.models import User
from tandemwerk.people.services.consent import ensure_consent_texts
from tandemwerk.tandems.enums import TandemState

Say = Callable[[str], None]
_S = TandemState
PAST_DAYS: Final = {"demo": 500, "programme": 3_700}


class NotEmptyError(Exception):
    """There are people here already; invented ones must not mix with them."""


def seed(*, scale: Scale, number: int, password: str, at: datetime, say: Say) -> None:
    """Fill the empty database with a programme of ``scale``, all in one transaction.

    ``say`` hears of the progress. Raises NotEmptyError where accounts exist.
    """
    if User.objects.exists():
        raise NotEmptyError
    random = Random(number)  # noqa: S311 - invented data, not secrets
    started = perf_counter()

    def told(text: str) -> None:
        say(f"{perf_counter() - started:6.1f} s  {text}")

    with transaction.atomic():
        writer = Writer(at=at)
        ensure_consent_texts()

        hashed = make_password(password) if password else make_password(None)
        sites = write_organisation(writer, scale=scale, random=random, at=at, password=hashed)
        told(f"{len(sites)} sites of {scale.carriers} carriers")
        volunteers, newcomers = _draft_sides(scale, sites, random)
        pairings = _put_together(scale, volunteers, newcomers, random)
        tandems = draft_tandems(
            pairings, random=random, today=at.date(), past_days=PAST_DAYS[scale.name]
        )
        if scale.name == "demo":
            make_families(tandems)
        _let_wait(volunteers + newcomers, random, at.date())
        users = _accounts_of_a_tandem(pairings)
        write_people(writer, volunteers + newcomers, users=users, random=random, at=at)
        told(f"{len(volunteers)} volunteers and {len(newcomers)} newcomers")
        write_tandems(writer, tandems, random=random, today=at.date(), rounds=scale.rounds)
        told(f"{len(tandems)} tandems with answers, meetings and check-ins")
        writer.finish()
    told(f"done on {connection.vendor}")


def _draft_sides(
    scale: Scale, sites: list[SiteDraft], random: Random
) -> tuple[list[Draft], list[Draft]]:
    weights = [random.gammavariate(2.0, 1.0) for _ in sites]
    others = sum(weights[1:])
    weights = [scale.first_site, *(w / others * (1 - scale.first_site) for w in weights[1:])]
    volunteers = draft_people(
        count=scale.volunteers,
        first=1,
        side=Side.VOLUNTEER,
        sites=_spread(sites, weights, scale.volunteers),
        random=random,
    )
    newcomers = draft_people(
        count=scale.newcomers,
        first=scale.volunteers + 1,
        side=Side.NEWCOMER,
        sites=_spread(sites, weights, scale.newcomers),
        random=random,
    )
    return volunteers, newcomers


def _spread(sites: list[SiteDraft], weights: list[float], count: int) -> list[SiteDraft]:
    """Give ``count`` people to the sites by weight: everybody's site, site after site."""
    spread: list[SiteDraft] = []
    total = 0.0
    for site, weight in zip(sites, weights, strict=True):
        total += weight
        spread += [site] * (round(total * count) - len(spread))
    return spread + [sites[-1]] * (count - len(spread))


def _put_together(
    scale: Scale, volunteers: list[Draft], newcomers: list[Draft], random: Random
) -> list[Pairing]:
    live = [
        *[_S.ACTIVE] * scale.active,
        *[_S.TRIAL] * scale.trial,
        *[_S.PROPOSED] * scale.proposed,
        *[_S.PAUSED] * scale.paused,
    ]
    past = [
        *[_S.ENDED] * scale.ended,
        *[_S.DECLINED] * scale.declined,
        *[_S.EXPIRED] * scale.expired,
    ]
    random.shuffle(live)
    random.shuffle(past)
    by_site = _by_site(volunteers), _by_site(newcomers)
    waiting = WAITING[scale.name]
    pairings: list[Pairing] = []
    done_live = done_waiting = 0
    seen = 0
    for site in sorted(by_site[1]):
        mine, theirs = by_site[0][site], by_site[1][site]
        seen += len(theirs)
        share = seen / len(newcomers)
        states = live[done_live : round(share * len(live))]
        done_live += len(states)
        wait = round(share * waiting) - done_waiting
        done_waiting += wait
        pairings += _pair_live(mine, theirs, states)
        busy = {id(p.volunteer) for p in pairings[-len(states) :]} if states else set()
        idle = [volunteer for volunteer in mine if id(volunteer) not in busy]
        for person in (*idle[wait:], *theirs[len(states) + wait :]):
            person.state = ParticipationState.LEFT
    pairings += _pair_past(by_site, past, random)
    return pairings


def _pair_live(
    volunteers: list[Draft], newcomers: list[Draft], states: list[TandemState]
) -> list[Pairing]:
    """Fill the volunteers' places one after the other with the site's first newcomers."""
    places = [
        (volunteer, place) for volunteer in volunteers for place in range(1, volunteer.capacity + 1)
    ]
    return [
        Pairing(volunteer=volunteer, newcomer=newcomer, state=state, place=place)
        for (volunteer, place), newcomer, state in zip(places, newcomers, states, strict=False)
    ]


def _pair_past(
    by_site: tuple[dict[int, list[Draft]], dict[int, list[Draft]]],
    states: list[TandemState],
    random: Random,
) -> list[Pairing]:
    pairs: set[tuple[int, int]] = set()
    pairings: list[Pairing] = []
    gone = [
        {
            site: [p for p in people if p.state == ParticipationState.LEFT] or people
            for site, people in side.items()
        }
        for side in by_site
    ]
    sites = [site for site, people in gone[1].items() for _ in people if gone[0].get(site)]
    random.shuffle(sites)
    for site in cycle(sites):
        if len(pairings) == len(states):
            break
        volunteer, newcomer = random.choice(gone[0][site]), random.choice(gone[1][site])
        if (volunteer.pk, newcomer.pk) not in pairs:
            pairs.add((volunteer.pk, newcomer.pk))
            state = states[len(pairings)]
            pairings.append(Pairing(volunteer=volunteer, newcomer=newcomer, state=state))
    return pairings


def _by_site(people: list[Draft]) -> dict[int, list[Draft]]:
    sites: dict[int, list[Draft]] = defaultdict(list)
    for person in people:
        sites[person.site.pk].append(person)
    return sites


def _let_wait(people: list[Draft], random: Random, today: date) -> None:
    for person in people:
        if person.since == date.min:
            person.since = today - timedelta(days=min(int(random.expovariate(1 / 55)) + 1, 700))


def _accounts_of_a_tandem(pairings: list[Pairing]) -> dict[int, int]:
    """Return person -> account for the demo's volunteer and newcomer: a tandem of the first site.

    The newcomer speaks Persian, so that the other direction of writing is one button away.
    """
    for pairing in pairings:
        pair = pairing.volunteer, pairing.newcomer
        if pairing.state == _S.ACTIVE and pair[1].site.pk == 1 and pair[1].messages == "fa":
            return {pair[0].pk: account_id("volunteer"), pair[1].pk: account_id("newcomer")}
    return {}
