"""What the community asks of somebody today: to moderate, to answer, to agree."""

from datetime import datetime, timedelta
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from tandemwerk.community.models import PeerRequest
from tandemwerk.community.queries.moderation import (
    moderates_anything,
    open_appeals,
    reported_posts,
    waiting_posts,
)
from tandemwerk.community.queries.offers import offers_to, reasons_in_words
from tandemwerk.core.worklist import Urgency, Work, WorkItem, rank, source
from tandemwerk.people.models import User

#: Whoever waits longer than a day for a first look will not come back.
LONG_FOR_A_FIRST_POST: Final = timedelta(days=1)


@source
def to_moderate(user: Any, at: datetime, limit: int) -> Work:
    """Return first posts, reports and appeals. Seven queries at most, one for most people."""
    if not moderates_anything(user):
        return Work(items=[], count=0)
    waiting, reported, appeals = waiting_posts(user), reported_posts(user), open_appeals(user)
    items = [
        WorkItem(
            key=f"community.waiting/{post.pk}",
            title=post.topic.title,
            reason=_("The first post of a new member in «%(space)s».")
            % {"space": post.topic.space},
            url=reverse("community:moderate_post", args=[post.pk]),
            button=_("Look at it"),
            urgency=_urgency(post.created_at, at),
            since=post.created_at,
            icon="person-plus",
            scope=post.audit_scope,
        )
        for post in waiting[:limit]
    ]
    items += [
        WorkItem(
            key=f"community.reported/{post.pk}",
            title=post.topic.title,
            reason=ngettext(
                "A post in «%(space)s» was reported once.",
                "A post in «%(space)s» was reported %(count)s times.",
                post.report_count,
            )
            % {"space": post.topic.space, "count": post.report_count},
            url=reverse("community:moderate_post", args=[post.pk]),
            button=_("Look at it"),
            urgency="now",
            since=post.created_at,
            icon="flag",
            scope=post.audit_scope,
        )
        for post in reported[:limit]
    ]
    items += [
        WorkItem(
            key=f"community.appeal/{each.pk}",
            title=str(each.decision.topic or each.decision.space),
            reason=_("Somebody asks for another look at a decision."),
            url=reverse("community:appeal_answer", args=[each.pk]),
            button=_("Decide"),
            urgency="soon",
            since=each.at,
            icon="shield-exclamation",
            scope=each.decision.audit_scope,
        )
        for each in appeals[:limit]
    ]
    items.sort(key=rank)
    return Work(items=items[:limit], count=_count(items, limit, waiting, reported, appeals))


def _urgency(since: datetime, at: datetime) -> Urgency:
    return "now" if at - since > LONG_FOR_A_FIRST_POST else "soon"


def _count(items: list[WorkItem], limit: int, *rows: Any) -> int:
    """Count what there is; only where a list may have been cut the database is asked."""
    return len(items) if len(items) < limit else sum(each.count() for each in rows)


@source
def questions_for_me(user: Any, _at: datetime, limit: int) -> Work:
    """Return the questions that were offered to somebody, with why."""
    if not isinstance(user, User):
        return Work(items=[], count=0)
    rows = list(offers_to(user)[: limit + 1])
    reasons = reasons_in_words(rows)
    items = [
        WorkItem(
            key=f"community.offer/{offer.pk}",
            title=offer.topic.title,
            reason=" ".join([_("Nobody has answered yet."), *reasons[offer.pk]]),
            url=offer.topic.get_absolute_url(),
            button=pgettext("button", "Answer"),
            urgency="later",
            since=offer.offered_at,
            icon="lightbulb",
            scope=offer.topic.audit_scope,
        )
        for offer in rows[:limit]
    ]
    return Work(items=items, count=len(rows) if len(rows) <= limit else offers_to(user).count())


@source
def peers_to_answer(user: Any, _at: datetime, limit: int) -> Work:
    """Return what members asked somebody and what waits for their answer."""
    if not isinstance(user, User):
        return Work(items=[], count=0)
    waiting = PeerRequest.objects.waiting_for(user).select_related("asker")
    rows = list(waiting.order_by("created_at", "pk")[: limit + 1])
    items = [
        WorkItem(
            key=f"community.peer/{each.pk}",
            title=each.subject,
            reason=_("%(name)s asked you: %(kind)s.")
            % {"name": each.asker, "kind": each.get_kind_display()},
            url=reverse("community:peer", args=[each.pk]),
            button=pgettext("button", "Answer"),
            urgency="soon",
            since=each.created_at,
            icon="chat-heart",
        )
        for each in rows[:limit]
    ]
    return Work(items=items, count=len(rows) if len(rows) <= limit else waiting.count())
