"""Panels beside topics and articles: why a question was offered, and the way of one thing."""

from typing import Any, Final

from tandemwerk.community.enums import OPEN_OFFERS, TopicKind
from tandemwerk.community.models import Offer
from tandemwerk.community.queries.chain import chain_of, reuse_of
from tandemwerk.community.queries.offers import reasons_in_words
from tandemwerk.community.rules import may_moderate
from tandemwerk.community.words import topic_actions_for
from tandemwerk.core.panels import Panel, panel
from tandemwerk.core.prepared import Prepared

_offer: Final = Prepared(
    lambda topic, user: Offer.objects.filter(topic=topic, user=user, state__in=OPEN_OFFERS)
)


@panel("community:topic")
def offered(topic: Any, user: Any) -> Panel | None:
    """Say why this question was offered to the reader, with both answers to that."""
    offer = next(iter(_offer(topic.pk, user.pk)), None)
    if offer is None:
        return None
    context = {"offer": offer, "reasons": reasons_in_words([offer])[offer.pk]}
    return Panel(template="community/offer_panel.html", context=context, area="aside", order=10)


@panel("community:topic")
def way_of_a_question(topic: Any, user: Any) -> Panel | None:
    """Show what became of a question, once something has."""
    if topic.kind != TopicKind.QUESTION:
        return None
    chain = chain_of(topic, user)
    if chain.first_at is None:
        return None
    return Panel(
        template="community/chain_panel.html", context={"chain": chain}, area="aside", order=60
    )


@panel("community:topic")
def moderation(topic: Any, user: Any) -> Panel | None:
    """Offer those who moderate the space what they can do with the topic."""
    if not may_moderate(user, topic):
        return None
    context = {
        "topic": topic,
        "actions": topic_actions_for(topic),
        "asker_is_known": topic.anonymity == "moderators",
    }
    return Panel(
        template="community/moderation_panel.html", context=context, area="aside", order=80
    )


@panel("knowledge:article")
def use_elsewhere(article: Any, _user: Any) -> Panel | None:
    """Show how far an article has come: versions of carriers, sites that work with it."""
    links = reuse_of(article)
    if not links.adapted and not links.sites:
        return None
    return Panel(
        template="community/reuse_panel.html", context={"links": links}, area="aside", order=65
    )
