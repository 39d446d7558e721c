"""What the community adds to an article of the library: the conversation it came from."""

from typing import Any, Final

from tandemwerk.community import panels_chain  # noqa: F401 registers its panels
from tandemwerk.community.models import Topic, TopicArticle
from tandemwerk.community.rules import may_read_topic
from tandemwerk.core.panels import Panel, panel
from tandemwerk.core.prepared import Prepared

_topics: Final = Prepared(
    lambda article: (
        Topic.objects.shown()
        .filter(pk__in=TopicArticle.objects.filter(article=article).values("topic_id"))
        .select_related("space")
        .order_by("pk")
    )
)


@panel("knowledge:article")
def origin(article: Any, user: Any) -> Panel | None:
    """Lead back to the topic, for those who may read it. For others it does not exist."""
    found = [each for each in _topics(article.pk) if may_read_topic(user, each)]
    if not found:
        return None
    return Panel(
        template="community/origin_panel.html", context={"topics": found}, area="aside", order=60
    )
