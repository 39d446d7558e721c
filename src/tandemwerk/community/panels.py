"""What the community adds to an article of the library: the conversation it came from."""

from typing import Any

from tandemwerk.community import panels_chain  # noqa: F401 registers its panels
from tandemwerk.community.models import Topic, TopicArticle
from tandemwerk.core.panels import Panel, panel


@panel("knowledge:article")
def origin(article: Any, user: Any) -> Panel | None:
    """Lead back to the topic, for those who may read it. For others it does not exist."""
    numbers = TopicArticle.objects.filter(article=article).values("topic_id")
    topics = Topic.objects.visible_to(user).shown().filter(pk__in=numbers).select_related("space")
    found = list(topics.order_by("pk"))
    if not found:
        return None
    return Panel(
        template="community/origin_panel.html", context={"topics": found}, area="aside", order=60
    )
