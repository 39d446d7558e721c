"""What this room keeps about an account besides words: entry, requests, offers, decisions."""

from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tandemwerk.community.models import (
    Appeal,
    Decision,
    Offer,
    PeerRequest,
    Profile,
    Report,
    Suspension,
)
from tandemwerk.community.queries.directory import language_names
from tandemwerk.community.queries.offers import reasons_in_words
from tandemwerk.core.actors import Actor
from tandemwerk.core.privacy import AccountData, erased_by_the_key, name_facts, register


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _export_profile(user_id: int) -> list[dict[str, Any]]:
    return [
        {
            "ask_me_about": each.ask_me_about,
            "about": each.about,
            "expertise": [str(term) for term in each.expertise.all()],
            "languages": language_names(each.languages),
            "hosts_visits": each.hosts_visits,
            "is_listed": each.is_listed,
            "takes_questions": each.takes_questions,
            "changed_at": each.changed_at.isoformat(),
        }
        for each in Profile.objects.filter(user=user_id).prefetch_related("expertise")
    ]


def _export_peers(user_id: int) -> list[dict[str, Any]]:
    rows = PeerRequest.objects.filter(Q(asker=user_id) | Q(host=user_id))
    return [
        {
            "kind": each.get_kind_display(),
            "state": each.get_state_display(),
            "with": str(each.host if each.asker_id == user_id else each.asker),
            "subject": each.subject,
            "text": each.text,
            "answer": each.answer,
            "agreed_at": _iso(each.agreed_at),
            "place": each.place,
            "took": each.asker_took if each.asker_id == user_id else each.host_took,
            "created_at": each.created_at.isoformat(),
        }
        for each in rows.select_related("asker", "host").order_by("pk")
    ]


def _export_offers(user_id: int) -> list[dict[str, Any]]:
    rows = list(Offer.objects.filter(user=user_id).select_related("topic").order_by("pk"))
    reasons = reasons_in_words(rows)
    return [
        {
            "topic": each.topic.title,
            "state": each.get_state_display(),
            "reasons": reasons[each.pk],
            "offered_at": each.offered_at.isoformat(),
        }
        for each in rows
    ]


def _export_decisions(user_id: int) -> list[dict[str, Any]]:
    """Return what was decided about somebody, what they said to it and what they reported."""
    decided = Decision.objects.filter(person=user_id).select_related("space", "topic", "appeal")
    reported = Report.objects.filter(reporter=user_id).select_related("post__topic")
    suspended = Suspension.objects.filter(user=user_id).select_related("space")
    return [
        *(
            {
                "decision": each.get_kind_display(),
                "about": str(each.topic or each.space),
                "reason": each.reason,
                "at": each.at.isoformat(),
                "until": _iso(each.until),
                "appeal": each.appeal.text if hasattr(each, "appeal") else "",
                "answer": each.appeal.answer if hasattr(each, "appeal") else "",
            }
            for each in decided.order_by("pk")
        ),
        *(
            {
                "suspended_in": str(each.space or ""),
                "from": each.starts_at.isoformat(),
                "until": each.ends_at.isoformat(),
                "lifted_at": _iso(each.lifted_at),
            }
            for each in suspended.order_by("pk")
        ),
        *(
            {
                "reported": each.post.topic.title,
                "reason": each.get_reason_display(),
                "text": each.text,
                "at": each.at.isoformat(),
            }
            for each in reported.order_by("pk")
        ),
    ]


def _erase_decisions(user_id: int, _by: Actor, _at: datetime) -> None:
    """Keep that something was decided, for the figures; nothing that was written about it."""
    Appeal.objects.filter(decision__person=user_id).update(text="", answer="")
    Decision.objects.filter(person=user_id).update(reason="")
    Report.objects.filter(reporter=user_id).update(text="")


register(
    AccountData(
        name="community_profile",
        title=_("Your entry in the directory"),
        purpose=_("So that others can ask you."),
        kept=_("Until you empty it or your account is closed."),
        models=("community.profile",),
        export=_export_profile,
        erase=erased_by_the_key,
    ),
    AccountData(
        name="community_peers",
        title=_("Your questions, visits and consultations"),
        purpose=_("So that you can agree with others."),
        kept=_("Until your account or that of the other side is closed."),
        models=("community.peerrequest",),
        export=_export_peers,
        erase=erased_by_the_key,
    ),
    AccountData(
        name="community_offers",
        title=_("Questions that were offered to you"),
        purpose=_("So that questions are answered, and nobody is asked too often."),
        kept=_("Until your account is closed."),
        models=("community.offer",),
        export=_export_offers,
        erase=erased_by_the_key,
    ),
    AccountData(
        name="community_decisions",
        title=_("Decisions of the moderation about you, and what you reported"),
        purpose=_("So that decisions have reasons and can be looked at again."),
        kept=_("Without your name and without texts when your account is closed."),
        models=(
            "community.decision",
            "community.appeal",
            "community.suspension",
            "community.report",
        ),
        export=_export_decisions,
        erase=_erase_decisions,
    ),
)

name_facts(
    {
        "agreed_at": _("Agreed for"),
        "appeal": _("Your appeal"),
        "ask_me_about": _("Ask me about"),
        "changed_at": _("Changed"),
        "decision": _("Decision"),
        "expertise": _("What you know well"),
        "from": _("From"),
        "hosts_visits": _("Hosts visits"),
        "is_listed": _("Stands in the directory"),
        "lifted_at": _("Lifted"),
        "offered_at": _("Offered to you"),
        "place": _("Where you meet"),
        "reported": _("You reported"),
        "suspended_in": _("Suspended in"),
        "takes_questions": _("Takes questions"),
        "took": _("What you took along"),
        "with": _("With"),
    }
)
