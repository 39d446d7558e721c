"""What this room keeps about an account.

What somebody said stays when they leave, without their name: answers would stand alone otherwise.
"""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from tandemwerk.community import privacy_peers  # noqa: F401 registers its part
from tandemwerk.community.models import (
    Acknowledgement,
    Attachment,
    Bookmark,
    Draft,
    MeToo,
    PollVote,
    Post,
    Reaction,
    SpaceMembership,
    Subscription,
    Topic,
)
from tandemwerk.core.actors import Actor
from tandemwerk.core.privacy import AccountData, erased_by_the_key, name_facts, register


def _export_words(user_id: int) -> list[dict[str, Any]]:
    topics = Topic.objects.filter(author_id=user_id).select_related("space").order_by("pk")
    posts = Post.objects.filter(author_id=user_id).select_related("topic").order_by("pk")
    return [
        {
            "topic": each.title,
            "space": each.space.name,
            "shown_as": each.get_anonymity_display(),
            "created_at": each.created_at.isoformat(),
        }
        for each in topics
    ] + [
        {
            "topic": each.topic.title,
            "text": each.body,
            "state": each.get_state_display(),
            "created_at": each.created_at.isoformat(),
        }
        for each in posts
    ]


def _export_memberships(user_id: int) -> list[dict[str, Any]]:
    rows = SpaceMembership.objects.filter(user_id=user_id).select_related("space").order_by("pk")
    return [
        {
            "space": each.space.name,
            "role": each.get_role_display(),
            "state": each.get_state_display(),
            "since": each.since.isoformat(),
        }
        for each in rows
    ]


def _export_own(user_id: int) -> list[dict[str, Any]]:
    followed = Subscription.objects.filter(user_id=user_id).select_related("space", "topic", "term")
    return [
        *(
            {
                "follows": str(each.space or each.topic or each.term),
                "how": each.get_interest_display(),
            }
            for each in followed.order_by("pk")
        ),
        *(
            {"bookmark": each.topic.title}
            for each in Bookmark.objects.filter(user_id=user_id).select_related("topic")
        ),
        *(
            {"same_question": each.topic.title}
            for each in MeToo.objects.filter(user_id=user_id).select_related("topic")
        ),
        *(
            {"confirmed": each.topic.title, "at": each.at.isoformat()}
            for each in Acknowledgement.objects.filter(user_id=user_id).select_related("topic")
        ),
        *(
            {"reaction": each.get_kind_display(), "topic": each.post.topic.title}
            for each in Reaction.objects.filter(user_id=user_id).select_related("post__topic")
        ),
        *(
            {"vote": each.option.text}
            for each in PollVote.objects.filter(user_id=user_id).select_related("option")
        ),
    ]


def _export_drafts(user_id: int) -> list[dict[str, Any]]:
    drafts = Draft.objects.filter(user_id=user_id).order_by("pk")
    files = Attachment.objects.filter(brought_by_id=user_id, post=None).order_by("pk")
    return [
        *({"text": each.data, "saved_at": each.saved_at.isoformat()} for each in drafts),
        *({"file": each.name, "at": each.at.isoformat()} for each in files),
    ]


def _erase_files(user_id: int, _by: Actor, _at: datetime) -> None:
    """Remove files that were never sent; drafts go with the account."""
    for each in Attachment.objects.filter(brought_by_id=user_id, post=None):
        each.file.delete(save=False)
        each.delete()


register(
    AccountData(
        name="community_words",
        title=_("What you wrote in the community"),
        purpose=_("So that teams learn from each other."),
        kept=_("It stays without your name when your account is closed."),
        models=("community.topic", "community.post", "community.postversion"),
        export=_export_words,
        erase=erased_by_the_key,
    ),
    AccountData(
        name="community_memberships",
        title=_("Your working groups"),
        purpose=_("So that you can read and write there."),
        kept=_("Until you leave the group or your account is closed."),
        models=("community.spacemembership", "community.space"),
        export=_export_memberships,
        erase=erased_by_the_key,
    ),
    AccountData(
        name="community_own",
        title=_("What you follow, keep and confirm in the community"),
        purpose=_("So that you find again what matters to you."),
        kept=_("Until your account is closed."),
        models=(
            "community.subscription",
            "community.bookmark",
            "community.metoo",
            "community.acknowledgement",
            "community.reaction",
            "community.pollvote",
            "community.topicread",
            "community.spaceread",
        ),
        export=_export_own,
        erase=erased_by_the_key,
    ),
    AccountData(
        name="community_drafts",
        title=_("Your drafts"),
        purpose=_("So that nothing you are writing is lost."),
        kept=_("Until you send them; at most two months."),
        models=("community.draft", "community.attachment"),
        export=_export_drafts,
        erase=_erase_files,
    ),
)

name_facts(
    {
        "bookmark": _("Bookmark"),
        "confirmed": _("Read and understood"),
        "follows": _("You follow"),
        "how": _("How closely"),
        "reaction": _("Your reaction"),
        "same_question": _("You have the same question"),
        "saved_at": _("Saved"),
        "shown_as": _("Shown as"),
        "space": _("Space"),
        "topic": _("Topic"),
        "vote": _("Your vote"),
    }
)
