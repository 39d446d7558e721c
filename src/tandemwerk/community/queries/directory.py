"""Who knows what: members, sites and carriers by what they say of themselves and what they did.

What somebody has shown (answers that were accepted) is counted when it is asked for and kept
nowhere.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from tandemwerk.community.enums import SHOWN_TOPICS, Anonymity, PostState
from tandemwerk.community.models import Profile, Space, Topic
from tandemwerk.core.prepared import Prepared
from tandemwerk.knowledge.models import Term
from tandemwerk.people.enums import SPOKEN_LANGUAGES
from tandemwerk.people.models import User
from tandemwerk.places import land_name
from tandemwerk.programme.models import Carrier, Membership, Site

#: So many tags of shown knowledge stand beside a name.
SHOWN_TERMS: Final = 4


def accepted_by_term(user_ids: Iterable[int], *, reader: Any = None) -> dict[int, dict[int, int]]:
    """Return account -> term -> number of accepted answers. One query, with ``reader`` two.

    Whoever answered their own unnamed question is not counted. With ``reader`` only topics of
    spaces that they read count: what happens behind walls says nothing outside of them.
    """
    topics = Topic.objects.filter(
        accepted_post__author__in=list(user_ids),
        accepted_post__state=PostState.SHOWN,
        state__in=SHOWN_TOPICS,
    ).exclude(~Q(anonymity=Anonymity.NAMED), accepted_post__is_asker=True)
    if reader is not None:
        # As numbers: of a query inside the query PostgreSQL would guess that hardly anything fits.
        spaces = list(Space.objects.visible_to(reader).values_list("pk", flat=True))
        topics = topics.filter(space__in=spaces)
    rows = topics.filter(terms__isnull=False).order_by()
    counted = rows.values_list("accepted_post__author", "terms").annotate(number=Count("pk"))
    found: defaultdict[int, dict[int, int]] = defaultdict(dict)
    for user, term, number in counted:
        found[user][term] = number
    return dict(found)


def answered_topics(term: Term | int) -> QuerySet[Topic]:
    """Return the topics with a tag whose answer was accepted; ``OuterRef`` asks for whose."""
    return Topic.objects.filter(
        accepted_post__author=OuterRef("user"), terms=term, state__in=SHOWN_TOPICS
    )


@dataclass(frozen=True, kw_only=True)
class PersonLine:
    """A member as the directory shows them."""

    profile: Profile
    name: str
    places: list[str]
    lands: list[str]
    languages: list[str]
    expertise: list[str]
    #: tag -> accepted answers, the most first
    shown: list[tuple[str, int]] = field(default_factory=list)


def listed(user: Any) -> QuerySet[Profile]:
    """Return who stands in the directory for ``user``."""
    rows = Profile.objects.visible_to(user).filter(is_listed=True)
    known: QuerySet[Profile] = rows.filter(user__is_active=True)
    return known


def knows(profiles: QuerySet[Profile], term: Term) -> QuerySet[Profile]:
    """Return who names a tag, or has given an accepted answer about it."""
    return profiles.filter(Q(Exists(_names(term))) | Q(Exists(answered_topics(term))))


def _names(term: Term) -> QuerySet[Any]:
    through = Profile.expertise.through
    rows: QuerySet[Any] = through.objects.filter(profile=OuterRef("pk"), term=term)
    return rows


def from_land(profiles: QuerySet[Profile], land: str) -> QuerySet[Profile]:
    """Return who works at a site in a Land."""
    there = Membership.objects.filter(user=OuterRef("user"), site__land=land)
    return profiles.filter(Exists(there))


def speaking(profiles: QuerySet[Profile], code: str) -> QuerySet[Profile]:
    """Return who speaks a language. Codes are letters, so the text of the list is enough."""
    return profiles.filter(languages__icontains=f'"{code}"')


def saying(profiles: QuerySet[Profile], words: str) -> QuerySet[Profile]:
    """Return whose name or words have all of ``words``."""
    for word in words.split()[:6]:
        profiles = profiles.filter(
            Q(user__name__icontains=word)
            | Q(about__icontains=word)
            | Q(ask_me_about__icontains=word)
            | Q(user__memberships__site__name__icontains=word)
            | Q(user__memberships__carrier__name__icontains=word)
        )
    return profiles.distinct()


def person_lines(profiles: Sequence[Profile], *, reader: Any) -> list[PersonLine]:
    """Return members ready to show: four queries, however many there are."""
    users = [each.user_id for each in profiles]
    places: defaultdict[int, list[Membership]] = defaultdict(list)
    for each in _memberships_of(*users):
        places[each.user_id].append(each)
    terms = _terms_of(profiles)
    accepted = accepted_by_term(users, reader=reader)
    names = Term.objects.in_bulk({term for counts in accepted.values() for term in counts})
    return [
        PersonLine(
            profile=each,
            name=str(each.user.name or _("a member")),
            places=list(dict.fromkeys(_place_name(one) for one in places[each.user_id])),
            lands=sorted(
                {str(land_name(one.site.land)) for one in places[each.user_id] if one.site}
            ),
            languages=language_names(each.languages),
            expertise=[str(term) for term in terms[each.pk]],
            shown=[
                (str(names[term]), number)
                for term, number in sorted(
                    accepted.get(each.user_id, {}).items(), key=lambda pair: (-pair[1], pair[0])
                )[:SHOWN_TERMS]
            ],
        )
        for each in profiles
    ]


_memberships_of: Final = Prepared(
    lambda *users: (
        Membership.objects.filter(user__in=users)
        .select_related("site", "carrier", "programme")
        .order_by("pk")
    )
)
_expertise_of: Final = Prepared(
    lambda *profiles: (
        Profile.expertise.through.objects.filter(profile__in=profiles)
        .select_related("term")
        .order_by("term__order", "term__slug")
    )
)


def _terms_of(profiles: Sequence[Profile]) -> defaultdict[int, list[Term]]:
    found: defaultdict[int, list[Term]] = defaultdict(list)
    for row in _expertise_of(*(each.pk for each in profiles)):
        found[row.profile_id].append(row.term)
    return found


def _place_name(membership: Membership) -> str:
    if membership.site is not None or membership.carrier is not None:
        return str(membership.site or membership.carrier)
    return str(membership.get_role_display())


def language_names(codes: Iterable[str]) -> list[str]:
    """Return languages in words."""
    return [str(SPOKEN_LANGUAGES[code]) for code in codes if code in SPOKEN_LANGUAGES]


@dataclass(frozen=True, kw_only=True)
class PlaceLine:
    """A site or a carrier, by its members who stand in the directory."""

    name: str
    note: str
    people: list[tuple[int, str]]
    expertise: list[str]
    languages: list[str]
    hosts_visits: bool


def place_lines(profiles: QuerySet[Profile], *, of: str) -> list[PlaceLine]:
    """Return the sites (``of="site"``) or carriers with what their listed members know.

    Of a carrier also those of its sites count. Three queries.
    """
    chosen = list(profiles.select_related("user").order_by("user__name", "pk"))
    by_user = {each.user_id: each for each in chosen}
    terms = _terms_of(chosen)
    rows = Membership.objects.filter(user__in=list(by_user)).select_related(
        "site__carrier", "carrier"
    )
    members: dict[Site | Carrier, dict[int, Profile]] = {}
    for each in rows.order_by("pk"):
        place: Site | Carrier | None = each.site
        if of == "carrier":
            place = each.carrier or (each.site.carrier if each.site else None)
        if place is not None:
            members.setdefault(place, {})[each.user_id] = by_user[each.user_id]
    lines = [
        _place_line(place, list(people.values()), terms=terms) for place, people in members.items()
    ]
    return sorted(lines, key=lambda line: line.name)


def _place_line(
    place: Site | Carrier, people: list[Profile], *, terms: dict[int, list[Term]]
) -> PlaceLine:
    words = {str(term): None for each in people for term in terms[each.pk]}
    codes = {code: None for each in people for code in each.languages}
    if isinstance(place, Site):
        codes |= dict.fromkeys(place.languages)
        note = ", ".join(str(part) for part in (place.place, land_name(place.land)) if part)
    else:
        note = ""
    return PlaceLine(
        name=place.name,
        note=note,
        people=[(each.user_id, str(each.user.name or _("a member"))) for each in people],
        expertise=list(words),
        languages=language_names(codes),
        hosts_visits=any(each.hosts_visits for each in people),
    )


def given_answers(user: User, *, reader: Any, most: int = 5) -> list[Topic]:
    """Return the latest topics, of those that ``reader`` may read, where an answer was accepted."""
    topics = Topic.objects.visible_to(reader).shown()
    rows = topics.filter(accepted_post__author=user, accepted_post__state=PostState.SHOWN)
    named = rows.filter(Q(accepted_post__is_asker=False) | Q(anonymity=Anonymity.NAMED))
    return list(named.order_by("-last_post_at", "-pk")[:most])
