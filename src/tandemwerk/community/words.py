"""What moderation can do, and what each decision brings about, in words."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tandemwerk.community.enums import DecisionKind, PostState, ReportState, TopicState
from tandemwerk.community.models import Post, Topic
from tandemwerk.community.speakers import speaker_of

_K = DecisionKind


@dataclass(frozen=True, kw_only=True)
class Action:
    """Something that can be done: its words, and what will happen to whom."""

    title: Any
    button: Any
    done: Any
    says: Callable[[Any], list[Any]]
    icon: str
    is_danger: bool = False

    def consequences(self, record: Any) -> list[Any]:
        """Say what will happen."""
        return self.says(record)


def _told(post: Post) -> str:
    if post.author_id is None:
        return gettext("Nobody knows who wrote it: nobody can be told.")
    return gettext("%(who)s gets your reasons in the app and by mail, and can appeal.") % {
        "who": speaker_of(post).name
    }


def _hides(post: Post) -> list[Any]:
    return [
        gettext(
            "Readers do not see the post any more; if it began the topic, the whole topic is gone."
        ),
        _told(post),
    ]


POST_ACTIONS: Final[dict[str, Action]] = {
    _K.APPROVE: Action(
        title=_("Approve this post"),
        button=_("Approve"),
        done=_("The post is shown. Whoever follows the topic is told."),
        says=lambda _post: [
            gettext("The post is shown to everybody who reads this space."),
            gettext("What the same person writes from now on is shown at once."),
        ],
        icon="check-circle",
    ),
    _K.HIDE: Action(
        title=_("Hide this post"),
        button=_("Hide the post"),
        done=_("The post is hidden."),
        says=_hides,
        icon="eye-slash",
        is_danger=True,
    ),
    _K.SHOW: Action(
        title=_("Show this post again"),
        button=_("Show the post"),
        done=_("The post is shown again."),
        says=lambda post: [gettext("Readers see the post again."), _told(post)],
        icon="eye",
    ),
    _K.EDIT: Action(
        title=_("Change the words of this post"),
        button=_("Save the change"),
        done=_("The post is changed."),
        says=lambda post: [
            gettext("How it stood before is kept; its author and the moderation can read it."),
            _told(post),
        ],
        icon="pencil",
    ),
    _K.WARN: Action(
        title=_("Warn who wrote this"),
        button=_("Warn"),
        done=_("The warning is sent."),
        says=lambda post: [gettext("The post stays as it is."), _told(post)],
        icon="exclamation-triangle",
    ),
    _K.SUSPEND: Action(
        title=_("Suspend who wrote this"),
        button=_("Suspend"),
        done=_("The person is suspended."),
        says=lambda post: [
            gettext("%(who)s can go on reading and cannot write until then.")
            % {"who": speaker_of(post).name},
            _told(post),
        ],
        icon="person-x",
        is_danger=True,
    ),
    "dismiss": Action(
        title=_("Leave the post as it is"),
        button=_("Nothing is to be done"),
        done=_("The reports are settled."),
        says=lambda _post: [gettext("Those who reported it are told that you looked at it.")],
        icon="check",
    ),
}


def actions_for(post: Post, _user: Any) -> list[dict[str, Any]]:
    """Return what can be done with a post as it stands, with its address."""
    wanted: list[str] = []
    if post.state == PostState.PENDING:
        wanted += [_K.APPROVE, _K.HIDE]
    elif post.state == PostState.SHOWN:
        wanted += [_K.HIDE, _K.EDIT]
    elif post.state == PostState.HIDDEN:
        wanted += [_K.SHOW]
    if post.state != PostState.REMOVED and post.author_id is not None:
        wanted += [_K.WARN, _K.SUSPEND]
    if post.reports.filter(state=ReportState.OPEN).exists():
        wanted.insert(0, "dismiss")
    return [
        {
            "action": POST_ACTIONS[kind],
            "url": reverse("community:post_action", args=[post.pk, str(kind)]),
        }
        for kind in wanted
    ]


TOPIC_ACTIONS: Final[dict[str, Action]] = {
    _K.LOCK: Action(
        title=_("Close this topic"),
        button=_("Close the topic"),
        done=_("The topic is closed."),
        says=lambda _topic: [
            gettext("Everybody can go on reading it. Nobody can answer any more.")
        ],
        icon="lock",
        is_danger=True,
    ),
    _K.UNLOCK: Action(
        title=_("Open this topic again"),
        button=_("Open the topic"),
        done=_("The topic is open again."),
        says=lambda _topic: [gettext("Everybody who writes in this space can answer again.")],
        icon="unlock",
    ),
    _K.PIN: Action(
        title=_("Pin this topic"),
        button=_("Pin the topic"),
        done=_("The topic is pinned."),
        says=lambda _topic: [gettext("It stands at the top of the space until that day.")],
        icon="pin-angle",
    ),
    _K.UNPIN: Action(
        title=_("Take the pin off"),
        button=_("Take the pin off"),
        done=_("The topic is no longer pinned."),
        says=lambda _topic: [gettext("It stands in the list where it belongs by its last post.")],
        icon="pin-angle",
    ),
    _K.MOVE: Action(
        title=_("Move this topic"),
        button=_("Move the topic"),
        done=_("The topic is moved."),
        says=lambda topic: [
            gettext("It leaves «%(space)s». From then on other people can read it.")
            % {"space": topic.space},
            gettext("Whoever began it is told why, and can appeal."),
        ],
        icon="arrow-right",
        is_danger=True,
    ),
    _K.MERGE: Action(
        title=_("Put this topic into another one"),
        button=_("Put them together"),
        done=_("The topics are one now."),
        says=lambda _topic: [
            gettext("All posts go into the other topic, in the order in which they were written."),
            gettext("Whoever follows this topic follows the other one. This cannot be taken back."),
        ],
        icon="layers",
        is_danger=True,
    ),
    _K.SPLIT: Action(
        title=_("Make a topic of its own of some posts"),
        button=_("Split off"),
        done=_("The posts are a topic of their own now."),
        says=lambda _topic: [
            gettext(
                "Whoever wrote the first of these posts stands there as having begun the new topic."
            )
        ],
        icon="copy",
    ),
}


def topic_actions_for(topic: Topic) -> list[dict[str, Any]]:
    """Return what moderation can do with a topic as it stands, with its address."""
    wanted: list[str] = []
    if topic.state == TopicState.OPEN:
        wanted += [_K.LOCK]
    elif topic.state == TopicState.LOCKED:
        wanted += [_K.UNLOCK]
    if topic.state in (TopicState.OPEN, TopicState.LOCKED):
        wanted += [_K.UNPIN if topic.pinned_until else _K.PIN, _K.MOVE, _K.MERGE, _K.SPLIT]
    return [
        {
            "action": TOPIC_ACTIONS[kind],
            "url": reverse("community:topic_action", args=[topic.pk, str(kind)]),
        }
        for kind in wanted
    ]
