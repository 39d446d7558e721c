"""What the community tells people, and what an answer by mail does."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Final

from django.utils import translation
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from tandemwerk.community import notices_moderation  # noqa: F401 registers its kinds
from tandemwerk.community.enums import (
    READERS,
    SHOWN_TOPICS,
    Interest,
    JoinPolicy,
    SpaceKind,
    SpaceMembershipState,
    Standing,
    Via,
)
from tandemwerk.community.errors import (
    ClosedError,
    DuplicateError,
    LooksLikeSpamError,
    SuspendedError,
    TooFastError,
)
from tandemwerk.community.guard import find_personal_data
from tandemwerk.community.models import Space, SpaceMembership, Subscription, Topic
from tandemwerk.community.services.posts import create_post
from tandemwerk.community.services.telling import REPLY
from tandemwerk.messaging import replies
from tandemwerk.messaging.notices import (
    Line,
    NoticeGroup,
    NoticeKind,
    Rhythm,
    digest_section,
    register,
)
from tandemwerk.people.models import User
from tandemwerk.programme.enums import NETWORK_ROLES, Role
from tandemwerk.programme.models import Membership

#: More lines than this nobody reads in a mail, and more topics are not looked through for them.
MAX_LINES: Final = 6
MAX_TOPICS: Final = 400


register(
    NoticeGroup(
        name="community.answers",
        label=_("Answers to me"),
        description=_("Somebody answers in a topic you follow, mentions you, accepts your answer."),
        default=Rhythm.AT_ONCE,
        order=10,
    ),
    NoticeGroup(
        name="community.announcements",
        label=_("Announcements"),
        description=_("News of the network office, of your carrier and of your working groups."),
        default=Rhythm.AT_ONCE,
        order=11,
    ),
    NoticeGroup(
        name="community.topics",
        label=_("New topics in spaces and tags that I follow"),
        default=Rhythm.DAILY,
        order=12,
    ),
    NoticeGroup(
        name="community.spaces",
        label=_("New in my spaces"),
        description=_("What was talked about since the last mail."),
        default=Rhythm.WEEKLY,
        order=13,
    ),
    NoticeGroup(
        name="community.groups",
        label=_("Working groups"),
        description=_("Invitations, and who wants to join a group of yours."),
        default=Rhythm.AT_ONCE,
        order=14,
    ),
    NoticeKind(
        name="community.reply",
        group="community.answers",
        label=_("A new answer"),
        sentence=_("%(who)s writes in «%(topic)s»."),
        body="excerpt",
        action=_("Read the answer"),
        icon="chat",
    ),
    NoticeKind(
        name="community.mention",
        group="community.answers",
        label=_("You were mentioned"),
        sentence=_("%(who)s mentions you in «%(topic)s»."),
        body="excerpt",
        action=_("Read it"),
        icon="chat-quote",
    ),
    NoticeKind(
        name="community.accepted",
        group="community.answers",
        label=_("Your answer helped"),
        sentence=_("Your answer to «%(topic)s» was accepted."),
        icon="check-circle",
    ),
    NoticeKind(
        name="community.announcement",
        group="community.announcements",
        label=_("An announcement"),
        sentence=_("%(who)s announces in «%(space)s»: %(topic)s"),
        body="excerpt",
        action=_("Read it"),
        icon="megaphone",
    ),
    NoticeKind(
        name="community.to_confirm",
        group="community.announcements",
        label=_("Please confirm that you have read it"),
        sentence=_("%(who)s announces in «%(space)s» and asks you to confirm: %(topic)s"),
        body="excerpt",
        action=_("Read and confirm"),
        icon="megaphone",
    ),
    NoticeKind(
        name="community.new_topic",
        group="community.topics",
        label=_("A new topic"),
        sentence=_("%(who)s begins in «%(space)s»: %(topic)s"),
        body="excerpt",
        action=_("Read it"),
        icon="chat-dots",
    ),
    NoticeKind(
        name="community.asks_to_join",
        group="community.groups",
        label=_("Somebody wants to join"),
        sentence=_("%(who)s would like to join «%(space)s»."),
        action=pgettext_lazy("button", "Answer"),
        icon="person-plus",
    ),
    NoticeKind(
        name="community.let_in",
        group="community.groups",
        label=_("You are in"),
        sentence=_("You are now a member of «%(space)s»."),
        action=_("Look around"),
        icon="door-open",
    ),
    NoticeKind(
        name="community.not_let_in",
        group="community.groups",
        label=_("Your request was declined"),
        sentence=_("You cannot join «%(space)s» at the moment."),
        icon="info-circle",
    ),
    NoticeKind(
        name="community.invited",
        group="community.groups",
        label=_("An invitation"),
        sentence=_("You are invited to the working group «%(space)s»."),
        icon="envelope-open",
    ),
)


@replies.register(REPLY)
def post_reply(*, user: User, object_id: int, text: str, at: datetime, key: str) -> None:
    """Post what somebody answered by mail. Raises ReplyError."""
    topic = Topic.objects.visible_to(user).filter(pk=object_id).select_related("space").first()
    if topic is None or not user.has_perm("community.write_post", topic):
        raise replies.ReplyError(gettext("This conversation is closed, or no longer open to you."))
    if find_personal_data(text):
        raise replies.ReplyError(
            gettext(
                "Your answer seems to contain a name, an address or a number of somebody. "
                "Please write it on the page: there you can look at it once more."
            )
        )
    try:
        create_post(topic_id=topic.pk, body=text, by=user, at=at, key=_key_of(key), via=Via.MAIL)
    except ClosedError:
        raise replies.ReplyError(gettext("This conversation is closed.")) from None
    except SuspendedError:
        raise replies.ReplyError(
            gettext("You cannot write in the community at the moment.")
        ) from None
    except TooFastError:
        raise replies.ReplyError(
            gettext("That was a lot in a short time. Please send it again later.")
        ) from None
    except (DuplicateError, LooksLikeSpamError):
        raise replies.ReplyError(
            gettext("These words were posted already, or have too many links.")
        ) from None


def _key_of(mail_key: str) -> str:
    """Return a key of one length for a mail, however long its own is."""
    return f"mail-{sha256(mail_key.encode()).hexdigest()}"


@digest_section(
    "community.spaces", group="community.spaces", label=_("New in your spaces"), order=20
)
def new_in_spaces(
    users: Sequence[int], since: datetime, until: datetime
) -> Mapping[int, list[Line]]:
    """Name the newest topics of the spaces that each reads and did not mute. Five queries."""
    fresh = Topic.objects.filter(
        state__in=SHOWN_TOPICS, created_at__gt=since, created_at__lte=until
    ).select_related("space")
    topics = list(fresh.order_by("-created_at", "-pk")[:MAX_TOPICS])
    if not topics:
        return {}
    spaces = {each.space_id: each.space for each in topics}
    readers = _readers(users, spaces.values())
    languages = User.objects.filter(pk__in=users).values_list("pk", "language")
    found: dict[int, list[Line]] = {}
    for number, language in languages:
        mine = [each for each in topics if each.space_id in readers[number]][:MAX_LINES]
        if mine:
            with translation.override(language):
                found[number] = [
                    Line(
                        text=gettext("%(topic)s (%(space)s)")
                        % {"topic": each.title, "space": each.space.name},
                        url=each.get_absolute_url(),
                    )
                    for each in mine
                ]
    return found


def _readers(users: Sequence[int], spaces: Iterable[Space]) -> Mapping[int, set[int]]:
    """Return account -> spaces that it reads and did not mute, as ``visible_to`` has it."""
    standings: defaultdict[int, set[Standing]] = defaultdict(set)
    carriers: defaultdict[int, set[int]] = defaultdict(set)
    roles = Membership.objects.filter(user__in=users).values_list(
        "user_id", "role", "carrier_id", "site__carrier_id"
    )
    for number, role, carrier, site_carrier in roles:
        standings[number].add(_standing(role, carrier_id=carrier))
        carriers[number].update(each for each in (carrier, site_carrier) if each is not None)
    groups = set(
        SpaceMembership.objects.filter(
            user__in=users, state=SpaceMembershipState.ACTIVE
        ).values_list("user_id", "space_id")
    )
    muted = set(
        Subscription.objects.filter(
            user__in=users, space__isnull=False, interest=Interest.MUTED
        ).values_list("user_id", "space_id")
    )
    found: defaultdict[int, set[int]] = defaultdict(set)
    for space in spaces:
        for number, mine in standings.items():
            if space.kind == SpaceKind.CARRIER:
                reads = space.carrier_id in carriers[number]
            elif space.kind == SpaceKind.GROUP:
                reads = space.join_policy == JoinPolicy.OPEN or (number, space.pk) in groups
            else:
                reads = bool(READERS[SpaceKind(space.kind)] & mine)
            if reads and (number, space.pk) not in muted:
                found[number].add(space.pk)
    return found


def _standing(role: str, *, carrier_id: int | None) -> Standing:
    if role in NETWORK_ROLES:
        return Standing.NETWORK
    if role == Role.MINISTRY:
        return Standing.MINISTRY
    return Standing.CARRIER if carrier_id is not None else Standing.SITE
