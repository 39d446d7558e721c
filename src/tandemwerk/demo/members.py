"""Profiles, visits, and what happened in the demo's last days, told through the services."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import Q

from tandemwerk.community.enums import (
    AppealState,
    DecisionKind,
    Interest,
    PeerState,
    ReportReason,
)
from tandemwerk.community.models import (
    PeerRequest,
    Post,
    Profile,
    Space,
    SpaceRead,
    Subscription,
    Topic,
)
from tandemwerk.community.services.moderation import Ruling, decide_post
from tandemwerk.community.services.posts import accept_answer, create_post
from tandemwerk.community.services.sanctions import answer_appeal, appeal, report_post
from tandemwerk.demo import texts
from tandemwerk.demo.cast import Voice
from tandemwerk.demo.talk import Spoken
from tandemwerk.demo.writer import Writer
from tandemwerk.messaging.models import Notice, NoticeCopy

Cast = Mapping[str, Voice]
#: What is older was read by everybody, in the app and in the spaces.
READ_UNTIL: Final = timedelta(days=6)
SIGN_IN: Final = ("network", "editor", "ministry", "carrier", "coordinator", "speaker")


def write_profiles(writer: Writer, *, cast: Cast, terms: Mapping[str, int], at: datetime) -> None:
    """Write who knows what, and the visits that were asked for."""
    profiles = texts.load("people")
    numbers = {name: number for number, name in enumerate(profiles, start=1)}
    writer.write(
        Profile,
        (
            *("id", "user_id", "about", "ask_me_about", "languages", "hosts_visits"),
            *("is_listed", "takes_questions", "changed_at"),
        ),
        [
            (
                numbers[name],
                cast[name].pk,
                text["about"],
                text["ask"],
                text["languages"],
                text.get("hosts", False),
                True,
                text.get("takes_questions", True),
                at - timedelta(days=120),
            )
            for name, text in profiles.items()
        ],
    )
    writer.write(
        Profile.expertise.through,
        ("profile_id", "term_id"),
        [(numbers[name], terms[slug]) for name, text in profiles.items() for slug in text["terms"]],
    )
    rows = [_peer_row(text, cast, at) for text in texts.load("directory")["peer"]]
    writer.write(PeerRequest, _PEER_COLUMNS, rows)


_PEER_COLUMNS: Final = (
    *("kind", "state", "asker_id", "host_id", "site_id", "subject", "text", "proposed_on"),
    *("agreed_at", "place", "answer", "asker_took", "host_took", "created_at", "settled_at"),
)


def _peer_row(text: dict[str, Any], cast: Cast, at: datetime) -> tuple[Any, ...]:
    asked_at = at - timedelta(days=text["days"])
    state = PeerState(text["state"])
    days = text.get("in_days", 10 - text["days"])
    meets_at = (at + timedelta(days=days)).replace(hour=13, minute=0, second=0, microsecond=0)
    is_agreed = state in {PeerState.AGREED, PeerState.DONE}
    return (
        text["kind"],
        state.value,
        cast[text["asker"]].pk,
        cast[text["host"]].pk,
        cast[text["host"]].site_id if text["kind"] == "visit" else None,
        text["subject"],
        text["text"],
        meets_at.date(),
        meets_at if is_agreed else None,
        text.get("place", ""),
        text.get("answer", ""),
        text.get("asker_took", ""),
        text.get("host_took", ""),
        asked_at,
        None if state == PeerState.ASKED else asked_at + timedelta(days=1),
    )


def moderate(*, cast: Cast, at: datetime) -> None:
    """Let the moderation decide twice, each with an appeal, and leave a report in its queue."""
    past, lately = at - timedelta(days=70), at - timedelta(days=4)
    first = _said("Zu viele Werkzeuge", cast["rostock"], texts.load("moderation")["link"], at=past)
    decision = decide_post(
        post_id=first.pk,
        ruling=Ruling(
            kind=DecisionKind.HIDE,
            reason=texts.load("moderation")["link_reason"],
            by=cast["moderation"].user,
            at=past + timedelta(hours=5),
            seen=0,
        ),
    )
    made = appeal(
        decision=decision,
        text=texts.load("moderation")["link_appeal"],
        by=cast["rostock"].user,
        at=past + timedelta(hours=9),
    )
    answer_appeal(
        appeal_id=made.pk,
        to=AppealState.GRANTED,
        answer=texts.load("moderation")["link_answer"],
        by=cast["network"].user,
        at=past + timedelta(days=1),
    )
    second = _said(
        "Dank, der nichts kostet: eure besten Ideen",
        cast["saarbruecken"],
        texts.load("moderation")["person"],
        at=lately,
    )
    decision = decide_post(
        post_id=second.pk,
        ruling=Ruling(
            kind=DecisionKind.HIDE,
            reason=texts.load("moderation")["person_reason"],
            by=cast["moderation"].user,
            at=lately + timedelta(hours=3),
            seen=0,
        ),
    )
    appeal(
        decision=decision,
        text=texts.load("moderation")["person_appeal"],
        by=cast["saarbruecken"].user,
        at=at - timedelta(days=1),
    )


def report(topics: Mapping[str, Spoken], *, cast: Cast, at: datetime) -> None:
    """Put a report into the queue of the moderation."""
    topic = topics["meldung"]
    [told] = topic.text["reports"]
    report_post(
        post=Post.objects.select_related("topic__space").get(pk=topic.posts[0].pk),
        reason=ReportReason(told["reason"]),
        text=told["said"],
        by=cast[told["by"]].user,
        at=at - timedelta(hours=20),
    )


def live_the_last_days(topics: Mapping[str, Spoken], *, cast: Cast, at: datetime) -> None:
    """Let people answer today, so that everybody who signs in finds something of theirs."""
    words = texts.load("moderation")["today"]
    numbers = {key: topic.pk for key, topic in topics.items()}
    for hours, name, key, text in (
        (22, "bremen", "offen_arzt", words["arzt"]),
        (9, "stuttgart", "offen_bahn", words["gebaerden"]),
        (7, "lead3", "ministerium_offen", words["ministerium"]),
        (5, "dresden", "schweigen_trauma", words["trauma"]),
        (3, "lead2", "ministerium_rate", words["rate"]),
    ):
        create_post(
            topic_id=numbers[key],
            body=text,
            by=cast[name].user,
            at=at - timedelta(hours=hours),
        )
    topic = Topic.objects.get(pk=numbers["offen_bahn"])
    answer = topic.posts.order_by("-pk")[0]
    accept_answer(
        post_id=answer.pk,
        is_accepted=True,
        instead_of=None,
        by=cast["mainz"].user,
        at=at - timedelta(hours=2),
    )


def keep_up(*, cast: Cast, at: datetime) -> None:
    """Say what the demo's accounts follow, and that they have read what is older."""
    until = at - READ_UNTIL
    users = [cast[name].user for name in SIGN_IN]
    SpaceRead.objects.bulk_create(
        [
            SpaceRead(user=user, space=space, read_at=until)
            for user in users
            for space in Space.objects.visible_to(user)
        ]
    )
    followed = Space.objects.filter(slug__in=("treffpunkt", "ministerium"))
    Subscription.objects.bulk_create(
        [
            Subscription(user=user, space=space, interest=Interest.TOPICS)
            for user in users
            for space in followed
            if Space.objects.visible_to(user).filter(pk=space.pk).exists()
        ],
        ignore_conflicts=True,
    )
    old = NoticeCopy.objects.filter(notice__in=Notice.objects.filter(created_at__lt=until))
    old.update(read_at=until, waits_for="")
    NoticeCopy.objects.exclude(Q(user__in=users)).update(read_at=at, waits_for="")


def _said(title: str, voice: Voice, text: str, *, at: datetime) -> Post:
    """Write a post into a topic without telling anybody: it did not stand for long."""
    topic = Topic.objects.get(title=title)
    post = create_post(topic_id=topic.pk, body=text, by=voice.user, at=at)
    return Post.objects.select_related("topic__space").get(pk=post.pk)
