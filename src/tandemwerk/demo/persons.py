"""People on both sides, what they speak, want and agreed to."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any, Final

from tandemwerk.demo import words
from tandemwerk.demo.organisation import SiteDraft
from tandemwerk.demo.writer import Writer
from tandemwerk.intake.enums import GenderWish, ParticipationState, Side
from tandemwerk.intake.models import Participation
from tandemwerk.people.enums import (
    INTERESTS,
    ConsentPurpose,
    ConsentWay,
    ContactPreference,
    Gender,
    Level,
)
from tandemwerk.people.models import Consent, Person, PersonLanguage

#: From evaluations of the programme: a quarter of the volunteers have a migration background.
MIGRATION_BACKGROUND: Final = 0.25
#: Bits of the week grid that people name most: evenings, Saturday.
EVENINGS: Final = (2, 5, 8, 11, 14)
DAYTIMES: Final = (0, 1, 3, 4, 6, 7, 9, 10, 12, 13)
WEEKEND: Final = (15, 16, 17, 18, 19)


@dataclass(slots=True)
class Draft:
    """Somebody while they are made. ``pk`` is the number of person and participation alike."""

    pk: int
    side: Side
    site: SiteDraft
    gender: str
    origin: words.Origin
    is_newcomer: bool
    state: ParticipationState = ParticipationState.OPEN
    capacity: int = 1
    since: date = field(default=date.min)
    messages: str = "de"
    kinds: int = 1
    #: How many they are (0: as chance says), and how many volunteers they want.
    group: int = 0
    wanted: int = 1
    note: str = ""


def draft_people(
    *, count: int, first: int, side: Side, sites: Sequence[SiteDraft], random: Random
) -> list[Draft]:
    """Make drafts for one side; ``sites`` has a site for each of them."""
    origins = list(words.NEWCOMERS.values())
    weights = [origin.weight for origin in origins]
    drawn = random.choices(origins, weights, k=count)
    people = []
    for offset in range(count):
        is_newcomer = side == Side.NEWCOMER
        came = is_newcomer or random.random() < MIGRATION_BACKGROUND
        origin = drawn[offset] if came else words.GERMAN
        share_of_women = 0.5 if is_newcomer else 0.64
        roll = random.random()
        gender = Gender.FEMALE if roll < share_of_women else Gender.MALE
        if roll > 0.993:
            gender = Gender.DIVERSE
        person = Draft(
            pk=first + offset,
            side=side,
            site=sites[offset],
            gender=gender.value,
            origin=origin,
            is_newcomer=is_newcomer,
            messages=origin.messages if is_newcomer else "de",
            kinds=random.choice((1, 1, 1, 3, 5, 2, 4, 7)),
        )
        if not is_newcomer:
            person.capacity = random.choices((1, 2, 3), (0.62, 0.28, 0.10))[0]
        people.append(person)
    return people


def write_people(
    writer: Writer, people: list[Draft], *, users: dict[int, int], random: Random, at: datetime
) -> None:
    """Write persons, languages, participations and consents. ``users``: person -> account."""
    writer.write(Person, _PERSON_COLUMNS, _persons(people, users, random, at))
    writer.write(PersonLanguage, ("person_id", "code", "level"), _languages(people, random))
    writer.write(Participation, _PARTICIPATION_COLUMNS, _participations(people, random))
    writer.write(
        Consent,
        ("person_id", "purpose", "text_version", "way", "given_at"),
        _consents(people, random),
    )


_PERSON_COLUMNS: Final = (
    "id",
    "user_id",
    "given_name",
    "family_name",
    "mail",
    "phone",
    "contact_preference",
    "language",
    "postcode",
    "birth_year",
    "gender",
    "availability",
    "interests",
    "note",
    "created_at",
)


def _persons(
    people: list[Draft], users: dict[int, int], random: Random, at: datetime
) -> Iterator[tuple[Any, ...]]:
    interests = list(INTERESTS)
    preferences = [choice.value for choice in ContactPreference]
    for draft in people:
        origin = draft.origin
        names = origin.men if draft.gender == Gender.MALE else origin.women
        given, family = random.choice(names), random.choice(origin.families)
        preference = random.choices(preferences, (0.2, 0.12, 0.6, 0.08))[0]
        has_mail = preference in {"mail", "both"} or random.random() < 0.3
        mail = f"person{draft.pk}@post.example" if has_mail or draft.pk in users else ""
        old = 30 if draft.is_newcomer else 48
        years = min(max(round(random.gauss(old, 13)), 16 if draft.is_newcomer else 18), 84)
        yield (
            draft.pk,
            users.get(draft.pk),
            given,
            family,
            mail,
            f"+493023125{draft.pk % 1000:03d}",
            "both" if draft.pk in users else preference,
            draft.messages,
            random.choice(draft.site.postcodes),
            at.year - years,
            draft.gender,
            _free_time(random),
            random.sample(interests, random.randint(1, 4)),
            _note(draft, random),
            _morning(draft.since),
        )


def _note(draft: Draft, random: Random) -> str:
    note = random.choice(words.NOTES) if random.random() < 0.08 else ""
    return draft.note or note


def _morning(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 9, tzinfo=UTC)


def _free_time(random: Random) -> int:
    slots = random.sample(EVENINGS, random.randint(1, 4))
    slots += random.sample(WEEKEND, random.randint(0, 3))
    if random.random() < 0.4:
        slots += random.sample(DAYTIMES, random.randint(1, 6))
    return sum(1 << slot for slot in set(slots))


def _languages(people: list[Draft], random: Random) -> Iterator[tuple[Any, ...]]:
    for draft in people:
        first, *others = draft.origin.languages
        yield draft.pk, first, Level.L1.value
        spoken = {first}
        for code in others:
            if random.random() < 0.55:
                spoken.add(code)
                yield draft.pk, code, random.choice((Level.B2, Level.C1, Level.L1)).value
        if "de" not in spoken:
            levels = (Level.A1, Level.A2, Level.B1, Level.B2)
            level = random.choices(levels, (0.2, 0.35, 0.3, 0.15))[0]
            yield draft.pk, "de", (level if draft.is_newcomer else Level.C1).value
        if "en" not in spoken and random.random() < (0.3 if draft.is_newcomer else 0.7):
            yield draft.pk, "en", random.choice((Level.A2, Level.B1, Level.B2, Level.C1)).value


_PARTICIPATION_COLUMNS: Final = (
    "id",
    "person_id",
    "site_id",
    "side",
    "state",
    "waiting_since",
    "kinds",
    "topics",
    "wishes_gender",
    "max_km",
    "group_size",
    "volunteers_wanted",
    "capacity",
    "minors_ok",
    "is_minor",
    "priority",
    "created_at",
)


def _participations(people: list[Draft], random: Random) -> Iterator[tuple[Any, ...]]:
    for draft in people:
        newcomer = draft.is_newcomer
        topics = sum(1 << topic for topic in random.sample(range(9), random.randint(1, 4)))
        wish = GenderWish.ANY
        if newcomer and draft.gender == Gender.FEMALE and random.random() < 0.3:
            wish = GenderWish.FEMALE
        yield (
            draft.pk,
            draft.pk,
            draft.site.pk,
            draft.side.value,
            draft.state.value,
            draft.since,
            draft.kinds,
            topics,
            wish.value,
            random.choice((5, 10, 10, 15, 15, 20)),
            _group_size(draft, random),
            draft.wanted,
            draft.capacity,
            not newcomer and random.random() < 0.45,
            newcomer and random.random() < 0.08,
            random.choices((0, 1, 2, 3), (0.8, 0.12, 0.06, 0.02))[0] if newcomer else 0,
            _morning(draft.since),
        )


def _group_size(draft: Draft, random: Random) -> int:
    if not draft.is_newcomer:
        return 1
    size = random.choices((1, 2, 3, 4, 5), (0.78, 0.08, 0.06, 0.05, 0.03))[0]
    return draft.group or size


def _consents(people: list[Draft], random: Random) -> Iterator[tuple[Any, ...]]:
    ways = [way.value for way in ConsentWay]
    for draft in people:
        given = _morning(draft.since)
        way = random.choices(ways, (0.5, 0.2, 0.25, 0.0, 0.05))[0]
        for purpose in (ConsentPurpose.PARTICIPATION, ConsentPurpose.PORTRAIT):
            yield draft.pk, purpose.value, 1, way, given + timedelta(minutes=5)
