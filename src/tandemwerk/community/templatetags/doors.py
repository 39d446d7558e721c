"""Ways from the home page of the community to its other pages, for those who may go there."""

from typing import Any

from django import template

from tandemwerk.community.queries.moderation import counts, moderates_anything
from tandemwerk.community.rules import leads_network

register = template.Library()


@register.inclusion_tag("community/_doors.html", takes_context=True)
def community_doors(context: template.Context) -> dict[str, Any]:
    """Show where else one can go, with how much waits there."""
    user = context["request"].user
    moderates = moderates_anything(user)
    return {
        "moderates": moderates,
        "waiting": counts(user).total if moderates else 0,
        "sees_chain": leads_network(user),
    }
