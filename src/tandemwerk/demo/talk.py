"""A year of the community: spaces, topics, posts and what readers leave with them."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any, Final

from tandemwerk.community.enums import (
    Anonymity,
    Interest,
    PostState,
    ReactionKind,
    SpaceKind,
    SpaceMembershipState,
    SpaceRole,
    TopicState,
)
from tandemwerk.community.models import (
    Acknowledgement,
    MeToo,
    Offer,
    Poll,
    PollOption,
    PollVote,
    Post,
    Reaction,
    Space,
    SpaceMembership,
    Subscription,
    Topic,
    TopicRead,
)
from tandemwerk.community.services.spaces import ensure_spaces
from tandemwerk.core.markdown import to_html
from tandemwerk.demo import texts
from tandemwerk.demo.cast import Voice
from tandemwerk.demo.writer import Writer
from tandemwerk.programme.models import Site

YEAR: Final = timedelta(days=365)
#: A Land with fewer sites would say who an anonymous asker is.
FEWEST_SITES: Final = 3
Row = tuple[Any, ...]


@dataclass(kw_only=True)
class Spoken:
    """A topic while it is written: its row, its posts and who may read it."""

    pk: int
    text: dict[str, Any]
    space: Space
    asker: Voice
    begun: datetime
    readers: list[Voice]
    posts: list["Said"] = field(default_factory=list)

    @property
    def is_unknown(self) -> bool:
        return bool(self.text.get("anonymity") == Anonymity.NOBODY)

    def post_marked(self, mark: str) -> int | None:
        return next((post.pk for post in self.posts if post.text.get(mark)), None)


@dataclass(frozen=True, kw_only=True)
class Said:
    """A post while it is written."""

    pk: int
    text: dict[str, Any]
    voice: Voice
    is_asker: bool
    at: datetime


def write_talk(
    writer: Writer, *, cast: dict[str, Voice], terms: dict[str, int], random: Random, at: datetime
) -> dict[str, Spoken]:
    """Write spaces, topics and posts; return the topics that the texts name by a key."""
    ensure_spaces(at=at - YEAR)
    groups = texts.load("directory")["group"]
    _make_groups(groups, cast, at=at - YEAR)
    spaces = {space.slug: space for space in Space.objects.all()}
    readers = {slug: list(_readers(space, cast, groups)) for slug, space in spaces.items()}
    topics = _spoken(cast, spaces, readers, random, at)
    lands = Counter(Site.objects.values_list("land", flat=True))
    writer.write(Topic, _TOPIC_COLUMNS, [_topic_row(topic, lands, at) for topic in topics])
    writer.write(Post, _POST_COLUMNS, [row for topic in topics for row in _post_rows(topic)])
    _write_tags(writer, topics, terms)
    _write_answers_of_readers(writer, topics, random, at)
    _write_polls(writer, topics, random, at)
    _write_offers(writer, topics, cast, at)
    return {topic.text["key"]: topic for topic in topics if "key" in topic.text}


def _make_groups(groups: list[dict[str, Any]], cast: dict[str, Voice], *, at: datetime) -> None:
    for order, group in enumerate(groups):
        space = Space.objects.create(
            kind=SpaceKind.GROUP,
            slug=group["slug"],
            name=group["name"],
            about=group["about"],
            join_policy=group["policy"],
            order=60 + order,
            created_by=cast[group["owner"]].user,
            created_at=at,
        )
        owner, active = SpaceRole.OWNER, SpaceMembershipState.ACTIVE
        people = [(group["owner"], owner, active)]
        people += [(name, SpaceRole.MEMBER, active) for name in group["members"]]
        people += [
            (name, SpaceRole.MEMBER, SpaceMembershipState.REQUESTED)
            for name in group.get("asked", ())
        ]
        SpaceMembership.objects.bulk_create(
            [
                SpaceMembership(space=space, user=cast[name].user, role=role, state=state, since=at)
                for name, role, state in people
            ]
        )


def _readers(space: Space, cast: dict[str, Voice], groups: list[dict[str, Any]]) -> Iterator[Voice]:
    """Yield those who read a space and would react in it."""
    office = {"network", "editor", "moderation"}
    for name, voice in cast.items():
        leads = voice.site is None and voice.carrier_id is not None
        if space.kind == SpaceKind.MEMBERS:
            reads = True
        elif space.kind == SpaceKind.CARRIERS:
            reads = leads or name in office
        elif space.kind == SpaceKind.MINISTRY:
            reads = leads or name in office or name == "ministry"
        elif space.kind == SpaceKind.CARRIER:
            reads = voice.carrier_id == space.carrier_id
        elif space.kind == SpaceKind.INTERNAL:
            reads = name in office
        else:
            group = next(each for each in groups if each["slug"] == space.slug)
            reads = name in {group["owner"], *group["members"]}
        if reads:
            yield voice


def _spoken(
    cast: dict[str, Voice],
    spaces: dict[str, Space],
    readers: dict[str, list[Voice]],
    random: Random,
    at: datetime,
) -> list[Spoken]:
    topics = []
    post_pk = 0
    entries = sorted(texts.load_all("topics_", "topic"), key=lambda entry: -entry["days"])
    for number, entry in enumerate(entries, start=1):
        begun = at - timedelta(days=entry["days"])
        begun = min(begun.replace(hour=random.randint(7, 17), minute=random.randint(0, 59)), begun)
        topic = Spoken(
            pk=number,
            text=entry,
            space=spaces[entry["space"]],
            asker=cast[entry["by"]],
            begun=begun,
            readers=readers[entry["space"]],
        )
        moment = begun
        for index, said in enumerate([{"said": entry["said"], "asker": True}, *entry["replies"]]):
            if index:
                moment += min(
                    timedelta(hours=random.uniform(1.5, 40 if index == 1 else 20)),
                    (at - moment) / 2,
                )
            post_pk += 1
            voice = topic.asker if said.get("asker") else cast[said["by"]]
            is_asker = bool(said.get("asker")) and "anonymity" in entry
            topic.posts.append(
                Said(pk=post_pk, text=said, voice=voice, is_asker=is_asker, at=moment)
            )
        topics.append(topic)
    return topics


_TOPIC_COLUMNS: Final = (
    *("id", "space_id", "kind", "title", "state", "language", "author_id", "site_id"),
    *("carrier_id", "anonymity", "asked_from", "accepted_post_id", "official_post_id"),
    *("wants_acknowledgement", "pinned_until", "created_at", "last_post_at"),
)


def _topic_row(topic: Spoken, lands: Counter[str], at: datetime) -> Row:
    text, asker = topic.text, topic.asker
    anonymity = text.get("anonymity", Anonymity.NAMED.value)
    is_named = anonymity == Anonymity.NAMED
    known = None if topic.is_unknown else asker
    pinned = text.get("pinned_days")
    return (
        topic.pk,
        topic.space.pk,
        text["kind"],
        text["title"],
        TopicState.OPEN.value,
        text.get("language", "de"),
        known and known.pk,
        known and known.site_id,
        known and known.carrier_id,
        anonymity,
        "" if is_named or lands[asker.land] < FEWEST_SITES else asker.land,
        topic.post_marked("accepted"),
        topic.post_marked("official"),
        "ack" in text,
        (at + timedelta(days=pinned)).date() if pinned else None,
        topic.begun,
        topic.posts[-1].at,
    )


_POST_COLUMNS: Final = (
    *("id", "topic_id", "author_id", "site_id", "carrier_id", "is_asker", "body", "html"),
    *("state", "key", "created_at"),
)


def _post_rows(topic: Spoken) -> Iterator[Row]:
    for post in topic.posts:
        known = None if post.is_asker and topic.is_unknown else post.voice
        body = post.text["said"].strip()
        yield (
            post.pk,
            topic.pk,
            known and known.pk,
            known and known.site_id,
            known and known.carrier_id,
            post.is_asker,
            body,
            str(to_html(body)),
            PostState.SHOWN.value,
            f"demo-{post.pk}",
            post.at,
        )


def _write_tags(writer: Writer, topics: list[Spoken], terms: dict[str, int]) -> None:
    writer.write(
        Topic.terms.through,
        ("topic_id", "term_id"),
        [(topic.pk, terms[slug]) for topic in topics for slug in topic.text["terms"]],
    )


def _write_answers_of_readers(
    writer: Writer, topics: list[Spoken], random: Random, at: datetime
) -> None:
    """Write what readers leave: thanks, «we too», «read and understood», following, having read."""

    def some(topic: Spoken, count: int, but: Iterable[int] = ()) -> list[Voice]:
        others = [voice for voice in topic.readers if voice.pk not in set(but)]
        return random.sample(others, min(count, len(others)))

    reactions, same, read_by, follows, reads = [], [], [], [], []
    for topic in topics:
        for post in topic.posts:
            for kind in (ReactionKind.THANKS, ReactionKind.HELPFUL):
                fans = some(topic, post.text.get(kind.value, 0), but=[post.voice.pk])
                reactions += [(post.pk, voice.pk, kind.value) for voice in fans]
        me_too = some(topic, topic.text.get("me_too", 0), but=[topic.asker.pk])
        same += [(voice.pk, topic.pk) for voice in me_too]
        understood = some(topic, topic.text.get("ack", 0), but=[topic.asker.pk])
        read_by += [
            (voice.pk, topic.pk, min(topic.begun + timedelta(hours=3 + 5 * index), at))
            for index, voice in enumerate(understood)
        ]
        last = {
            post.voice.pk: post.at
            for post in topic.posts
            if not (post.is_asker and topic.is_unknown)
        }
        follows += [(number, topic.pk, Interest.ALL.value) for number in last]
        reads += [(number, topic.pk, moment) for number, moment in last.items()]
    writer.write(Reaction, ("post_id", "user_id", "kind"), reactions)
    writer.write(MeToo, ("user_id", "topic_id"), same)
    writer.write(Acknowledgement, ("user_id", "topic_id", "at"), read_by)
    writer.write(Subscription, ("user_id", "topic_id", "interest"), follows)
    writer.write(TopicRead, ("user_id", "topic_id", "read_at"), reads)


def _write_polls(writer: Writer, topics: list[Spoken], random: Random, at: datetime) -> None:
    asked = [topic for topic in topics if "poll" in topic.text]
    polls: list[tuple[Any, ...]] = []
    options: list[tuple[Any, ...]] = []
    votes: list[tuple[Any, ...]] = []
    for number, topic in enumerate(asked, start=1):
        poll = topic.text["poll"]
        closes = at + timedelta(days=14)
        polls.append((number, topic.pk, poll["question"], poll["several"], closes))
        for position, (text, count) in enumerate(zip(poll["options"], poll["votes"], strict=True)):
            option = len(options) + 1
            options.append((option, number, text, position))
            voters = random.sample(topic.readers, min(count, len(topic.readers)))
            votes += [(option, voice.pk) for voice in voters]
    writer.write(Poll, ("id", "topic_id", "question", "allows_several", "closes_at"), polls)
    writer.write(PollOption, ("id", "poll_id", "text", "position"), options)
    writer.write(PollVote, ("option_id", "user_id"), votes)


def _write_offers(
    writer: Writer, topics: list[Spoken], cast: dict[str, Voice], at: datetime
) -> None:
    writer.write(
        Offer,
        ("topic_id", "user_id", "reasons", "offered_at"),
        [
            (topic.pk, cast[name].pk, [["term", topic.text["terms"][0]]], at - timedelta(days=1))
            for topic in topics
            for name in topic.text.get("offers", ())
        ],
    )
