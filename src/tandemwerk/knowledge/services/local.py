"""Keeps a copy of what Integreat says of a municipality, fetched in the background.

A page shows what is there and asks for a newer one: nobody waits for another server. Somebody who
looks is what keeps a region fresh; what nobody looks at is not fetched.
"""

from datetime import datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django_tasks import task

from tandemwerk.core import clock
from tandemwerk.knowledge.integreat import (
    IntegreatClient,
    UnreachableError,
    cleaned_events,
    cleaned_locations,
    cleaned_pages,
    cleaned_regions,
)
from tandemwerk.knowledge.models import LocalPage, LocalRegion

#: As old as this a copy is shown and a newer one is asked for.
STALE: Final = timedelta(days=1)
#: Between two attempts for the same address, whoever looks and however often.
PAUSE: Final = timedelta(minutes=10)
REGIONS: Final = "regions"
_CLEANED: Final = {
    LocalPage.Content.PAGES.value: cleaned_pages,
    LocalPage.Content.EVENTS.value: cleaned_events,
    LocalPage.Content.LOCATIONS.value: cleaned_locations,
}
_REGION_FIELDS: Final = (
    *("name", "postcode", "latitude", "longitude"),
    *("bounding_box", "languages", "fetched_at"),
)


def is_stale(fetched_at: datetime | None, *, at: datetime) -> bool:
    """Return whether a copy should be made anew."""
    return fetched_at is None or fetched_at < at - STALE


def ask_for_regions() -> None:
    """Have the list of regions fetched soon, unless that was tried a moment ago."""
    if _may_try(REGIONS):
        fetch_regions.enqueue()


def ask_for_content(*, region: LocalRegion, language: str, content: str) -> None:
    """Have the copy made anew soon, unless that was tried a moment ago."""
    if _may_try(_name(region.slug, language, content)):
        fetch_content.enqueue(region.pk, language, content)


def has_failed(*, region: LocalRegion | None = None, language: str = "", content: str = "") -> bool:
    """Return whether the last attempt found nobody there; of the list where no region is given."""
    name = REGIONS if region is None else _name(region.slug, language, content)
    return cache.get(f"{name}/failed") is not None


@task()
def fetch_regions() -> None:
    """Fetch the list of regions."""
    refresh_regions(client=IntegreatClient(base_url=settings.INTEGREAT_URL), at=clock.now())


@task()
def fetch_content(region_id: int, language: str, content: str) -> None:
    """Fetch pages, events or places of a region, if it is still there and offers the language."""
    region = LocalRegion.objects.filter(pk=region_id).first()
    if region is not None and language in region.languages:
        client = IntegreatClient(base_url=settings.INTEGREAT_URL)
        refresh_content(
            region=region, language=language, content=content, client=client, at=clock.now()
        )


def refresh_regions(*, client: IntegreatClient, at: datetime) -> bool:
    """Keep the list of regions as the API has it now; the old one stays where nobody answers."""
    try:
        rows = cleaned_regions(client.regions())
    except UnreachableError:
        rows = []
    if not rows:
        _note_failure(REGIONS, at)
        return False
    with transaction.atomic():
        LocalRegion.objects.bulk_create(
            [LocalRegion(**row, fetched_at=at) for row in rows],
            update_conflicts=True,
            unique_fields=["slug"],
            update_fields=_REGION_FIELDS,
        )
        LocalRegion.objects.exclude(slug__in=[row["slug"] for row in rows]).delete()
    cache.delete(f"{REGIONS}/failed")
    return True


def refresh_content(
    *, region: LocalRegion, language: str, content: str, client: IntegreatClient, at: datetime
) -> bool:
    """Keep what the API says now; the old copy stays where nobody answers."""
    name = _name(region.slug, language, content)
    try:
        answer = client.content(region=region.slug, language=language, content=content)
    except UnreachableError:
        _note_failure(name, at)
        return False
    payload: list[dict[str, Any]] = _CLEANED[content](answer, source=client.base_url)
    LocalPage.objects.update_or_create(
        region=region,
        language=language,
        content=content,
        defaults={"payload": payload, "fetched_at": at},
    )
    cache.delete(f"{name}/failed")
    return True


def _name(slug: str, language: str, content: str) -> str:
    return f"local/{slug}/{language}/{content}"


def _may_try(name: str) -> bool:
    if not settings.INTEGREAT_URL:
        return False
    return cache.add(f"{name}/asked", 1, PAUSE.total_seconds())


def _note_failure(name: str, at: datetime) -> None:
    cache.set(f"{name}/failed", at.isoformat(), STALE.total_seconds())
