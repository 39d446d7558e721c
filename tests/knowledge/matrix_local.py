"""What each role gets of the local information: the same as everybody."""

from django.utils.timezone import now

from tandemwerk.knowledge.models import LocalRegion
from tests.matrix import Row
from tests.world import World


def region(_world: World) -> dict[str, object]:
    """Return the demo's region, made where there is none."""
    found = LocalRegion.objects.order_by("pk").first()
    found = found or LocalRegion.objects.create(
        slug="musterstadt", name="Musterstadt", languages=["de"], fetched_at=now()
    )
    return {"region": found.slug}


ROWS = [
    Row(name="knowledge:local", others=200, anonymous=None),
    Row(name="knowledge:local_pages", kwargs=region, others=200, anonymous=None),
    Row(name="knowledge:local_events", kwargs=region, others=200, anonymous=None),
    Row(name="knowledge:local_places", kwargs=region, others=200, anonymous=None),
]
