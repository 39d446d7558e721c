"""Tables of the community."""

from tandemwerk.community.models.directory import PeerRequest, Profile
from tandemwerk.community.models.following import (
    Acknowledgement,
    Bookmark,
    Draft,
    MeToo,
    SpaceRead,
    Subscription,
    TopicRead,
)
from tandemwerk.community.models.moderation import Appeal, Decision, Report, Suspension
from tandemwerk.community.models.offers import Offer
from tandemwerk.community.models.polls import Poll, PollOption, PollVote
from tandemwerk.community.models.spaces import (
    Space,
    SpaceMembership,
    known_groups,
    readable,
    standings_of,
    walls_of,
)
from tandemwerk.community.models.talk import (
    Attachment,
    Post,
    PostVersion,
    Reaction,
    Topic,
    TopicArticle,
)

__all__ = [
    "Acknowledgement",
    "Appeal",
    "Attachment",
    "Bookmark",
    "Decision",
    "Draft",
    "MeToo",
    "Offer",
    "PeerRequest",
    "Poll",
    "PollOption",
    "PollVote",
    "Post",
    "PostVersion",
    "Profile",
    "Reaction",
    "Report",
    "Space",
    "SpaceMembership",
    "SpaceRead",
    "Subscription",
    "Suspension",
    "Topic",
    "TopicArticle",
    "TopicRead",
    "known_groups",
    "readable",
    "standings_of",
    "walls_of",
]
